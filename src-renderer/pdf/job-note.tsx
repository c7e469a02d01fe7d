import { Download, X } from 'lucide-react';
import { useI18n } from '../i18n/context.tsx';
import { formatBytes } from '../i18n/format.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/note.tsx';
import type { Jobs } from './use-jobs.ts';

/** How far the printing or saving has come, with a way out. */
export function JobNote({ jobs, offerSave = false }: { readonly jobs: Jobs; readonly offerSave?: boolean }) {
  const { t, locale } = useI18n();
  const { running, error } = jobs;
  if (!running) {
    return (
      <>
        {error === 'print' ? <Note tone="bad" live>{t('viewer.printFailed')}</Note> : <ErrorNote error={error} />}
        {offerSave && <Button icon={Download} onPress={jobs.save}>{t('viewer.save')}</Button>}
      </>
    );
  }
  const words = running.kind === 'print'
    ? t('viewer.printing', { done: running.done, total: running.total })
    : t('viewer.saving', { done: formatBytes(running.done, locale), total: formatBytes(running.total, locale) });
  return (
    <div className="job-note">
      <label className="job-words">
        <span>{words}</span>
        <progress value={running.done} max={running.total} />
      </label>
      <Button size="small" icon={X} onPress={jobs.stop}>{t('viewer.stop')}</Button>
    </div>
  );
}
