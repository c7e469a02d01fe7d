import { FolderInput, HardDriveDownload, KeyRound, ScanSearch } from 'lucide-react';
import { useState } from 'react';
import type { BackupState } from '../../../src-shared/contract/backup.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useI18n, useT } from '../../i18n/context.tsx';
import { formatBytes, formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import { BackupPlaceDialog } from './backup-place-dialog.tsx';
import { BackupSheetDialog } from './backup-sheet-dialog.tsx';
import { useShownOnWish } from './show-part.ts';

/** Copies of all that this desk holds: what they open with, where they go, when the last one was made. In the order in which a newcomer does it. */
export function BackupSetting() {
  const t = useT();
  const { data: state } = useQuery('backup.read', {});
  const heading = useShownOnWish('backup', state !== undefined);
  return (
    <section className="settings-part" aria-label={t('backup.title')}>
      <h2 ref={heading} tabIndex={-1}>{t('backup.title')}</h2>
      {state && (state.available ? <Backups state={state} /> : <p className="quiet">{t('backup.practice')}</p>)}
    </section>
  );
}

function Backups({ state }: { readonly state: BackupState }) {
  const t = useT();
  const { locale } = useI18n();
  const [asking, setAsking] = useState<'sheet' | 'place' | null>(null);
  const start = useAction('backup.start');
  const stop = useAction('backup.stop');
  const look = useAction('backup.check');
  const { folder, folderThere, sheet, last, overdue, problem, running, check, checking } = state;
  const busy = running !== null || checking;
  const ready = sheet !== null && folder !== null;
  return (
    <>
      <p className="quiet">{t('backup.help')}</p>
      {overdue && running === null && <Note tone="warn">{t('backup.overdue')}</Note>}
      <dl className="facts">
        <div><dt>{t('backup.sheet')}</dt><dd>{sheet === null ? t('backup.sheetNone') : t('backup.sheetIs', { number: sheet.number, when: formatInstant(sheet.madeAt) })}</dd></div>
        <div><dt>{t('backup.folder')}</dt><dd>{folder === null ? t('backup.folderNone') : folderThere ? folder : t('backup.folderAway', { folder })}</dd></div>
        <div><dt>{t('backup.last')}</dt><dd>{last === null ? t('backup.lastNone') : t('backup.lastIs', { when: formatInstant(last.at), size: formatBytes(last.sizeBytes, locale) })}</dd></div>
        <div><dt>{t('backup.checked')}</dt><dd>{check === null ? t('backup.checkedNone') : t(check.faults === 0 ? 'backup.checkedWhole' : 'backup.checkedTorn', { when: formatInstant(check.at), contents: check.contents })}</dd></div>
      </dl>
      {check !== null && check.faults > 0 && <Note tone="bad">{t('backup.faults', { count: check.faults })}</Note>}
      {running !== null && (
        <Progress
          label={t('backup.running')} done={running.doneBytes} total={running.totalBytes === 0 ? null : running.totalBytes} onCancel={() => void stop.run({})}
          words={t('backup.progress', { done: formatBytes(running.doneBytes, locale), total: formatBytes(running.totalBytes, locale) })}
        />
      )}
      <ErrorNote error={start.error ?? stop.error ?? look.error ?? (running === null ? problem : null)} />
      <div className="settings-row">
        <Button kind={sheet === null ? 'strong' : 'plain'} icon={KeyRound} disabled={running !== null} onPress={() => setAsking('sheet')}>{t(sheet === null ? 'backup.makeSheet' : 'backup.makeSheetAgain')}</Button>
        <Button kind={sheet !== null && folder === null ? 'strong' : 'plain'} icon={FolderInput} disabled={running !== null} onPress={() => setAsking('place')}>{t(folder === null ? 'backup.choose' : 'backup.chooseAgain')}</Button>
        <Button kind={ready ? 'strong' : 'plain'} icon={HardDriveDownload} disabled={!ready || start.busy || busy} onPress={() => void start.run({})}>{t('backup.start')}</Button>
        <Button icon={ScanSearch} disabled={look.busy || busy} onPress={() => void look.run({})}>{t('backup.check')}</Button>
        <span role="status" className="quiet">{checking && t('backup.checking')}</span>
      </div>
      <p className="quiet">{t('backup.restore')}</p>
      {asking === 'sheet' && <BackupSheetDialog again={sheet !== null} onClose={() => setAsking(null)} />}
      {asking === 'place' && <BackupPlaceDialog folder={folder} onClose={() => setAsking(null)} />}
    </>
  );
}
