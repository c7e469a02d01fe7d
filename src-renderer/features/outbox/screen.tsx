import { ChevronDown, CircleCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useScrollStop } from '../../ui/use-scroll-stop.ts';
import { useConflicts } from '../conflicts/settling.tsx';
import { CarryByHand } from '../packages/carry-by-hand.tsx';
import { AugmentationNote } from '../outgoing/augmentation.tsx';
import { inLanes } from './lanes.ts';
import { LineNote } from './line-note.tsx';
import { useSending } from './use-sending.ts';
import { Work } from './work.tsx';

/** As many as a person looks through at once; a thousand together would hold the screen up for half a second. */
const step = 50;

/** What was done here and is not on the server yet (`outbox`), or was not accepted there (`problems`). */
export function OutboxScreen({ show }: { readonly show: 'outbox' | 'problems' }) {
  const t = useT();
  const { data, error } = useQuery('outbox.list', {});
  const dismiss = useAction('outbox.dismiss');
  const undo = useAction('documents.undo');
  const { isClash } = useConflicts();
  const works = data?.rows ?? [];
  // What two did differently is chosen on in a folder of its own
  const rows = inLanes(works.filter((row) => (row.sync === 'problem') === (show === 'problems') && !isClash(row.id)));
  const stopped = new Map(works.filter((row) => row.sync === 'problem').map((row) => [row.document, isClash(row.id) ? 'clash' as const : 'problem' as const]));
  const leftOf = useSending(rows);
  const [most, setMost] = useState(step);
  const shown = rows.slice(0, most);
  const list = useRef<HTMLUListElement>(null);

  /** The button may go with this press; the focus goes on with the first of those that it brought. */
  function showMore(): void {
    flushSync(() => setMost(most + step));
    list.current?.children[most]?.querySelector('button')?.focus();
  }

  const box = useRef<HTMLDivElement>(null);
  const tabIndex = useScrollStop(box);
  return (
    <div ref={box} className="outbox" tabIndex={tabIndex}>
      <div className="list-heading">
        <h1>{t(`${show}.title`)}</h1>
        {rows.length > 0 && <span>{t('outbox.count', { count: rows.length })}</span>}
      </div>
      <ErrorNote error={error ?? dismiss.error ?? undo.error} />
      {show === 'outbox' && <AugmentationNote />}
      {data && rows.length === 0 ? (
        <Empty icon={CircleCheck} title={t(`${show}.emptyTitle`)}>{t(`${show}.empty`)}</Empty>
      ) : (
        <div className="works">
          {show === 'problems' && rows.length > 0 && <Note tone="bad" live title={t('problems.kept', { count: rows.length })}>{t('problems.help')} {t('problems.todo')}</Note>}
          {show === 'outbox' && <LineNote waiting={rows.length} />}
          <ul ref={list} aria-label={t(`${show}.title`)}>
            {shown.map((row, at) => (
              <Work
                key={row.id}
                row={row}
                behind={show === 'outbox' && shown[at - 1]?.document === row.document}
                stopped={stopped.get(row.document) ?? null}
                leftMs={leftOf(row)}
                busy={dismiss.busy || undo.busy}
                onDismiss={() => void dismiss.run({ id: row.id })}
                onWithdraw={() => undo.run({ id: row.document, commands: [row.id] }).then(({ ok }) => ok)}
              />
            ))}
          </ul>
          {rows.length > most && (
            <div className="works-more">
              <Button icon={ChevronDown} onPress={showMore}>{t('outbox.more', { count: Math.min(step, rows.length - most), left: rows.length - most })}</Button>
            </div>
          )}
        </div>
      )}
      {show === 'outbox' && <CarryByHand />}
    </div>
  );
}
