import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/**
 * Linux starts a child's maxRSS from what its parent held when it forked (getrusage(2) counts over exec), so the run's own memory would
 * be taken for ours; VmHWM is of this program alone (proc(5)). Elsewhere maxRSS is.
 */
export function peakKiB(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

/** Reads a file once and hashes it: what nobody who signs or judges it can do without. */
export function hashFile(path: string): void {
  const from = openSync(path, 'r');
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1 << 20);
  for (let count = readSync(from, chunk, 0, chunk.length, null); count > 0; count = readSync(from, chunk, 0, chunk.length, null)) hash.update(chunk.subarray(0, count));
  hash.digest();
  closeSync(from);
}
