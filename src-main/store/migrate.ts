import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { ReadableDb, WritableDb } from './driver.ts';

/** Forward only. The number goes up by tens, over both files; `name` is part of the identity. `fill`: what SQL alone cannot work out, in the same transaction. */
export type Migration = { readonly number: number; readonly name: string; readonly file: 'desk' | 'blobs'; readonly sql: string; readonly fill?: (db: WritableDb) => void };

type Applied = { readonly number: number; readonly name: string };

/**
 * How many of `known` the file has. What is applied must be a prefix of what is known.
 * Errors: `store.newer` when the file knows more than we do, `store.cannot-open` when it went another way.
 */
export function countApplied(db: ReadableDb, known: readonly Migration[], file: string): Result<number> {
  const applied = readApplied(db);
  const shared = Math.min(applied.length, known.length);
  for (let i = 0; i < shared; i++) {
    if (applied[i]?.number !== known[i]?.number || applied[i]?.name !== known[i]?.name) return fail('store.cannot-open', { file });
  }
  return applied.length > known.length ? fail('store.newer') : ok(applied.length);
}

/** Applies what is missing, all in one transaction. `count` is what `countApplied` said. */
export function applyMissing(db: WritableDb, known: readonly Migration[], count: number): void {
  if (count === known.length) return;
  db.transaction(() => {
    db.script('CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT');
    const note = db.write<[number, string, string]>('INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)');
    for (const migration of known.slice(count)) {
      db.script(migration.sql);
      migration.fill?.(db);
      note.run(migration.number, migration.name, new Date().toISOString());
    }
  });
}

function readApplied(db: ReadableDb): readonly Applied[] {
  const table = db.read<[], { n: number }>("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'migration'").get();
  if (table?.n !== 1) return [];
  return db.read<[], Applied>('SELECT number, name FROM migration ORDER BY number').all();
}
