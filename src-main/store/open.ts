import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { ProfileStore } from '../ports/store.ts';
import { createBlobStore } from './blobs.ts';
import { joinContents } from './contents.ts';
import { createDeskStore } from './desk.ts';
import { checkNode, connect, type WritableDb } from './driver.ts';
import { applyMissing, countApplied, type Migration } from './migrate.ts';
import { migrationsOf } from './migrations/index.ts';
import { hasOurHeader, looksWhole } from './quick-check.ts';
import { refusalOf } from './refusal.ts';

/** `key`: 32 random bytes. `dir` is made when it is missing. `now`: ms since 1970; the machine's clock, unless told. */
export type ProfileStoreOptions = { readonly dir: string; readonly key: Uint8Array; readonly now?: () => number };

/**
 * Opens (or makes) `desk.db` and `blobs.db` of one profile, encrypted whole.
 * Errors, with the files as they were: `store.node-too-old`, `store.cannot-open` (another key, or no right to read), `store.damaged`, `store.newer`, `store.full`, `store.unwritable`.
 */
export function openProfileStore(options: ProfileStoreOptions): Result<ProfileStore> {
  const node = checkNode(process.versions.napi);
  if (!node.ok) return node;
  if (options.key.length !== 32) throw new Error('the key of a profile is 32 bytes');
  // Both files are looked at before either is written to: a key that fits one only changes nothing.
  for (const file of ['desk', 'blobs'] as const) {
    const looked = look(options, file);
    if (!looked.ok) return looked;
  }
  const desk = open(options, 'desk', (db) => createDeskStore(db, pathOf(options, 'blobs'), options.now));
  if (!desk.ok) return desk;
  const blobs = open(options, 'blobs', createBlobStore);
  if (!blobs.ok) {
    desk.value.close();
    return blobs;
  }
  const close = (): void => {
    desk.value.close();
    blobs.value.close();
  };
  try {
    return ok({ desk: joinContents(desk.value, blobs.value), blobs: blobs.value, close });
  } catch (error) {
    close();
    return refusalOf(error, { ...options, file: 'blobs' });
  }
}

const shapes = {
  desk: { pageSizeBytes: 4096, cacheKiB: 65_536, logPages: 1000 },
  // 256 KiB rows in 64 KiB pages were read and hashed at 887 MB/s, against 1102 unencrypted (docs: architecture, Data).
  blobs: { pageSizeBytes: 65_536, cacheKiB: 16_384, logPages: 256 },
} as const;

/** As long as a start may be made longer; of this much time, the content's file needs little. */
const quickMs = { desk: 120, blobs: 30 } as const;
/** A piece of content that is damaged takes one file away, which the province still has, and not the desk. */
const passOver = { desk: [], blobs: ['chunk'] } as const;

/** Reads only: no checkpoint, no migration, so a file that is refused is not touched. */
function look(options: ProfileStoreOptions, file: Migration['file']): Result<null> {
  const path = pathOf(options, file);
  try {
    if (!existsSync(path) || statSync(path).size === 0) return ok(null);
    if (!hasOurHeader(path)) return fail('store.damaged', { file: path });
    const db = connect(path, { ...shapes[file], key: options.key, readonly: true });
    try {
      const count = countApplied(db, migrationsOf(file), path);
      if (!count.ok) return count;
      return looksWhole(db, quickMs[file], passOver[file]) ? ok(null) : fail('store.damaged', { file: path });
    } finally {
      db.close();
    }
  } catch (error) {
    return refusalOf(error, { ...options, file });
  }
}

function open<T>(options: ProfileStoreOptions, file: Migration['file'], create: (db: WritableDb) => T): Result<T> {
  const path = pathOf(options, file);
  let db: WritableDb | null = null;
  try {
    mkdirSync(options.dir, { recursive: true });
    db = connect(path, { ...shapes[file], key: options.key, readonly: false });
    const known = migrationsOf(file);
    const count = countApplied(db, known, path);
    if (!count.ok) {
      db.close();
      return count;
    }
    applyMissing(db, known, count.value);
    // Inside the fence: preparing statements reads the whole schema, and a damaged page shows here first.
    return ok(create(db));
  } catch (error) {
    db?.close();
    return refusalOf(error, { ...options, file });
  }
}

function pathOf(options: ProfileStoreOptions, file: Migration['file']): string {
  return join(options.dir, `${file}.db`);
}
