import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { Storage, Tx } from '../port.ts';
import { StorageUnavailable } from '../unavailable.ts';
import { inMemory, openReader, openWriter, type Db } from './open.ts';
import { createTx } from './tx.ts';

export type SqliteOptions = {
  /** A file, or `:memory:`. */
  readonly file: string;
  readonly randomBytes?: (size: number) => Uint8Array;
};

type Seat = { readonly db: Db; readonly tx: Tx };

/** Readers that stay open between reads; a long read (a snapshot) takes one for as long as it lasts. */
const keptReaders = 4;

/**
 * One machine's storage. One connection writes, and one transaction at a time: whoever comes meanwhile waits in a queue of ours, since between two awaits of a
 * transaction the driver would take anybody's statement for a part of it. Reads of a file have their own connections and wait for nobody; in memory they queue too.
 * A transaction or a read that is begun inside another one would wait for itself: `work` uses the `tx` it is given.
 */
export function openSqlite({ file, randomBytes = systemRandomBytes }: SqliteOptions): Storage {
  const writer = seatOf(openWriter(file));
  // the feed's epoch: cursors of another database are never mistaken for ours
  writer.db.prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)').run('epoch', Buffer.from(randomBytes(9)).toString('base64url'));
  const epoch = writer.db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get('epoch') as string;
  const begin = writer.db.prepare('BEGIN IMMEDIATE');
  const commit = writer.db.prepare('COMMIT');
  const rollback = writer.db.prepare('ROLLBACK');
  const listeners = new Set<(unit: OrganizationCode) => void>();
  const idle: Seat[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = tail.then(work);
    tail = mine.then(ignore, ignore);
    return mine;
  }

  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      if (closed) throw new Error('the storage is closed');
      try {
        begin.run();
        const value = await work(writer.tx);
        commit.run();
        return value;
      } catch (error) {
        // a full disk may have ended it already
        if (writer.db.inTransaction) rollback.run();
        throw judge(error);
      }
    });

  async function read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (file === inMemory) return transaction(work);
    if (closed) throw new Error('the storage is closed');
    const seat = idle.pop() ?? seatOf(openReader(file));
    seat.db.exec('BEGIN');
    try {
      return await work(seat.tx);
    } finally {
      if (closed) seat.db.close();
      else {
        seat.db.exec('COMMIT');
        if (idle.length < keptReaders) idle.push(seat);
        else seat.db.close();
      }
    }
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
      await inTurn(async () => {
        if (closed) return;
        closed = true;
        for (const { db } of idle.splice(0)) db.close();
        writer.db.close();
      });
    },
  };
}

function seatOf(db: Db): Seat {
  return { db, tx: createTx(db) };
}

/** A full or failing disk, and a file that another program holds, are trouble of the machine: nothing was kept, and whoever asked may ask again. */
function judge(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(?:FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY)/.test(code) ? new StorageUnavailable(error) : error;
}

function ignore(): void {}
