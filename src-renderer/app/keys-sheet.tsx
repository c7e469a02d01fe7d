import { Printer } from 'lucide-react';
import { useT } from '../i18n/context.tsx';
import type { MessageKey } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { commandGroups } from './command.ts';
import { useCommands } from './commands.tsx';

/** Keys that belong to a part of the screen rather than to a command. */
const everywhere: readonly { readonly group: MessageKey; readonly keys: readonly { readonly keys: readonly string[]; readonly words: MessageKey }[] }[] = [
  {
    group: 'keys.list',
    keys: [
      { keys: ['↑', '↓'], words: 'keys.move' },
      { keys: ['Enter'], words: 'keys.open' },
      { keys: ['Shift+↑', 'Shift+↓'], words: 'keys.range' },
      { keys: ['Ctrl+Space'], words: 'keys.toggle' },
      { keys: ['Ctrl+A'], words: 'keys.all' },
      { keys: ['Esc'], words: 'keys.clear' },
    ],
  },
  {
    group: 'keys.page',
    keys: [
      { keys: ['Ctrl++', 'Ctrl+-', 'Ctrl+0'], words: 'keys.zoom' },
      { keys: ['F3', 'Shift+F3'], words: 'keys.findNext' },
      { keys: ['PageDown', 'PageUp'], words: 'keys.turn' },
    ],
  },
  {
    group: 'keys.place',
    keys: [
      { keys: ['←', '→', '↑', '↓'], words: 'keys.nudge' },
      { keys: ['Shift+←'], words: 'keys.nudgeFar' },
      { keys: ['PageDown'], words: 'keys.otherPage' },
    ],
  },
];

/** Every key that does something now, from the same place that the palette takes them. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const commands = useCommands().filter(({ keys }) => keys !== undefined);
  const groups = commandGroups.map((group) => ({ group, own: commands.filter((command) => command.group === group) })).filter(({ own }) => own.length > 0);
  return (
    <Dialog
      title={t('keys.title')}
      onClose={onClose}
      size="wide"
      actions={
        <>
          <Button icon={Printer} onPress={() => window.print()}>{t('keys.print')}</Button>
          <Button kind="strong" onPress={onClose}>{t('action.close')}</Button>
        </>
      }
    >
      {/* It scrolls by the arrow keys where it is longer than the window */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys (WCAG 2.1.1) */}
      <div className="keys-sheet" role="group" aria-label={t('keys.title')} tabIndex={0}>
        {groups.map(({ group, own }) => (
          <section key={group}>
            <h3>{t(`palette.group.${group}`)}</h3>
            <dl>{own.map(({ id, keys, words }) => <KeyLine key={id} keys={keys ? [keys] : []} words={words} />)}</dl>
          </section>
        ))}
        {everywhere.map(({ group, keys }) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <dl>{keys.map((line) => <KeyLine key={line.words} keys={line.keys} words={t(line.words)} />)}</dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function KeyLine({ keys, words }: { readonly keys: readonly string[]; readonly words: string }) {
  return (
    <div className="keys-line">
      <dt><span className="sr-only">{keys.join(', ')}</span>{keys.map((one) => <Kbd key={one} keys={one} />)}</dt>
      <dd>{words}</dd>
    </div>
  );
}
