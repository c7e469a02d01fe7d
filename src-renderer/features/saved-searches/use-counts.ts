import { useEffect, useState } from 'react';
import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import { useBridge } from '../../bridge/use-query.ts';

/** So long nothing may have changed before anything is counted: what a line brings in pieces is counted once. */
const quietMs = 800;
/** Of the backend's time a third at most. */
const restFactor = 2;

/** How many documents each of them finds: one after the other, when nothing else is going on. Those not counted yet are not in it. */
export function useSavedCounts(searches: readonly SavedSearch[]): ReadonlyMap<string, number> {
  const bridge = useBridge();
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  const [change, setChange] = useState(0);
  const any = searches.length > 0;
  const key = JSON.stringify(searches.map(({ id, folder, query, quick }) => [id, folder, query, quick]));

  useEffect(() => {
    if (!any) return;
    const again = (): void => setChange((count) => count + 1);
    // a day that has ended changes what is due
    const stops = [bridge.on('documents.changed', again), bridge.on('tasks.alarm', again)];
    return () => stops.forEach((stop) => stop());
  }, [bridge, any]);

  useEffect(() => {
    const over = new AbortController();
    void countAll(over.signal);
    return () => over.abort();

    async function countAll(signal: AbortSignal): Promise<void> {
      await rest(quietMs, signal);
      for (const [id] of JSON.parse(key) as [string][]) {
        if (signal.aborted) return;
        const beganMs = performance.now();
        const counted = await bridge['searches.count']({ id });
        if (signal.aborted) return;
        if (counted.ok) setCounts((old) => new Map(old).set(id, counted.value.total));
        await rest((performance.now() - beganMs) * restFactor, signal);
      }
    }
  }, [bridge, key, change]);

  return counts;
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
