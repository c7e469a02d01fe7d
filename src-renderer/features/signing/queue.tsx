import { Check, FileText, SearchX } from 'lucide-react';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { DocumentRow } from '../../../src-shared/contract/documents.ts';
import { replaceRoute } from '../../app/route.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatWhen } from '../../i18n/format.ts';
import { Empty } from '../../ui/empty.tsx';
import { Pill } from '../../ui/pill.tsx';
import { SyncPill, UrgencyPill } from '../documents/pills.tsx';
import { versionOf, type Version } from './versions.ts';

/** A leader signs some tens of documents, not thousands: what is past this comes up as the queue is worked off. */
export const queueLimit = 200;

type QueueProps = { readonly rows: readonly DocumentRow[] | undefined; readonly total: number; readonly query: string; readonly selected: string | null; readonly onOpen: () => void; /** A press with the pointer, which in a narrow window opens the document. */ readonly onPick: () => void };

/** What waits for the leader's hand: what it is, who drafted it, whether it was read, what changed since it was sent back. */
export function Queue({ rows, total, query, selected, onOpen, onPick }: QueueProps) {
  const t = useT();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const index = rows?.findIndex((row) => row.document.id === selected) ?? -1;
  const first = rows?.[0]?.document.id;
  // The queue opens on its first document, so that one look says what is new.
  useEffect(() => {
    if (!selected && first) replaceRoute('signing', first);
  }, [selected, first]);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [index]);

  function onKeyDown(event: KeyboardEvent): void {
    if (!rows || event.ctrlKey || event.altKey || event.metaKey) return;
    const moves: Readonly<Record<string, number>> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1, PageDown: index + 5, PageUp: index - 5 };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
      if (row) replaceRoute('signing', row.document.id);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen();
    }
  }

  if (rows?.length === 0) return <div className="queue">{query ? <Empty icon={SearchX}>{t('list.noMatch', { query })}</Empty> : <Empty icon={FileText}>{t('list.empty.signing')}</Empty>}</div>;
  return (
    <div
      ref={box}
      className="queue"
      role="listbox"
      tabIndex={0}
      aria-label={t('nav.signing')}
      aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
      onKeyDown={onKeyDown}
    >
      {rows?.map((row, at) => (
        <div
          key={row.document.id}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === index}
          aria-setsize={total}
          aria-posinset={at + 1}
          className={`queue-row${row.read ? '' : ' queue-row-unread'}`}
          onClick={() => {
            replaceRoute('signing', row.document.id);
            onPick();
          }}
        >
          <QueueRow row={row} />
        </div>
      ))}
      {rows && total > rows.length && <p className="queue-more">{t('queue.more', { count: total - rows.length })}</p>}
    </div>
  );
}

function QueueRow({ row }: { readonly row: DocumentRow }) {
  const t = useT();
  const { document } = row;
  const { data } = useQuery('documents.read', { id: document.id });
  const version = data && versionOf(data.history);
  return (
    <>
      <span className="queue-title">{document.title}</span>
      <span className="queue-line">
        <span>{t('list.drafter', { name: document.drafter ?? '' })}</span>
        <time dateTime={document.updatedAt}>{formatWhen(document.updatedAt, t)}</time>
      </span>
      <span className="queue-line queue-marks">
        {row.read ? <Pill tone="accent" icon={Check}>{t('queue.read')}</Pill> : <span>{t('queue.unread')}</span>}
        <UrgencyPill urgency={document.urgency} />
        {version && version.number > 1 && <span>{versionWords(version, t)}</span>}
        <SyncPill sync={row.sync} />
      </span>
    </>
  );
}

function versionWords({ number, replaced }: Version, t: ReturnType<typeof useT>): string {
  return t(replaced ? 'queue.versionReplaced' : 'queue.versionAgain', { number });
}
