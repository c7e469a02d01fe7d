import { join } from 'node:path';
import { ok, fail, type Result } from '../../src-shared/result.ts';
import { connect } from './driver.ts';

/** `reserve_end` of a book that came out of a backup: no number until the server has lent it anew. */
export const closedByRestore = -1;

export type AdoptOptions = {
  readonly dir: string;
  readonly key: Uint8Array;
  /** The key of the machine it shall live on. */
  readonly nextKey: Uint8Array;
  /** How far each book had come in the profile that it replaces: those numbers may be on paper and unknown to the server. */
  readonly ahead: readonly { readonly book: string; readonly epoch: number; readonly next: number }[];
};

/**
 * Makes a profile that lay in a backup ready to be worked with: its books are closed until the server lends them anew, since numbers may have been given after it was made, and
 * both files go under the key of this machine. Nobody else may have it open.
 */
export function adoptProfile({ dir, key, nextKey, ahead }: AdoptOptions): Result<null> {
  const same = Buffer.from(key).equals(nextKey);
  try {
    for (const [file, pageSizeBytes] of [['desk.db', 4096], ['blobs.db', 65_536]] as const) {
      const db = connect(join(dir, file), { key, readonly: false, pageSizeBytes, cacheKiB: 65_536 });
      try {
        if (file === 'desk.db') {
          const close = db.write<[number]>('UPDATE book SET reserve_end = ?');
          const raise = db.write<[number, string, number]>('UPDATE book SET next = max(next, ?) WHERE id = ? AND epoch = ?');
          db.transaction(() => {
            close.run(closedByRestore);
            for (const { book, epoch, next } of ahead) raise.run(next, book, epoch);
          });
        }
        if (!same) db.rekey(nextKey);
      } finally {
        db.close();
      }
    }
    return ok(null);
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return fail('store.cannot-open', { file: dir });
    throw error;
  }
}
