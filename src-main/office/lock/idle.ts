export type IdleParts = {
  /** How long without a key or a pointer; asked anew each time, since a person may change it. */
  readonly limitMs: () => number;
  readonly onIdle: () => void;
  /** Both unless told: the day's clock runs on while the machine sleeps, the other one is not set back. */
  readonly clocks?: readonly (() => number)[];
};

/** Longer than a timer can be late, shorter than anybody waits for. */
const leastMs = 50;

/** Tells when nobody has touched the program for so long. What is seen after the limit is no activity: whoever opens the lid of a machine that slept does not go on as the one who closed it. */
export function createIdle({ limitMs, onIdle, clocks = [() => Date.now(), () => performance.now()] }: IdleParts): { readonly touched: () => void; readonly start: () => void; readonly changed: () => void; readonly stop: () => void } {
  let last = clocks.map((clock) => clock());
  let timer: NodeJS.Timeout | null = null;

  const idleMs = (): number => Math.max(0, ...clocks.map((clock, at) => clock() - (last[at] ?? 0)));

  function look(): void {
    if (timer === null) return;
    const owed = limitMs() - idleMs();
    if (owed <= 0) {
      stop();
      return onIdle();
    }
    arm(owed);
  }

  function arm(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(look, Math.max(leastMs, ms));
    timer.unref();
  }

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    touched: () => {
      if (timer === null) return;
      look();
      if (timer === null) return;
      last = clocks.map((clock) => clock());
      arm(limitMs());
    },
    start: () => {
      last = clocks.map((clock) => clock());
      arm(limitMs());
    },
    // another limit counts from the last touch
    changed: look,
    stop,
  };
}
