import { CircleCheck, CircleHelp, CircleX, Stethoscope, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { saveBytes } from '../../pdf/save-bytes.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';

type Found = Output<'diagnostics.look'>;

const icons = { ok: CircleCheck, warn: TriangleAlert, bad: CircleX, unknown: CircleHelp } as const;

/** What is right and wrong with this machine, and a text of it for whoever helps, which is read before it is saved. */
export function MachineSetting() {
  const { t, locale } = useI18n();
  const look = useAction('diagnostics.look');
  const [found, setFound] = useState<Found | null>(null);
  const [showing, setShowing] = useState(false);

  async function ask(): Promise<void> {
    const result = await look.run({});
    if (result.ok) setFound(result.value);
  }

  return (
    <section className="settings-part" aria-label={t('machine.title')}>
      <h2>{t('machine.title')}</h2>
      <p className="quiet">{t('machine.help')}</p>
      <div className="settings-row">
        <Button icon={Stethoscope} disabled={look.busy} onPress={() => void ask()}>{t('machine.look')}</Button>
        {found !== null && <Button onPress={() => setShowing(true)}>{t('machine.bundle')}</Button>}
        <span role="status" className="quiet">{look.busy && t('machine.looking')}</span>
      </div>
      <ErrorNote error={look.error} />
      {found !== null && (
        <ul className="machine-checks" aria-label={t('machine.found')}>
          {found.checks.map(({ id, state, words }) => {
            const Icon = icons[state];
            return <li key={id} className={`machine-${state}`}><Icon aria-hidden size={18} strokeWidth={1.75} /><span><strong>{t(`machine.state.${state}`)}</strong> {words[locale]}</span></li>;
          })}
        </ul>
      )}
      {found !== null && showing && <Bundle bundle={found.bundle} onClose={() => setShowing(false)} />}
    </section>
  );
}

function Bundle({ bundle: { fileName, text }, onClose }: { readonly bundle: Found['bundle']; readonly onClose: () => void }) {
  const { t } = useI18n();
  const save = (): void => {
    saveBytes([new TextEncoder().encode(text)], fileName, 'application/json');
    onClose();
  };
  return (
    <Dialog title={t('machine.bundleTitle')} onClose={onClose} size="wide" actions={<><Button onPress={onClose}>{t('action.close')}</Button><Button kind="strong" onPress={save}>{t('machine.save')}</Button></>}>
      <p>{t('machine.bundleHelp')}</p>
      <pre className="machine-bundle" tabIndex={0} aria-label={fileName}>{text}</pre>
    </Dialog>
  );
}
