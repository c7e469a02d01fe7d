import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, LoaderCircle, PenLine, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Batch } from '../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { outcomeOf, type Outcome } from './use-batch.ts';

type Status = Outcome | 'current' | 'asking';
const icons = { waiting: CircleDashed, current: LoaderCircle, asking: PenLine, left: CircleDashed, signed: CircleCheck, failed: CircleAlert, skipped: CircleMinus } as const satisfies Record<Status, LucideIcon>;

type BatchLinesProps = { readonly batch: Batch; /** Given where a line may be left for its document. */ readonly onOpen?: (id: DocumentId) => void };

/** A line a document: it waits, is in hand, was signed, was left out, or why it was not signed. The one in hand is kept in sight. */
export function BatchLines({ batch, onOpen }: BatchLinesProps) {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  const tabIndex = useScrollStop(list);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [batch.current]);
  return (
    <ul ref={list} className="batch-lines" tabIndex={tabIndex} aria-label={t('batch.results')}>
      {batch.items.map((item) => {
        const { id, title, status, error } = item;
        const shown = status === 'waiting' ? waitingAs(batch, id) : outcomeOf(item);
        const Icon = icons[shown];
        const inHand = shown === 'current' || shown === 'asking';
        return (
          <li key={id} className="batch-line" data-status={shown} aria-current={inHand ? 'step' : undefined}>
            <Icon aria-hidden size={18} strokeWidth={1.75} />
            <span className="batch-words">
              <strong>{title}</strong>
              <small>{t(`batch.status.${shown}`)}</small>
              {error && status === 'failed' && <span className="batch-why">{error.message}</span>}
            </span>
            {onOpen && status === 'failed' && <Button size="small" onPress={() => onOpen(id)}>{t('notice.open')}</Button>}
          </li>
        );
      })}
    </ul>
  );
}

function waitingAs({ state, current }: Batch, id: DocumentId): Status {
  if (current !== id) return 'waiting';
  return state === 'asking' ? 'asking' : state === 'running' ? 'current' : 'waiting';
}
