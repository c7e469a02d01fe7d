import type { Db } from '../open.ts';
import { first } from './0001-first.ts';
import { province } from './0010-province.ts';
import { axis } from './0020-axis.ts';
import { figures } from './0030-figures.ts';

/** Forward only. `version` becomes the database's `user_version`; what has been released is never changed again. */
export const migrations: readonly { readonly version: number; readonly run: (db: Db) => void }[] = [
  { version: 1, run: (db) => void db.exec(first) },
  { version: 10, run: province },
  { version: 20, run: (db) => void db.exec(axis) },
  { version: 30, run: (db) => void db.exec(figures) },
];

export const newestVersion = migrations.at(-1)?.version ?? 0;

/** Every migration that the database has not had, each in its own transaction with its number. Throws on a database of a newer server. */
export function migrate(db: Db): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > newestVersion) throw new Error(`the database was made by a newer server (schema ${found})`);
  for (const { version, run } of migrations) {
    if (version <= found) continue;
    db.transaction(() => {
      run(db);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
