import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { schema, schemaVersion } from './schema.ts';

export type Db = Database.Database;

/**
 * Opens (or makes) the server's database. The only file of this room that knows the driver.
 * Throws on a Node without Node-API 10, where the driver would end the process without a word.
 */
export function openDatabase(file: string): Db {
  if (Number(process.versions['napi']) < 10) throw new Error('the server needs Node 24 or newer');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  // what was answered "applied" is on the disk
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > schemaVersion) throw new Error(`the database was made by a newer server (schema ${found})`);
  if (found === 0) {
    db.transaction(() => {
      db.exec(schema);
      // the feed's epoch: cursors of another database are never mistaken for ours
      db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run('epoch', randomBytes(9).toString('base64url'));
      db.pragma(`user_version = ${schemaVersion}`);
    }).immediate();
  }
  return db;
}

export function readEpoch(db: Db): string {
  const row = db.prepare('SELECT value FROM meta WHERE key = ?').get('epoch') as { value: string };
  return row.value;
}
