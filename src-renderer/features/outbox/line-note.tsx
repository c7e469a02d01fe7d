import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatWhen } from '../../i18n/format.ts';
import { Note } from '../../ui/note.tsx';

/** How the line stands and what that means for what waits, in one honest sentence; nothing when nothing waits. */
export function LineNote({ waiting }: { readonly waiting: number }) {
  const t = useT();
  const { data: sync } = useQuery('sync.status', {});
  if (!sync || waiting === 0) return null;
  if (!sync.online) {
    const title = sync.since ? t('outbox.offlineSince', { time: formatWhen(sync.since, t), count: waiting }) : t('outbox.offline', { count: waiting });
    return <Note tone="warn" live title={title}>{t('outbox.offlineHelp')}</Note>;
  }
  if (!sync.signedIn) return <Note tone="warn" live title={t('outbox.signedOut')}>{t('outbox.signedOutHelp', { count: waiting })}</Note>;
  return <Note tone="info" live title={t('status.onlinePending', { count: waiting })}>{t('outbox.help')}</Note>;
}
