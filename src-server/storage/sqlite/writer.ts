import type { Tx } from '../port.ts';
import { StorageUnavailable } from '../unavailable.ts';
import type { Db } from './open.ts';

export type Seat = { readonly db: Db; readonly tx: Tx };

type Job = { readonly run: () => Promise<void>; readonly done: () => void; readonly fail: (error: unknown) => void };

/** Waiting transactions that share one way to the disk. */
const mostTogether = 64;

/**
 * One transaction at a time: whoever comes meanwhile waits in a queue, since between two awaits of a transaction the driver would take anybody's statement for a part of it.
 * Those that wait already go to the disk together, each in a savepoint of its own: one that throws takes back itself alone, and nobody is told of a success before all of them
 * are on the disk. Where that fails, none of them has happened. `turn`: lets those come in that have arrived meanwhile; the way to the disk holds up the whole process.
 */
export function createWriter({ db, tx }: Seat, turn: () => Promise<void>) {
  const [begin, commit, rollback] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('COMMIT'), db.prepare('ROLLBACK')];
  const [save, release, takeBack] = [db.prepare('SAVEPOINT one'), db.prepare('RELEASE one'), db.prepare('ROLLBACK TO one')];
  const waiting: Job[] = [];
  let running: Promise<void> | null = null;
  let ended = false;

  async function drain(): Promise<void> {
    for (await turn(); waiting.length > 0; await turn()) await together(waiting.splice(0, mostTogether));
    running = null;
  }

  async function together(jobs: readonly Job[]): Promise<void> {
    const kept: Job[] = [];
    try {
      begin.run();
      for (const job of jobs) {
        save.run();
        try {
          await job.run();
          release.run();
          kept.push(job);
        } catch (error) {
          // a full disk may have ended all of it already
          if (!db.inTransaction) throw error;
          takeBack.run();
          release.run();
          job.fail(judge(error));
        }
      }
      commit.run();
    } catch (error) {
      if (db.inTransaction) rollback.run();
      for (const job of jobs) job.fail(judge(error));
      return;
    }
    for (const job of kept) job.done();
  }

  return {
    transaction: <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
      if (ended) return Promise.reject(new Error('the storage is closed'));
      return new Promise<T>((resolve, reject) => {
        let value: T;
        waiting.push({
          run: async () => {
            value = await work(tx);
          },
          done: () => resolve(value),
          fail: reject,
        });
        running ??= drain();
      });
    },
    /** Resolves when everything that waits has been done; nothing more is taken. */
    end: async (): Promise<void> => {
      ended = true;
      await running;
    },
  };
}

/** A full or failing disk, and a file that another program holds, are trouble of the machine: nothing was kept, and whoever asked may ask again. */
function judge(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(?:FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY)/.test(code) ? new StorageUnavailable(error) : error;
}
