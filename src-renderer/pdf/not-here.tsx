import { RefreshCw, type LucideIcon } from 'lucide-react';
import { useAction, useQuery } from '../bridge/use-query.ts';
import { useI18n } from '../i18n/context.tsx';
import { formatBytes } from '../i18n/format.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorNote } from '../ui/note.tsx';

/** The words of the document came ahead of its pages: when they will come, and what can be done until then. */
export function NotHere({ sizeBytes, icon }: { readonly sizeBytes: number; readonly icon: LucideIcon }) {
  const { t, locale } = useI18n();
  const { data: line } = useQuery('sync.status', {});
  const fetchNow = useAction('sync.now');
  const size = formatBytes(sizeBytes, locale);
  return (
    <div className="viewer-message">
      <Empty icon={icon}>
        <strong>{t(line?.online ? 'reading.coming' : 'reading.comesLater', { size })}</strong> {t('reading.meanwhile')}
      </Empty>
      {line?.online && <Button icon={RefreshCw} disabled={fetchNow.busy} onPress={() => void fetchNow.run({})}>{t('reading.fetchNow')}</Button>}
      <ErrorNote error={fetchNow.error} />
    </div>
  );
}
