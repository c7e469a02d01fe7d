import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { connect, type WritableDb } from '../../../src-main/store/driver.ts';
import { applyMissing, type Migration } from '../../../src-main/store/migrate.ts';
import { migrationsOf } from '../../../src-main/store/migrations/index.ts';

/** A real file as the version with steps below `number` left it, and the way to take the step. */
export function fileBefore(t: TestContext, number: number, file: Migration['file']): { readonly db: WritableDb; readonly step: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-migration-'));
  const db = connect(join(dir, `${file}.db`), { key: new Uint8Array(32).fill(7), readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 });
  t.after(() => {
    db.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const older = migrationsOf(file).filter((migration) => migration.number < number);
  const upTo = migrationsOf(file).filter((migration) => migration.number <= number);
  applyMissing(db, older, 0);
  return { db, step: () => applyMissing(db, upTo, older.length) };
}

export function tables(db: WritableDb): readonly string[] {
  return db.read<[], { name: string }>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%' ORDER BY name").all().map((row) => row.name);
}
