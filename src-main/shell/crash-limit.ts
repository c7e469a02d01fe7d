/** So many unasked ends within so long are a fault that a restart does not mend. */
const maxRestarts = 3;
const windowMs = 60_000;

/** Counts unasked ends of a process. True from the call on that makes them too many. */
export function createCrashLimit(now: () => number = Date.now): () => boolean {
  let ends: readonly number[] = [];
  return () => {
    ends = [...ends.filter((at) => now() - at < windowMs), now()];
    return ends.length > maxRestarts;
  };
}
