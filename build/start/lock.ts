import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** One program at a time on one folder. Null while another one lives; else the function that gives the lock back. */
export function takeLock(file: string): (() => void) | null {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (isAlive(Number(readFileSync(file, 'utf8')))) return null;
    // Its owner was ended by force
    rmSync(file, { force: true });
  }
  return null;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another person's
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
