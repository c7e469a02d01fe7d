import { maxProcessMb } from './limits.ts';

/** When the page in hand must be done, ms since 1970; 0 while nothing is. Shared by the two threads of the drawing process. */
export type Deadline = { readonly shared: SharedArrayBuffer; readonly set: (at: number | null) => void };

export function createDeadline(): Deadline {
  const shared = new SharedArrayBuffer(8);
  const cell = new BigInt64Array(shared);
  return { shared, set: (at) => { Atomics.store(cell, 0, BigInt(at === null ? 0 : Math.round(at))); } };
}

const lookEveryMs = 50;

/** How the program tells an end for want of memory from a crash, where the system has signals. */
export const tooLargeSignal = 'SIGTERM';

/**
 * The program ends this process when it is late. Where the program itself is gone, or where a page takes memory faster than anybody is asked, this thread
 * does: by force, because the other thread may be inside of a native call that no exception ends.
 */
export function watch(shared: unknown): void {
  if (!(shared instanceof SharedArrayBuffer)) throw new Error('the watchdog is started by the drawing process');
  const cell = new BigInt64Array(shared);
  setInterval(() => {
    const at = Number(Atomics.load(cell, 0));
    if (at !== 0 && Date.now() > at) process.kill(process.pid, 'SIGKILL');
    else if (process.memoryUsage.rss() > maxProcessMb * 1024 * 1024) process.kill(process.pid, tooLargeSignal);
  }, lookEveryMs);
}
