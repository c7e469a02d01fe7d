/** The end of one call: its time is up, or whoever asked no longer wants it. */
export type Deadline = {
  readonly signal: AbortSignal;
  /** Null while it runs. */
  readonly ended: () => 'timeout' | 'stopped' | null;
  readonly leftMs: () => number;
  /** Takes down timer and listener. Every deadline is closed, or it holds the process open. */
  readonly close: () => void;
};

/** What a deadline's signal ends with when its time is up: a deadline inside another one knows the outer's reason. */
const timeIsUp = Symbol('time is up');

/** Node's timers count in 32 bits. */
const longestMs = 2 ** 31 - 1;

/**
 * Not `AbortSignal.any`: a signal made of one that lives as long as the program stays in its books.
 */
export function startDeadline(ms: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const endsAt = performance.now() + ms;
  let why: 'timeout' | 'stopped' | null = null;
  const end = (reason: 'timeout' | 'stopped'): void => {
    why ??= reason;
    controller.abort(reason === 'timeout' ? timeIsUp : undefined);
  };
  const stop = (): void => end(outer?.reason === timeIsUp ? 'timeout' : 'stopped');
  const timer = setTimeout(() => end('timeout'), Math.min(ms, longestMs));
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted === true) stop();
  return {
    signal: controller.signal,
    ended: () => why,
    // A timer may ring a fraction of a millisecond before the clock says so.
    leftMs: () => (why === null ? Math.max(0, endsAt - performance.now()) : 0),
    close: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', stop);
    },
  };
}

/** Runs `work` under a deadline and takes the deadline down after it. */
export async function withDeadline<T>(ms: number, outer: AbortSignal | undefined, work: (deadline: Deadline) => Promise<T>): Promise<T> {
  const deadline = startDeadline(ms, outer);
  try {
    return await work(deadline);
  } finally {
    deadline.close();
  }
}
