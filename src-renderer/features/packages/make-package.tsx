import { Usb } from 'lucide-react';
import { useState } from 'react';
import { useBridge, useQuery, useStore } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatBytes, formatInstant } from '../../i18n/format.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { savePackage } from './save-package.ts';

type Making =
  | { readonly step: 'idle' }
  | { readonly step: 'making'; readonly done: number; readonly total: number }
  | { readonly step: 'made'; readonly name: string; readonly sizeBytes: number; readonly commands: number }
  | { readonly step: 'refused'; readonly error: AppError };

/** What waits here, into one file for the stick. */
export function MakePackage() {
  const { t, locale } = useI18n();
  const bridge = useBridge();
  const store = useStore();
  const { data } = useQuery('packages.waiting', {});
  const [whole, setWhole] = useState(false);
  const [making, setMaking] = useState<Making>({ step: 'idle' });

  async function make(): Promise<void> {
    setMaking({ step: 'making', done: 0, total: 1 });
    const begun = await bridge['packages.begin']({ whole });
    if (!begun.ok) return setMaking({ step: 'refused', error: begun.error });
    const { made, fileName, sizeBytes, package: outside } = begun.value;
    const error = await savePackage(bridge, made, fileName, (done) => setMaking({ step: 'making', done, total: sizeBytes }));
    store.invalidate(({ channel }) => channel === 'packages.waiting' || channel === 'outbox.list');
    setMaking(error === null ? { step: 'made', name: fileName, sizeBytes, commands: outside.commands } : { step: 'refused', error });
  }

  if (!data) return null;
  const { commands, documents, contents, contentBytes, ready, last } = data;
  return (
    <div className="packages-half">
      <p>
        {commands === 0 && t('packages.nothing')}
        {commands > 0 && (contents === 0 ? t('packages.waitingOnly', { commands, documents }) : t('packages.waiting', { commands, documents, contents, size: formatBytes(contentBytes, locale) }))}
      </p>
      {commands > 0 && !ready && <Note tone="warn" title={t('packages.noKey')}>{t('packages.noKeyHelp')}</Note>}
      {commands > 0 && (
        <>
          <Checkbox checked={whole} onChange={setWhole} disabled={making.step === 'making'}>{t('packages.whole')}</Checkbox>
          <div><Button icon={Usb} busy={making.step === 'making'} onPress={() => void make()}>{t('packages.make')}</Button></div>
        </>
      )}
      {making.step === 'making' && (
        <Progress label={t('packages.making')} done={making.done} total={making.total} words={t('outbox.bytes', { sent: formatBytes(making.done, locale), total: formatBytes(making.total, locale) })} />
      )}
      {making.step === 'made' && <Note tone="ok" live title={t('packages.made', { name: making.name, size: formatBytes(making.sizeBytes, locale) })}>{t('packages.madeHelp', { count: making.commands })}</Note>}
      {making.step === 'refused' && <ErrorNote error={making.error} />}
      {last && <p className="quiet">{t('packages.last', { name: last.fileName, time: formatInstant(last.madeAt) })} — {last.open > 0 ? t('packages.lastOpen', { count: last.open }) : t('packages.lastDone')}</p>}
    </div>
  );
}
