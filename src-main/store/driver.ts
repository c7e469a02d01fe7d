import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';
import { AppFailure, fail, ok, type Result } from '../../src-shared/result.ts';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** A statement prepared once; `P` are its positional or named parameters, `R` one row. */
export type Read<P extends unknown[], R> = { readonly get: (...params: P) => R | undefined; readonly all: (...params: P) => R[] };
export type Write<P extends unknown[]> = { readonly run: (...params: P) => { readonly changes: number; readonly lastInsertRowid: number | bigint } };

/** What a reader is given: it has no way to reach a statement that writes. */
export type ReadableDb = {
  readonly [readable]: true;
  /** Throws when the statement writes. */
  readonly read: <P extends unknown[], R>(sql: string) => Read<P, R>;
  /** The first column alone: a hundred thousand numbers without as many objects. */
  readonly readColumn: <P extends unknown[], V>(sql: string) => Read<P, V>;
};

export type WritableDb = ReadableDb & {
  readonly [writable]: true;
  readonly write: <P extends unknown[]>(sql: string) => Write<P>;
  /** Runs `work` in one immediate transaction: all of it, or, when it throws, none. Throws `AppFailure` `store.full` when the disk has no room, `store.unwritable` when it or another program refuses. */
  readonly transaction: <T>(work: () => T) => T;
  /** Runs `work`, which must not write, with another encrypted file of the same key beside this one under `name`. */
  readonly beside: <T>(file: string, name: string, work: () => T) => T;
  readonly script: (sql: string) => void;
  readonly pragma: (statement: string) => unknown;
  /** Moves what it can of the log into the file and waits for nobody; true when all of it is there. */
  readonly checkpoint: () => boolean;
  /** Writes the whole file anew under another key. It must be nobody else's, and is closed afterwards. */
  readonly rekey: (key: Uint8Array) => void;
  readonly close: () => void;
};

/** `pageSizeBytes` counts only when the file is made. The log goes into the file when it has grown to `logPages` pages. */
export type ConnectionOptions = { readonly key: Uint8Array; readonly readonly: boolean; readonly pageSizeBytes: number; readonly cacheKiB: number; readonly logPages?: number };

/** better-sqlite3 13 is built for Node-API 10 and ends the process without a word on an older Node. */
export function checkNode(napi: string | undefined): Result<null> {
  return Number(napi ?? 0) >= 10 ? ok(null) : fail('store.node-too-old');
}

/** Throws the driver's error when the file is not ours, the key is wrong, or the disk refuses. */
export function connect(file: string, options: ConnectionOptions): WritableDb {
  const db = new (loadDriver())(file, { readonly: options.readonly, fileMustExist: options.readonly });
  try {
    db.pragma("cipher = 'aegis'");
    // "raw:" takes the 32 random bytes as the key itself; a derivation (Argon2id) would add nothing to them.
    db.pragma(`key = '${rawKey(options.key)}'`);
    // Sorting a list must not leave titles in an unencrypted file of /tmp.
    db.pragma('temp_store = MEMORY');
    db.pragma(`cache_size = -${options.cacheKiB}`);
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    if (!options.readonly) {
      db.pragma(`page_size = ${options.pageSizeBytes}`);
      db.pragma('journal_mode = WAL');
      // What a person did is on the disk before the screen says so.
      db.pragma('synchronous = FULL');
      db.pragma('journal_size_limit = 67108864');
      db.pragma(`wal_autocheckpoint = ${options.logPages ?? 1000}`);
    }
    // The key is tried here: the first page does not decrypt with another one.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    db.close();
    throw error;
  }
  return wrap(db, file, options.key);
}

function rawKey(key: Uint8Array): string {
  return `raw:${Buffer.from(key).toString('hex')}`;
}

function loadDriver(): new (file: string, options: { readonly: boolean; fileMustExist: boolean }) => Database.Database {
  return createRequire(import.meta.url)('better-sqlite3') as new (file: string, options: object) => Database.Database;
}

/** https://www.sqlite.org/rescode.html: what a careful person can meet, said as such. Anything else is a bug. */
function told(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'SQLITE_FULL') return new AppFailure('store.full');
  if (isDamage(code)) return new AppFailure('store.damaged', { file });
  return /^SQLITE_(?:BUSY|LOCKED|READONLY|IOERR|CANTOPEN|PERM)/.test(code) ? new AppFailure('store.unwritable') : error;
}

/** What the driver says of a page that is not as it was written. Of the first page it says the same with another key (`SQLITE_NOTADB`), which is for whoever opens the file. */
export function isDamage(code: string): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(code);
}

function wrap(db: Database.Database, file: string, key: Uint8Array): WritableDb {
  const telling = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw told(error, file);
    }
  };
  const read = (sql: string): Database.Statement => {
    const statement = db.prepare(sql);
    if (!statement.readonly) throw new Error(`a reader prepared a writing statement: ${sql}`);
    return statement;
  };
  const answering = (statement: Database.Statement): Read<unknown[], unknown> => ({
    get: (...params) => telling(() => statement.get(...params)),
    all: (...params) => telling(() => statement.all(...params)),
  });
  const connection = {
    read: (sql: string) => answering(read(sql)),
    readColumn: (sql: string) => answering(read(sql).pluck()),
    beside: <T>(file: string, name: string, work: () => T): T => {
      // not for good: an immediate transaction would lock it too
      db.prepare(`ATTACH ? AS ${name} KEY ?`).run(file, rawKey(key));
      try {
        return work();
      } finally {
        db.exec(`DETACH ${name}`);
      }
    },
    write: (sql: string) => {
      const statement = db.prepare(sql);
      return { run: (...params: unknown[]) => telling(() => statement.run(...params)) };
    },
    transaction: <T>(work: () => T): T => telling(() => db.transaction(work).immediate()),
    script: (sql: string) => void db.exec(sql),
    pragma: (statement: string) => db.pragma(statement, { simple: true }),
    checkpoint: () => {
      const [row] = db.pragma('wal_checkpoint(PASSIVE)') as readonly { readonly log: number; readonly checkpointed: number }[];
      return row !== undefined && row.log === row.checkpointed;
    },
    rekey: (next: Uint8Array) => telling(() => {
      // the driver changes no key while there is a write-ahead log
      db.pragma('journal_mode = DELETE');
      db.pragma(`rekey = '${rawKey(next)}'`);
      db.close();
    }),
    close: () => void db.close(),
  };
  // The brands exist for the compiler only.
  return connection as unknown as WritableDb;
}
