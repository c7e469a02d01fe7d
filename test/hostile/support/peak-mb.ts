import { existsSync, readFileSync } from 'node:fs';

/** The most memory that this process has taken. `maxRSS` also counts what the parent had in memory when it started us; the kernel's own file does not. */
export function peakMb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'latin1') : '';
  const high = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return Math.round((high === undefined ? process.resourceUsage().maxRSS : Number(high)) / 1024);
}
