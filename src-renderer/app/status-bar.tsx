import { KeyRound, RefreshCw } from 'lucide-react';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import { useAction, useQuery } from '../bridge/use-query.ts';
import { useT } from '../i18n/context.tsx';
import { daysUntil, formatWhen } from '../i18n/format.ts';
import type { Translate } from '../i18n/translate.ts';
import { IconButton } from '../ui/button.tsx';
import { hrefOf } from './route.ts';

/** The line as real requests found it, in a sentence; the token; when the server was last heard. */
export function StatusBar() {
  const t = useT();
  const { data: sync } = useQuery('sync.status', {});
  const syncNow = useAction('sync.now');
  const words = sync ? describeLine(sync, t) : { tone: 'neutral', strong: t('status.starting'), rest: '' };
  return (
    <footer className="status-bar">
      <p className="line" role="status" aria-label={t('status.label')}>
        <span className={`line-dot line-${words.tone}`} aria-hidden />
        <strong>{words.strong}</strong>
        {words.rest && <span> — {words.rest}</span>}
      </p>
      {sync && sync.problems > 0 && <a className="status-problems" href={hrefOf('problems')}>{t('status.problems', { count: sync.problems })}</a>}
      {sync && sync.pending > 0 && sync.problems === 0 && <a href={hrefOf('outbox')}>{t('status.toOutbox')}</a>}
      <TokenStatus />
      <span className="status-end">
        {sync && (sync.lastSyncAt ? t('status.lastSync', { time: formatWhen(sync.lastSyncAt, t) }) : t('status.neverSynced'))}
        <IconButton label={t('status.syncNow')} icon={RefreshCw} onPress={() => void syncNow.run({})} />
      </span>
    </footer>
  );
}

function TokenStatus() {
  const t = useT();
  const { data } = useQuery('tokens.list', {});
  if (!data) return null;
  const certificate = data.tokens.flatMap((token) => token.certificates).find((one) => one.hasPrivateKey);
  const days = certificate ? daysUntil(certificate.notAfter) : 0;
  return (
    <p className="token-status">
      <KeyRound aria-hidden size={14} strokeWidth={1.75} />
      <span>{t('status.token')}</span>
      {certificate ? (
        <span><strong>{certificate.commonName}</strong>, {days >= 0 ? t('status.tokenDays', { days }) : t('status.tokenExpired')}</span>
      ) : (
        <span>{t('status.tokenNone')}</span>
      )}
    </p>
  );
}

function describeLine(sync: SyncStatus, t: Translate): { readonly tone: string; readonly strong: string; readonly rest: string } {
  if (!sync.online) {
    const strong = sync.since ? t('status.offlineSince', { time: formatWhen(sync.since, t) }) : t('status.offline');
    return { tone: 'warn', strong, rest: sync.pending > 0 ? t('status.offlinePending', { count: sync.pending }) : t('status.offlineNone') };
  }
  if (!sync.signedIn) return { tone: 'warn', strong: t('status.signedOut'), rest: '' };
  const [strong = '', rest = ''] = (sync.pending > 0 ? t('status.onlinePending', { count: sync.pending }) : t('status.onlineAllSent')).split(' — ');
  return { tone: 'ok', strong, rest };
}
