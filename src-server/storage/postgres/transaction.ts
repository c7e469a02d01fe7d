import type { Pool, PoolClient } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { StorageUnavailable } from '../unavailable.ts';
import { isCertain, readTrouble, type Trouble } from './errors.ts';
import { createSession, together, type Session } from './session.ts';

/** A transaction's work, and what is written at its end: `flush` sends every statement that is left at once. It throws before it has sent any, or not at all. */
export type Work<T> = { readonly run: () => Promise<T>; readonly flush: () => readonly Promise<unknown>[] };

type Failed = { readonly ok: false; readonly trouble: Trouble; readonly error: unknown; /** What it had locked or wanted to. */ readonly locks: readonly string[] };

const maxTries: Readonly<Record<Trouble, number>> = { again: 10, twice: 4, lost: 2, busy: 1, bug: 1 };

/** How often the work was run again, and statements of the last transaction: for figures. */
export type RunnerStats = { retries: number; transactions: number; statements: number };

export function createRunner(pool: Pool, stats: RunnerStats) {
  async function take(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw new StorageUnavailable(error);
    }
  }

  /** `begin` makes the work anew for every try: nothing of a try that failed is carried over. */
  async function transaction<T>(begin: (session: Session) => Work<T>): Promise<T> {
    const tries: Record<Trouble, number> = { again: 0, twice: 0, lost: 0, busy: 0, bug: 0 };
    let locks: readonly string[] = [];
    for (;;) {
      const outcome = await runOnce(await take(), begin, locks);
      if (outcome.ok) return outcome.value;
      const { trouble, error } = outcome;
      locks = outcome.locks;
      tries[trouble] += 1;
      if (trouble === 'bug') throw error;
      if (tries[trouble] >= maxTries[trouble]) throw trouble === 'twice' ? error : new StorageUnavailable(error);
      stats.retries += 1;
      // those that were in each other's way must not come back together
      if (trouble !== 'lost') await pause(Math.random() * 5 * 2 ** Math.min(tries[trouble], 5));
    }
  }

  async function runOnce<T>(client: PoolClient, begin: (session: Session) => Work<T>, locks: readonly string[]): Promise<{ ok: true; value: T } | Failed> {
    // a broken connection tells its queries; nobody else listens
    client.on('error', ignore);
    // not waited for: a connection that broke while it lay in the pool is met by the first statement
    together(client);
    client.query('BEGIN').catch(ignore);
    const session = createSession(client, locks);
    const failed = (trouble: Trouble, error: unknown): Failed => ({ ok: false, trouble, error, locks: session.locks() });
    let value: T;
    let written: readonly Promise<unknown>[];
    try {
      const work = begin(session);
      value = await work.run();
      written = work.flush();
    } catch (error) {
      const failure = session.failure();
      await abandon(client);
      stats.transactions += 1;
      return failure === null ? failed('bug', error) : failed(readTrouble(failure), failure);
    }
    // COMMIT goes out right behind the last statements: of a transaction that one of them has ended it makes a ROLLBACK
    const [committed] = await Promise.allSettled([client.query('COMMIT'), ...written]);
    stats.transactions += 1;
    stats.statements += session.statements() + 2;
    const failure = session.failure();
    if (failure !== null && (isCertain(failure) || (committed.status === 'fulfilled' && committed.value.command === 'ROLLBACK'))) {
      release(client, committed.status === 'rejected');
      return failed(readTrouble(failure), failure);
    }
    if (committed.status === 'rejected') {
      release(client, true);
      // refused in so many words: undone. Anything else may have come after the commit, and only the repeat with its key can tell
      if (isCertain(committed.reason)) return failed(readTrouble(committed.reason), committed.reason);
      throw new StorageUnavailable(committed.reason);
    }
    release(client, false);
    if (committed.value.command !== 'COMMIT') return failed('bug', new Error('the transaction was ended before its commit'));
    return { ok: true, value };
  }

  /** One snapshot for all of it; nothing to undo, so a broken line is simply tried again. */
  async function read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const client = await take();
      const session = createSession(client, []);
      client.on('error', ignore);
      together(client);
      client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY').catch(ignore);
      try {
        const value = await work(session);
        // nothing hangs on its answer
        client.query('COMMIT').then(() => release(client, false), () => release(client, true));
        stats.statements += session.statements() + 2;
        return value;
      } catch (error) {
        const failure = session.failure();
        await abandon(client);
        if (failure === null) throw error;
        const trouble = readTrouble(failure);
        if (trouble === 'bug' || trouble === 'twice') throw failure;
        if (tries >= 2) throw new StorageUnavailable(failure);
      }
    }
  }

  return { transaction, read };
}


async function abandon(client: PoolClient): Promise<void> {
  const undone = await client.query('ROLLBACK').then(() => true, () => false);
  release(client, !undone);
}

function release(client: PoolClient, broken: boolean): void {
  // one that is thrown away may still break
  if (!broken) client.off('error', ignore);
  client.release(broken);
}

function ignore(): void {}
