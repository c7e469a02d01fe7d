/** What was seen of a driver: a text that changes when its tokens do. `isFresh`: it had to be started first, which tells nothing of its speed. */
export type Look = { readonly seen: string; readonly isWell: boolean; readonly isFresh: boolean };
export type Watched = { readonly isBusy: () => boolean; readonly look: () => Promise<Look> };
export type Watch = (onChange: () => void, everyMs?: number) => () => void;

/** A driver that takes long is left alone this many times as long as it took. */
const restAfterSlow = 4;
const longestPauseMs = 60_000;

/**
 * Asks the drivers every few seconds whether a token came or went, for as long as somebody wants to know: C_WaitForSlotEvent is not to be
 * relied on (signing.md §5). A driver at work is not asked; one that is slow, hangs or fails is asked less and less often.
 */
export function createWatch(drivers: readonly Watched[], now: () => number = () => performance.now()): Watch & { readonly tell: () => void } {
  const watchers = new Set<{ readonly onChange: () => void; readonly everyMs: number }>();
  /** What was last seen of each driver: it outlives a second watcher's coming, so that the first misses nothing. */
  const known = new Map<Watched, string>();
  let stop: (() => void) | null = null;
  const tell = (): void => {
    for (const { onChange } of watchers) onChange();
  };
  const restart = (): void => {
    stop?.();
    stop = null;
    if (watchers.size === 0) known.clear();
    if (watchers.size === 0) return;
    const everyMs = Math.min(...[...watchers].map((one) => one.everyMs));
    const stops = drivers.map((driver) => follow(driver, known, everyMs, tell, now));
    stop = () => { for (const one of stops) one(); };
  };
  const watch: Watch = (onChange, everyMs = 3000) => {
    const watcher = { onChange, everyMs };
    watchers.add(watcher);
    restart();
    return () => {
      if (watchers.delete(watcher)) restart();
    };
  };
  return Object.assign(watch, { tell });
}

function follow(driver: Watched, known: Map<Watched, string>, everyMs: number, tell: () => void, now: () => number): () => void {
  let pauseMs = everyMs;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  function again(): void {
    timer = setTimeout(() => void look(), pauseMs);
    timer.unref();
  }

  async function look(): Promise<void> {
    if (!driver.isBusy()) {
      const from = now();
      const { seen, isWell, isFresh } = await driver.look();
      if (isOver) return;
      const tookMs = isFresh ? 0 : now() - from;
      pauseMs = Math.min(longestPauseMs, isWell ? Math.max(everyMs, tookMs * restAfterSlow) : pauseMs * 2);
      const before = known.get(driver);
      known.set(driver, seen);
      const isNews = before !== undefined && before !== seen;
      if (isNews) tell();
    }
    if (!isOver) again();
  }

  void look();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
