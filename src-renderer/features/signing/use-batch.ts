import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { Batch } from '../../../src-shared/contract/signing.ts';
import { useBridge, useQuery, useStore } from '../../bridge/use-query.ts';

/** The run of signatures of this desk as it stands; null when there was none, undefined before the answer. */
export function useBatch(): Batch | null | undefined {
  return useQuery('batch.read', {}).data?.batch;
}

const seenKey = 'signing:batch-seen';

/** Which run's result the person has closed: one that ended while nobody looked is told once, after a restart too. */
export function useSeenBatch(): { readonly loaded: boolean; readonly id: string | null; readonly close: (id: string) => void } {
  const bridge = useBridge();
  const store = useStore();
  const { data } = useQuery('forms.read', { key: seenKey });
  const kept = data?.form ? readId(data.form) : null;
  return {
    loaded: data !== undefined,
    id: kept,
    close: (id) => void bridge['forms.keep']({ key: seenKey, value: JSON.stringify(id) }).then(() => store.invalidate(({ channel, input }) => channel === 'forms.read' && (input as { readonly key?: unknown }).key === seenKey)),
  };
}

function readId({ value }: NonNullable<Output<'forms.read'>['form']>): string | null {
  return /^"([^"]*)"$/.exec(value)?.[1] ?? null;
}

type Item = Batch['items'][number];
/** `left`: not reached when the run was ended; it still waits in the queue. */
export type Outcome = Item['status'] | 'left';

export function outcomeOf({ status, error }: Item): Outcome {
  return status === 'skipped' && error?.code === 'signing.stopped' ? 'left' : status;
}

/** How many of each outcome. */
export function countsOf(batch: Batch): Readonly<Record<Outcome, number>> {
  const counts = { waiting: 0, signed: 0, failed: 0, skipped: 0, left: 0 };
  for (const item of batch.items) counts[outcomeOf(item)]++;
  return counts;
}

/** So many must have been signed before a rate is worth telling. */
const leastDone = 3;

/** Time that the rest takes at the rate seen here, ms; null while nothing runs or nothing is known. */
export function useTimeLeft({ id, mode, state, items }: Batch): number | null {
  const begun = useRef<{ readonly id: string; readonly atMs: number; readonly done: number } | null>(null);
  const [leftMs, setLeftMs] = useState<number | null>(null);
  const total = items.length;
  const done = items.filter(({ status }) => status !== 'waiting').length;
  const runs = mode === 'all' && state === 'running';
  useEffect(() => {
    if (!runs) begun.current = null;
    else if (begun.current?.id !== id) begun.current = { id, atMs: performance.now(), done };
    const seen = begun.current;
    setLeftMs(seen === null || done - seen.done < leastDone ? null : ((performance.now() - seen.atMs) / (done - seen.done)) * (total - done));
  }, [runs, id, done, total]);
  return leftMs;
}
