import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { checkNode, connect, type ReadableDb, type WritableDb } from './driver.ts';

/** Both files as they were at one instant; whoever works goes on, into the log beside them. */
export type HeldStill = { readonly desk: ReadableDb; readonly blobs: ReadableDb; readonly release: () => void };

const shape = { pageSizeBytes: 4096, cacheKiB: 2048 };
const tries = 500;

/**
 * Holds the two files of a profile still, so that their bytes can be copied as they lie on the disk: encrypted, and consistent with each other. Everything in the logs is moved into
 * the files while both are kept from being written, a few milliseconds; then a reader begins that needs no log, and as long as it reads, no checkpoint may touch the file
 * (https://www.sqlite.org/walformat.html, WAL_READ_LOCK(0)). Only from a process that never opens those files otherwise: on POSIX, closing one drops the locks of all
 * (https://www.sqlite.org/howtocorrupt.html, 2.2). Errors: `store.cannot-open`, `store.unwritable` (somebody writes without end).
 */
export async function holdStill({ dir, key }: { readonly dir: string; readonly key: Uint8Array }): Promise<Result<HeldStill>> {
  const node = checkNode(process.versions.napi);
  if (!node.ok) return node;
  const open: WritableDb[] = [];
  const closeAll = (): void => open.forEach((db) => db.close());
  const connection = (file: string): WritableDb => {
    const db = connect(join(dir, file), { key, readonly: false, ...shape });
    db.pragma('busy_timeout = 0');
    open.push(db);
    return db;
  };
  try {
    const [deskLock, blobsLock, desk, blobs] = [connection('desk.db'), connection('blobs.db'), connection('desk.db'), connection('blobs.db')];
    for (let i = 0; i < tries; i++) {
      // most of it before anybody is kept from writing
      desk.checkpoint();
      blobs.checkpoint();
      if (begin(deskLock, 'IMMEDIATE')) {
        try {
          if (begin(blobsLock, 'IMMEDIATE')) {
            try {
              if (desk.checkpoint() && blobs.checkpoint()) {
                for (const reader of [desk, blobs]) {
                  reader.script('BEGIN');
                  reader.readColumn<[], number>('SELECT count(*) FROM sqlite_schema').get();
                }
                return ok({ desk, blobs, release: closeAll });
              }
            } finally {
              blobsLock.script('ROLLBACK');
            }
          }
        } finally {
          deskLock.script('ROLLBACK');
        }
      }
      await sleep(20);
    }
    closeAll();
    return fail('store.unwritable');
  } catch (error) {
    closeAll();
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return fail('store.cannot-open', { file: dir });
    throw error;
  }
}

function begin(db: WritableDb, how: 'IMMEDIATE'): boolean {
  try {
    db.script(`BEGIN ${how}`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
