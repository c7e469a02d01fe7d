import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type ProfileLock = { readonly release: () => void };

/**
 * Takes the profile for this program alone, or answers null: another window's process or another copy has it. The lock is the operating system's own, on a file of SQLite's
 * (fcntl, LockFileEx): it is gone with its process however that ends, so a stale one cannot be. A lock by process id could be, and the id be somebody else's.
 * The file stays when the lock is given back: who removes it while another is taking it would let both in.
 */
export function takeProfileLock(file: string): ProfileLock | null {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    // no journal: nothing is ever written, the file only carries the lock
    db.exec('PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return { release: () => db.close() };
}

/** SQLITE_BUSY */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}
