/** The clock and everything that waits on it, so that a simulated world can stand in for both. */
export type Time = {
  /** ms since 1970. */
  readonly now: () => number;
  /** A clock that only goes forward, ms: for rates and deadlines. */
  readonly elapsed: () => number;
  /** Runs `work` after `ms`; the returned function takes it back. Does not keep the program alive. */
  readonly after: (ms: number, work: () => void) => () => void;
  /** Lets others have their turn between two pieces of long work. */
  readonly turn: () => Promise<void>;
};

/** [0, 1): for jitter; no secret is made of it. */
export const systemRandom: () => number = () => Math.random();

export const systemTime: Time = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};
