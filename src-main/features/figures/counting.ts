import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskContext } from '../context.ts';

export type Counting = {
  /** Something has changed: it is counted soon. */
  readonly later: () => void;
  /** Nothing is counted until the returned function is called: a person waits for the processor. */
  readonly hold: () => () => void;
  /** When nothing is left to be counted. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A step with its transaction stays below what a screen notices; others have their turn for longer than it took. */
const stepMs = 25;
const leastRestMs = 30;
const restRatio = 1.5;
/** A person's next click often comes with the last one's change; and whoever has just opened the program has other things to wait for. */
const waitMs = 400;
/** A screen that shows the figures is told this often while many are counted. */
const tellMs = 1500;

/** Counts what has changed, and everything anew where it must be, in small steps (ADR 0039). What is left is in the store: a restart goes on. */
export function createCounting({ store, emit, log }: Pick<DeskContext, 'store' | 'emit' | 'log'>): Counting {
  const holds = new Set<symbol>();
  const stopping = new AbortController();
  let working: Promise<void> | null = null;
  let again = false;

  function go(): void {
    again = true;
    if (working !== null || stopping.signal.aborted || holds.size > 0) return;
    working = work().catch((error: unknown) => {
      if (!stopping.signal.aborted) log('error', 'counting the figures failed', { reason: error instanceof Error ? error.message : '' });
    }).finally(() => {
      working = null;
      // whoever came in the last moment; after a fault only what comes next tries again
      if (again && holds.size === 0 && !stopping.signal.aborted) go();
    });
  }

  async function work(): Promise<void> {
    again = false;
    await rest(waitMs);
    let toldAt = performance.now();
    for (let more = true; more && holds.size === 0; ) {
      const startedAt = performance.now();
      more = store.figureWork(stepMs);
      const now = performance.now();
      if (!more || now - toldAt > tellMs) {
        toldAt = now;
        emit('figures.counted', store.figureStanding());
      }
      if (more) await rest(Math.max(leastRestMs, (now - startedAt) * restRatio));
    }
  }

  async function rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal, ref: false });
  }

  return {
    later: go,
    hold: () => {
      const mine = Symbol('hold');
      holds.add(mine);
      return () => {
        holds.delete(mine);
        go();
      };
    },
    idle: async () => {
      while (working !== null) await working;
    },
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
}
