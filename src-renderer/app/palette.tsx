import { CornerDownLeft, FileText } from 'lucide-react';
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { DocumentRow, Folder } from '../../src-shared/contract/documents.ts';
import { useQueries } from '../bridge/use-query.ts';
import { useT } from '../i18n/context.tsx';
import { fullNumber } from '../features/documents/names.ts';
import { Kbd } from '../ui/kbd.tsx';
import type { Command } from './command.ts';
import { useCommands } from './commands.tsx';
import { matchCommands } from './match-commands.ts';
import { goTo } from './route.ts';

const mostCommands = 40;
const mostDocuments = 5;
/** Ids of what was used of late, newest first; for as long as the window stands. */
let recent: readonly string[] = [];

type Line = { readonly key: string; readonly command: Command } | { readonly key: string; readonly row: DocumentRow; readonly folder: Folder };

/** Every action that is open now, by a few letters without marks, and the documents that those letters find. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const id = useId();
  const commands = useCommands();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  // The documents follow a moment later: what is typed is never held up by them
  const documents = useFoundDocuments(useDeferredValue(typed));
  const lines: readonly Line[] = [
    ...matchCommands(commands, typed, recent).slice(0, mostCommands).map((command) => ({ key: command.id, command })),
    ...documents.map(({ row, folder }) => ({ key: `${folder} ${row.document.id}`, row, folder })),
  ];
  const current = Math.min(at, Math.max(0, lines.length - 1));

  function choose(line: Line | undefined): void {
    if (!line) return;
    onClose();
    if ('row' in line) return goTo(line.folder, line.row.document.id);
    recent = [line.command.id, ...recent.filter((one) => one !== line.command.id)].slice(0, 20);
    // After the window has closed and the focus is back where it was, so that what opens next returns it there
    setTimeout(() => line.command.run?.());
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      const next = Math.abs(move) === 1 ? (current + move + lines.length) % Math.max(1, lines.length) : Math.max(0, Math.min(lines.length - 1, current + move));
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(lines[current]);
    }
  }

  return (
    <ModalOverlay className="dialog-ground palette-ground" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="palette-frame">
        <Dialog className="palette">
          <Heading slot="title" className="sr-only">{t('palette.title')}</Heading>
          <input
            className="palette-input"
            role="combobox"
            aria-label={t('palette.label')}
            aria-expanded
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={lines.length > 0 ? `${id}-${current}` : undefined}
            placeholder={t('palette.placeholder')}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the window was asked for to type in it
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div id={`${id}-list`} className="palette-list" role="listbox" aria-label={t('palette.title')}>
            {lines.map((line, index) => (
              <div
                key={line.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === current}
                className="palette-line"
                onPointerMove={() => setAt(index)}
                onClick={() => choose(line)}
              >
                {'row' in line ? <DocumentLine row={line.row} /> : <CommandLine command={line.command} />}
              </div>
            ))}
          </div>
          {lines.length === 0 && <p className="palette-empty" role="status">{t('palette.none', { words: typed })}</p>}
          <p className="palette-help" aria-hidden><CornerDownLeft size={14} strokeWidth={1.75} />{t('palette.help')}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function CommandLine({ command: { words, group, keys } }: { readonly command: Command }) {
  const t = useT();
  return (
    <>
      <span className="palette-words">{words}</span>
      <span className="palette-group">{t(`palette.group.${group}`)}</span>
      {keys && <Kbd keys={keys} />}
    </>
  );
}

function DocumentLine({ row: { document } }: { readonly row: DocumentRow }) {
  const t = useT();
  return (
    <>
      <FileText aria-hidden size={16} strokeWidth={1.75} />
      <span className="palette-words">{document.title}</span>
      <span className="palette-group">{fullNumber(document, t)}</span>
    </>
  );
}

/** What the words find among arrivals and what goes out; nothing before two letters. */
function useFoundDocuments(typed: string): readonly { readonly row: DocumentRow; readonly folder: Folder }[] {
  const query = typed.trim();
  const folders = ['incoming', 'outgoing'] as const;
  const found = useQueries('documents.list', query.length < 2 ? [] : folders.map((folder) => ({ folder, query, offset: 0, limit: mostDocuments })));
  return found.flatMap(({ data }, index) => (data?.rows ?? []).map((row) => ({ row, folder: folders[index] ?? 'incoming' }))).slice(0, mostDocuments);
}
