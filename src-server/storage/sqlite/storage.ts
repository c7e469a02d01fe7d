import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { Storage, Tx } from '../port.ts';
import { inMemory, openReader, openWriter, type Db, type Statement } from './open.ts';
import { createTx } from './tx.ts';
import { createWriter, type Seat } from './writer.ts';

export type SqliteOptions = {
  /** A file, or `:memory:`. */
  readonly file: string;
  readonly randomBytes?: (size: number) => Uint8Array;
};

type Reader = Seat & { readonly begin: Statement; readonly commit: Statement };

/** Reads at a time; who comes beyond waits for the next free one. A long read (a snapshot) takes one for as long as it lasts. */
const mostReaders = 6;

/**
 * One machine's storage. One connection writes (`writer.ts`). Reads of a file have their own connections and wait for nobody; in memory they queue too.
 * A transaction or a read that is begun inside another one would wait for itself: `work` uses the `tx` it is given.
 */
export function openSqlite({ file, randomBytes = systemRandomBytes }: SqliteOptions): Storage {
  const writer = seatOf(openWriter(file));
  // the feed's epoch: cursors of another database are never mistaken for ours
  writer.db.prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)').run('epoch', Buffer.from(randomBytes(9)).toString('base64url'));
  const epoch = writer.db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get('epoch') as string;
  const listeners = new Set<(unit: OrganizationCode) => void>();
  const idle: Reader[] = [];
  const waiting: ((reader: Reader) => void)[] = [];
  let readers = 0;
  const write = createWriter(writer, file === inMemory ? () => Promise.resolve() : () => new Promise((resolve) => setImmediate(resolve)));
  let closed = false;

  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => write.transaction(work);

  async function read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (file === inMemory) return transaction(work);
    if (closed) throw new Error('the storage is closed');
    const reader = await takeReader();
    try {
      reader.begin.run();
      return await work(reader.tx);
    } finally {
      if (reader.db.inTransaction) reader.commit.run();
      const next = waiting.shift();
      if (next !== undefined) next(reader);
      else if (closed) reader.db.close();
      else idle.push(reader);
    }
  }

  function takeReader(): Reader | Promise<Reader> {
    const free = idle.pop();
    if (free !== undefined) return free;
    if (readers >= mostReaders) return new Promise((resolve) => waiting.push(resolve));
    const db = openReader(file);
    readers += 1;
    return { ...seatOf(db), begin: db.prepare('BEGIN'), commit: db.prepare('COMMIT') };
  }

  return {
    epoch,
    transaction,
    read,
    announce: async (units) => {
      for (const unit of new Set(units)) for (const listener of listeners) listener(unit);
    },
    onAnnounced: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ping: async () => {
      writer.db.prepare('SELECT 1').get();
    },
    close: async () => {
      await write.end();
      if (closed) return;
      closed = true;
      for (const { db } of idle.splice(0)) db.close();
      writer.db.close();
    },
  };
}

function seatOf(db: Db): Seat {
  return { db, tx: createTx(db) };
}
