import Database from 'better-sqlite3';
import { migrate } from './migrations/index.ts';

export type Db = Database.Database;
export type Statement = Database.Statement;

export const inMemory = ':memory:';

/**
 * Opens (or makes) the server's database and brings it to the present schema. Throws on a Node without Node-API 10, where the driver would end the
 * process without a word, and on a database of a newer server.
 */
export function openWriter(file: string): Db {
  if (Number(process.versions['napi']) < 10) throw new Error('the server needs Node 24 or newer');
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    // what was answered "applied" is on the disk
    db.pragma('synchronous = FULL');
    db.pragma('busy_timeout = 5000');
    db.pragma('cache_size = -32000');
    // a migration rebuilds tables that others point to
    db.pragma('foreign_keys = OFF');
    migrate(db);
    db.pragma('foreign_keys = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A second look at the same file, which sees what was committed when its transaction began, and holds nobody up. */
export function openReader(file: string): Db {
  const db = new Database(file, { readonly: true });
  db.pragma('busy_timeout = 5000');
  return db;
}
