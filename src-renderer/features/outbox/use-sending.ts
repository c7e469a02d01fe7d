import { useEffect, useRef } from 'react';
import type { OutboxRow } from '../../../src-shared/contract/office.ts';
import { useStore } from '../../bridge/use-query.ts';
import { timeLeft, type Seen } from './time-left.ts';

/** How often the list is asked again while a file is on its way: bytes have no event of their own. */
const everyMs = 1000;

/** Keeps the list fresh while something is being sent, and tells how long a file still takes at the rate seen here. */
export function useSending(rows: readonly OutboxRow[]): (row: OutboxRow) => number | null {
  const store = useStore();
  const first = useRef(new Map<string, Seen>());
  const sending = rows.some((row) => row.sync === 'sending' && row.bytes !== null);
  useEffect(() => {
    if (!sending) return;
    const timer = setInterval(() => store.invalidate((query) => query.channel === 'outbox.list'), everyMs);
    return () => clearInterval(timer);
  }, [sending, store]);

  return ({ id, sync, bytes }) => {
    if (sync !== 'sending' || bytes === null) {
      first.current.delete(id);
      return null;
    }
    const now: Seen = { atMs: performance.now(), sent: bytes.sent };
    const begun = first.current.get(id);
    if (begun === undefined || begun.sent > now.sent) first.current.set(id, now);
    return begun === undefined ? null : timeLeft(begun, now, bytes.total);
  };
}
