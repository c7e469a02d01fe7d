import { Hourglass, RefreshCw } from 'lucide-react';
import type { Augmentation } from '../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { hrefOf } from '../../app/route.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatClock, formatInstant, localDay } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import type { Translate } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';

/** Signed already, and being made provable for longer in the background: told quietly, because nothing is asked of anybody. */
export function AugmentationNote() {
  const t = useT();
  const { data } = useQuery('augmentation.list', {});
  const retry = useAction('augmentation.retry');
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="augmentation" aria-label={t('augmentation.list')}>
      <details>
        <summary><Hourglass aria-hidden size={16} strokeWidth={1.75} /><span>{t('augmentation.title', { count: items.length })}</span></summary>
        <p className="quiet">{t('augmentation.help')}</p>
        <ul>
          {items.map((item) => (
            <li key={item.id}>
              <a href={hrefOf('outgoing', item.id)}>{item.title}</a>
              <span>{wordsOf(item, t)}</span>
              {item.problem && <span className="quiet">{item.problem.message}</span>}
            </li>
          ))}
        </ul>
        <ErrorNote error={retry.error} />
        <Button size="small" icon={RefreshCw} disabled={retry.busy} onPress={() => void retry.run({})}>{t('augmentation.retry')}</Button>
      </details>
    </section>
  );
}

/** The same of one document, beside its signatures. */
export function AugmentationLine({ id }: { readonly id: DocumentId }) {
  const t = useT();
  const { data } = useQuery('augmentation.list', {});
  const item = data?.items.find((one) => one.id === id);
  return item ? <p className="augmentation-line"><Hourglass aria-hidden size={16} strokeWidth={1.75} /><span>{t('augmentation.here')} {wordsOf(item, t)}</span></p> : null;
}

function wordsOf({ level, attempts, nextAt }: Augmentation, t: Translate): string {
  const when = nextAt === null ? t('augmentation.stopped') : Date.parse(nextAt) <= presentMs() ? t('augmentation.soon') : t('augmentation.next', { time: localDay(nextAt) === localDay(presentMs()) ? formatClock(nextAt) : formatInstant(nextAt) });
  return [t(`level.${level}`), ...(attempts > 0 ? [t('augmentation.tries', { count: attempts })] : []), when].join(' · ');
}
