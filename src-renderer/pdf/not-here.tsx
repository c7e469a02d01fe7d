import { CloudDownload, CloudOff, Download, Settings2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { goTo } from '../app/route.ts';
import { useAction, useQuery, useStore } from '../bridge/use-query.ts';
import { canFetchNow, whyNotHereNow, type WhyNotHere } from '../features/line/why-not-here.ts';
import { useI18n } from '../i18n/context.tsx';
import { formatBytes } from '../i18n/format.ts';
import type { Params } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Progress } from '../ui/progress.tsx';

const chosen: ReadonlySet<WhyNotHere> = new Set(['metered', 'opening', 'budget', 'hours', 'mine']);

type NotHereProps = { readonly sizeBytes: number; /** Bytes that have come so far; null while it is not being fetched. */ readonly received: number | null; /** Whose content it is, where it can be asked for. */ readonly document?: DocumentId | undefined };

/** The words of the document came ahead of its pages: why, when they will come, and what can be done until then. */
export function NotHere({ sizeBytes, received, document }: NotHereProps) {
  const { t, locale } = useI18n();
  const { data: sync } = useQuery('sync.status', {});
  const { data: policy } = useQuery('line.policy', {});
  const { data: usage } = useQuery('line.usage', {});
  const fetchNow = useAction('line.fetch');
  const [askedFor, setAskedFor] = useState(false);
  const store = useStore();
  const underWay = received !== null || askedFor;
  // Bytes have no event of their own
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(() => store.invalidate(({ channel }) => channel === 'content.info'), 1000);
    return () => clearInterval(timer);
  }, [underWay, store]);
  if (!sync || !policy) return null;
  const why = whyNotHereNow(sync, policy, usage?.days ?? []);
  const here = canFetchNow(why);
  const coming = here && underWay;
  async function ask(id: DocumentId): Promise<void> {
    setAskedFor(true);
    if (!(await fetchNow.run({ document: id })).ok) setAskedFor(false);
  }

  const size = formatBytes(sizeBytes, locale);
  const params: Params = { size, limit: policy.dailyMb ?? 0, from: policy.bulkHours?.from ?? '', until: policy.bulkHours?.until ?? '' };
  return (
    <div className="viewer-message">
      <Empty icon={here ? CloudDownload : CloudOff}>
        <strong role="status">{coming ? t('line.why.fetching', { size }) : t(`line.why.${why}`, params)}</strong> {t('reading.meanwhile')}
      </Empty>
      {coming && (
        <div className="not-here-progress">
          <Progress label={t('line.fetching')} done={received ?? 0} total={received === null ? null : sizeBytes} {...(received === null ? {} : { words: t('outbox.bytes', { sent: formatBytes(received, locale), total: size }) })} />
        </div>
      )}
      <div className="viewer-message-deeds">
        {document && here && <Button kind="strong" icon={Download} busy={askedFor} onPress={() => void ask(document)}>{t('reading.fetchNow')}</Button>}
        {chosen.has(why) && <Button kind="quiet" icon={Settings2} onPress={() => goTo('settings')}>{t('line.toSettings')}</Button>}
      </div>
      <ErrorNote error={fetchNow.error} />
    </div>
  );
}
