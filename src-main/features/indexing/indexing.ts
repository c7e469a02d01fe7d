import { setTimeout as sleep } from 'node:timers/promises';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { ContentText } from '../../ports/text.ts';
import type { DeskContext } from '../context.ts';

export type Indexing = {
  /** A content has come: it is read before those that have waited longer. */
  readonly later: (sha256: Sha256) => void;
  /** Nothing is read until the returned function is called: a person waits for the processor. */
  readonly hold: () => () => void;
  /** From now on what is here and was not looked at is read at leisure, whenever the program was ended in between. */
  readonly start: () => void;
  /** When nothing that is here is left to be read. */
  readonly idle: () => Promise<void>;
  /** What is in hand is read anew the next time. */
  readonly stop: () => Promise<void>;
};

export type IndexingOptions = {
  /** The least between two contents. */
  readonly pauseMs?: number;
};

const usualPauseMs = 250;
/** Of the time, at most a third: a clerk's machine has two cores. */
const restRatio = 2;
/** So many contents are asked for at a time. */
const turn = 50;
/** A timer that comes later than this says that the thread which everything waits for has other work. */
const busyMs = 40;
const longestPauseMs = 5_000;

type Parts = Pick<DeskContext, 'store' | 'blobs' | 'openContent' | 'log'> & { readonly texts: NonNullable<DeskContext['texts']> };

/** Reads the text of contents in the background, one at a time, and puts it where the search finds it. Which were read is in the store: a restart goes on. */
export function createIndexing({ store, blobs, openContent, texts, log }: Parts, { pauseMs = usualPauseMs }: IndexingOptions = {}): Indexing {
  const fresh = new Set<Sha256>();
  const holds = new Set<symbol>();
  const stopping = new AbortController();
  /** Where the backlog goes on; null when its end was reached. */
  let after: string | null = null;
  let working: Promise<void> | null = null;

  function go(): void {
    if (working !== null || stopping.signal.aborted || holds.size > 0) return;
    working = work().catch((error: unknown) => {
      if (!stopping.signal.aborted) log('error', 'reading for the search failed', { reason: error instanceof Error ? error.message : '' });
    }).finally(() => {
      working = null;
      // whoever came in the last moment
      if (fresh.size > 0) go();
    });
  }

  async function work(): Promise<void> {
    for (let next = take(); next !== null && holds.size === 0; next = take()) {
      const startedAt = performance.now();
      await readOne(next);
      await rest(performance.now() - startedAt);
    }
  }

  function take(): Sha256 | null {
    for (const sha256 of fresh) {
      fresh.delete(sha256);
      if (blobs.has(sha256) && !store.isTextKept(sha256)) return sha256;
    }
    while (after !== null) {
      const found = store.contentsWithoutText(after, turn);
      const here = found.find((sha256) => blobs.has(sha256));
      after = here ?? (found.length < turn ? null : (found.at(-1) ?? null));
      if (here !== undefined) return here;
    }
    return null;
  }

  async function readOne(sha256: Sha256): Promise<void> {
    let read: ContentText;
    try {
      read = await texts.read(openContent(sha256));
    } catch {
      // taken away while it was read, or a disk that does not answer: the next start looks again
      return;
    }
    if (!stopping.signal.aborted && blobs.has(sha256)) store.keepContentText(sha256, read);
  }

  /** Longer after what took long, and for as long as timers come late. */
  async function rest(tookMs: number): Promise<void> {
    let waitMs = Math.min(longestPauseMs, Math.max(pauseMs, tookMs * restRatio));
    for (;;) {
      const startedAt = performance.now();
      await sleep(waitMs, undefined, { signal: stopping.signal, ref: false });
      if (performance.now() - startedAt - waitMs < busyMs || waitMs >= longestPauseMs) return;
      waitMs = Math.min(longestPauseMs, waitMs * 2);
    }
  }

  return {
    later: (sha256) => {
      fresh.add(sha256);
      go();
    },
    hold: () => {
      const mine = Symbol('hold');
      holds.add(mine);
      return () => {
        holds.delete(mine);
        go();
      };
    },
    start: () => {
      after = '';
      go();
    },
    idle: async () => {
      while (working !== null) await working;
    },
    stop: async () => {
      stopping.abort();
      await texts.close();
      await working;
    },
  };
}
