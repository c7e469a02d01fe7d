import { Download, RefreshCw, Usb } from 'lucide-react';
import { useId, useState } from 'react';
import { maxLoadBytes, type UpdateState } from '../../../src-shared/contract/updates.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useAction, useBridge, useQuery } from '../../bridge/use-query.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { formatBytes, formatDate, formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';

/** Which version there is, how much of it is here, and whether it is installed when the program is closed. */
export function UpdatesSetting() {
  const t = useT();
  const { data: state } = useQuery('updates.read', {});
  return (
    <section className="settings-part">
      <h2>{t('updates.title')}</h2>
      {state && (state.available ? <Version state={state} /> : <p className="quiet">{t('updates.unavailable')}</p>)}
    </section>
  );
}

function Version({ state }: { readonly state: UpdateState }) {
  const t = useT();
  const { locale } = useI18n();
  const check = useAction('updates.check');
  const fetchNow = useAction('updates.fetch');
  const agree = useAction('updates.atClose');
  const { release, installed, minimum, waitsFor, checkedAt, atClose, previous } = state;
  return (
    <>
      {minimum !== null && <Note tone="warn" title={t('updates.minimumTitle')}>{t('updates.minimum', { minimum, installed })}</Note>}
      {release === null ? <p>{t('updates.none', { version: installed })}</p> : (
        <>
          <h3>{t(release.rollback ? 'updates.rollback' : 'updates.offered', { version: release.version, date: formatDate(release.released.slice(0, 10)) })}</h3>
          {release.notes[locale] !== '' && <p><strong>{t('updates.new')}</strong><br />{release.notes[locale]}</p>}
          {release.ready ? (
            <>
              <p>{t(atClose ? 'updates.willInstall' : 'updates.ready', { version: release.version })}</p>
              <div><Button kind={atClose ? 'plain' : 'strong'} disabled={agree.busy} onPress={() => void agree.run({ wanted: !atClose })}>{t(atClose ? 'updates.notAtClose' : 'updates.atClose')}</Button></div>
            </>
          ) : (
            <>
              <Progress label={t('updates.title')} done={release.receivedBytes} total={release.sizeBytes} words={t('updates.progress', { done: formatBytes(release.receivedBytes, locale), total: formatBytes(release.sizeBytes, locale) })} />
              <p className="quiet">{waitsFor === null ? t('updates.byItself') : t(`updates.waits.${waitsFor}`)}</p>
              {waitsFor !== null && waitsFor !== 'room' && <div><Button icon={Download} disabled={fetchNow.busy} onPress={() => void fetchNow.run({})}>{t('updates.fetch')}</Button></div>}
            </>
          )}
        </>
      )}
      <ErrorNote error={check.error ?? agree.error ?? fetchNow.error ?? state.problem} />
      <div className="trust-ask">
        <Button icon={RefreshCw} disabled={check.busy} onPress={() => void check.run({})}>{t('trust.ask')}</Button>
        <span role="status" className="quiet">{check.busy ? t('updates.checking') : checkedAt !== null && t('updates.checkedAt', { when: formatInstant(checkedAt) })}</span>
      </div>
      <FromStick />
      {previous !== null && <p className="quiet">{t('updates.previous', { version: previous })}</p>}
    </>
  );
}

/** A release package from a USB stick, carried over in pieces: it may be larger than what a page should hold twice. */
function FromStick() {
  const t = useT();
  const id = useId();
  const bridge = useBridge();
  const [percent, setPercent] = useState<number | null>(null);
  const [refused, setRefused] = useState<AppError | null>(null);

  async function choose(file: File): Promise<void> {
    setRefused(null);
    setPercent(0);
    for (let at = 0; ; ) {
      const bytes = new Uint8Array(await file.slice(at, at + maxLoadBytes).arrayBuffer());
      if (bytes.length === 0) {
        setRefused({ code: 'file.empty' });
        break;
      }
      const result = await bridge['updates.load']({ at, totalBytes: file.size, bytes });
      at += bytes.length;
      if (!result.ok) setRefused(result.error);
      if (!result.ok || at >= file.size) break;
      setPercent(Math.floor((at / file.size) * 100));
    }
    setPercent(null);
  }

  return (
    <div className="trust-add">
      <span className="file-button">
        <label htmlFor={id}><Usb aria-hidden size={18} strokeWidth={1.75} />{t('updates.choose')}</label>
        <input
          id={id}
          type="file"
          accept=".vtupdate"
          disabled={percent !== null}
          onChange={(event) => {
            const file = event.target.files?.[0];
            // the same file may be chosen again after it was refused
            event.target.value = '';
            if (file !== undefined) void choose(file);
          }}
        />
      </span>
      <p className="quiet">{t('updates.chooseHelp')}</p>
      <span role="status" className="quiet">{percent !== null && t('updates.loading', { percent })}</span>
      <ErrorNote error={refused} />
    </div>
  );
}
