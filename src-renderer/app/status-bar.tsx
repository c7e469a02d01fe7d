import { KeyRound, RefreshCw } from 'lucide-react';
import { useAction, useQuery } from '../bridge/use-query.ts';
import { Filling } from '../features/line/filling.tsx';
import { LineStatus } from '../features/line/line-status.tsx';
import { useWaiting } from '../features/outbox/use-waiting.ts';
import { useT } from '../i18n/context.tsx';
import { daysUntil, formatWhen } from '../i18n/format.ts';
import { IconButton } from '../ui/button.tsx';
import { hrefOf } from './route.ts';

/** The line as real requests found it, in a sentence; the token; when the server was last heard. */
export function StatusBar() {
  const t = useT();
  const { data: sync } = useQuery('sync.status', {});
  const { waiting, problems, conflicts } = useWaiting();
  const syncNow = useAction('sync.now');
  return (
    <footer className="status-bar" data-tour="status">
      <LineStatus sync={sync} />
      {sync && <Filling filling={sync.filling} />}
      {problems > 0 && <a className="status-problems" href={hrefOf('problems')}>{t('status.problems', { count: problems })}</a>}
      {conflicts > 0 && <a className="status-conflicts" href={hrefOf('conflicts')}>{t('status.conflicts', { count: conflicts })}</a>}
      {waiting > 0 && problems === 0 && conflicts === 0 && !sync?.filling && <a href={hrefOf('outbox')}>{t('status.toOutbox')}</a>}
      {!sync?.filling && <TokenStatus />}
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
