/** As at the server's door: so many are free, and then one waits, twice as long each time. */
const free = 5;
const firstWaitMs = 30_000;
const longestWaitMs = 300_000;

/** How often a wrong password was typed at this locked screen, and how long the next one waits for it. */
export function createTries(now: () => number = () => performance.now()): { readonly waitMs: () => number; readonly wrong: () => void; readonly right: () => void } {
  let count = 0;
  let until = 0;
  return {
    waitMs: () => Math.max(0, until - now()),
    wrong: () => {
      count += 1;
      if (count >= free) until = now() + Math.min(longestWaitMs, firstWaitMs * 2 ** (count - free));
    },
    right: () => {
      count = 0;
      until = 0;
    },
  };
}
