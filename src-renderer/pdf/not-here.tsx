import { CloudDownload, CloudOff, Download, Settings2 } from 'lucide-react';
import { useState } from 'react';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { goTo } from '../app/route.ts';
import { useAction, useQuery } from '../bridge/use-query.ts';
import { canFetchNow, whyNotHereNow, type WhyNotHere } from '../features/line/why-not-here.ts';
import { useI18n } from '../i18n/context.tsx';
import { formatBytes } from '../i18n/format.ts';
import type { Params } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorNote } from '../ui/note.tsx';

const chosen: ReadonlySet<WhyNotHere> = new Set(['metered', 'opening', 'budget', 'hours', 'mine']);

type NotHereProps = { readonly sizeBytes: number; /** Whose content it is, where it can be asked for. */ readonly document?: DocumentId | undefined };

/** The words of the document came ahead of its pages: why, when they will come, and what can be done until then. */
export function NotHere({ sizeBytes, document }: NotHereProps) {
  const { t, locale } = useI18n();
  const { data: sync } = useQuery('sync.status', {});
  const { data: policy } = useQuery('line.policy', {});
  const { data: usage } = useQuery('line.usage', {});
  const fetchNow = useAction('line.fetch');
  const [askedFor, setAskedFor] = useState(false);
  if (!sync || !policy) return null;
  const why = whyNotHereNow(sync, policy, usage?.days ?? []);
  const here = canFetchNow(why);
  const asked = askedFor && here;
  async function ask(id: DocumentId): Promise<void> {
    setAskedFor(true);
    if (!(await fetchNow.run({ document: id })).ok) setAskedFor(false);
  }

  const size = formatBytes(sizeBytes, locale);
  const params: Params = { size, limit: policy.dailyMb ?? 0, from: policy.bulkHours?.from ?? '', until: policy.bulkHours?.until ?? '' };
  return (
    <div className="viewer-message">
      <Empty icon={here ? CloudDownload : CloudOff}>
        <strong role="status">{asked ? t('line.why.fetching', { size }) : t(`line.why.${why}`, params)}</strong> {t('reading.meanwhile')}
      </Empty>
      {asked && <progress className="not-here-progress" aria-hidden />}
      <div className="viewer-message-deeds">
        {document && here && <Button kind="strong" icon={Download} busy={asked} onPress={() => void ask(document)}>{t('reading.fetchNow')}</Button>}
        {chosen.has(why) && <Button kind="quiet" icon={Settings2} onPress={() => goTo('settings')}>{t('line.toSettings')}</Button>}
      </div>
      <ErrorNote error={fetchNow.error} />
    </div>
  );
}
