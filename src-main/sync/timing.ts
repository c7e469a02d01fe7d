/** All in ms. A body that moves is never cut off by a total time (sync.md, Transfer). */
export type SyncTiming = {
  /** A small call and its answer. */
  readonly requestMs: number;
  /** A download that brings no byte for so long is broken off and resumed. */
  readonly noBytesMs: number;
  /** One chunk of an upload: three times what it was cut for. */
  readonly chunkMs: number;
  /** Hints: the server says something every 20 s; silence for this long is a dead line. */
  readonly silenceMs: number;
  /** Without any hint the feed is asked all the same, between half and one and a half of this. */
  readonly pullMs: number;
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  readonly directoryMs: number;
  /** Between two questions for the province's list of trusted certificates. */
  readonly trustMs: number;
  /** Between two questions for a new version of the program. */
  readonly updateMs: number;
};

export const defaultTiming: SyncTiming = {
  requestMs: 30_000,
  noBytesMs: 15_000,
  chunkMs: 60_000,
  silenceMs: 45_000,
  pullMs: 300_000,
  backoffBaseMs: 1000,
  backoffCapMs: 120_000,
  directoryMs: 3_600_000,
  trustMs: 86_400_000,
  updateMs: 6 * 3_600_000,
};

/**
 * Full jitter: 5,000 clients after an outage are 95 requests/s at the peak, against 2,516 without (sync.md rule 5).
 * `retryAfterMs` is the server's own word and is never undercut.
 */
export function backoffDelay(attempt: number, random: () => number, timing: SyncTiming, retryAfterMs = 0): number {
  return retryAfterMs + random() * Math.min(timing.backoffCapMs, timing.backoffBaseMs * 2 ** Math.min(attempt, 20));
}
