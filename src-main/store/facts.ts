import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { connect, type ReadableDb } from './driver.ts';

/** What a person is shown of a profile before it takes another's place. */
export type ProfileFacts = {
  readonly documents: number;
  readonly newestMs: number | null;
  /** What has not reached the server. */
  readonly waiting: number;
  readonly books: readonly { readonly book: string; readonly epoch: number; readonly next: number }[];
  readonly auditHead: { readonly seq: number; readonly hash: string } | null;
  /** The last step of the desk's schema. */
  readonly schema: number;
};

/** Writes nothing into the files. Error: `store.cannot-open`. */
export function readFacts({ dir, key }: { readonly dir: string; readonly key: Uint8Array }): Result<ProfileFacts> {
  const file = join(dir, 'desk.db');
  if (!existsSync(file)) return fail('store.cannot-open', { file });
  try {
    const db = connect(file, { key, readonly: true, pageSizeBytes: 4096, cacheKiB: 16_384 });
    try {
      return ok(factsOf(db));
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return fail('store.cannot-open', { file });
    throw error;
  }
}

export function factsOf(db: ReadableDb): ProfileFacts {
  const one = (sql: string): number | null => db.readColumn<[], number>(sql).get() ?? null;
  const hasAudit = one("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'audit'") === 1;
  return {
    documents: one('SELECT count(*) FROM document') ?? 0,
    newestMs: one('SELECT max(listed_at_ms) FROM document'),
    waiting: one("SELECT count(*) FROM outbox WHERE state <> 'applied'") ?? 0,
    books: db.read<[], ProfileFacts['books'][number]>('SELECT id AS book, epoch, next FROM book ORDER BY id').all(),
    auditHead: hasAudit ? (db.read<[], { seq: number; hash: string }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get() ?? null) : null,
    schema: one('SELECT max(number) FROM migration') ?? 0,
  };
}

/** A reader of a closed profile leaves an empty log and its index behind. Only for files that nobody else has open. */
export function sweepLogs(dir: string): void {
  for (const file of ['desk.db', 'blobs.db']) {
    const log = join(dir, `${file}-wal`);
    if (existsSync(log) && statSync(log).size > 0) continue;
    for (const path of [log, join(dir, `${file}-shm`)]) rmSync(path, { force: true });
  }
}
