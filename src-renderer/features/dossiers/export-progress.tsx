import { useI18n } from '../../i18n/context.tsx';
import { formatBytes } from '../../i18n/format.ts';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Progress } from '../../ui/progress.tsx';
import type { Taking } from './use-export.ts';

/** How far the package is, and what was saved or refused in the end. */
export function ExportProgress({ taking: { state, stop } }: { readonly taking: Taking }) {
  const { t, locale } = useI18n();
  switch (state.step) {
    case 'idle':
      return null;
    case 'saving':
      return (
        <Progress
          label={t('dossier.exporting')} done={state.done} total={state.total} onCancel={stop}
          {...(state.total === null ? {} : { words: t('outbox.bytes', { sent: formatBytes(state.done, locale), total: formatBytes(state.total, locale) }) })}
        />
      );
    case 'saved':
      return <Note tone="ok" live title={t('dossier.exported', { name: state.name, size: formatBytes(state.sizeBytes, locale) })}>{t('dossier.exportedHelp')}</Note>;
    case 'refused':
      return <ErrorNote error={state.error} />;
  }
}
