import type { Writable } from 'node:stream';
import type { ClientBase, QueryResultRow } from 'pg';
import { OutOfTurn } from './errors.ts';

/** Prepared once per connection under its name. */
export type Statement = { readonly name: string; readonly text: string };

export function statement(name: string, text: string): Statement {
  return { name, text };
}

export type Row = Readonly<Record<string, unknown>>;

/** One transaction's line to the database. Statements go out as they are asked for, without waiting for the answers before them. */
export type Session = {
  readonly query: <R extends Row>(what: Statement, values: readonly unknown[]) => Promise<readonly R[]>;
  /** How many rows it changed. */
  readonly run: (what: Statement, values: readonly unknown[]) => Promise<number>;
  /**
   * A lock of 64 bits, a signed number in digits, until the transaction ends; the same one again costs nothing. Whoever waits waits for a higher one than it holds, so
   * that no two wait for each other: a lower one is taken if it is free, else the transaction begins again with all that it wants, in order.
   */
  readonly lock: (key: string) => Promise<void>;
  /** All that were asked for. */
  readonly locks: () => readonly string[];
  /** The first statement that failed: whatever `work` made of it, the transaction is dead. Null: none so far. */
  readonly failure: () => Error | null;
  readonly statements: () => number;
};

const tryLock = statement('try-lock', 'SELECT pg_try_advisory_xact_lock($1) AS got');
const lockAll = statement('lock', 'SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k');

/** `first`: locks to be taken before anything else, since their transaction came out of turn before. */
export function createSession(client: ClientBase, first: readonly string[]): Session {
  let failure: Error | null = null;
  let statements = 0;
  const locks = new Map<string, Promise<void>>();

  async function send(what: Statement, values: readonly unknown[]) {
    statements += 1;
    together(client);
    try {
      return await client.query<QueryResultRow>({ name: what.name, text: what.text, values: [...values] });
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  let highest: bigint | null = null;
  const take = async (keys: readonly string[]) => void (await send(lockAll, [keys]));
  async function takeLower(key: string): Promise<void> {
    if ((await send(tryLock, [key])).rows[0]?.['got'] === true) return;
    failure ??= new OutOfTurn('a lock was asked for out of turn');
    throw failure;
  }
  if (first.length > 0) {
    const sorted = first.map(BigInt).sort((a, b) => (a < b ? -1 : 1));
    highest = sorted.at(-1) ?? null;
    const taken = take(sorted.map(String));
    // whoever asks for one of them is told
    taken.catch(() => undefined);
    for (const key of first) locks.set(key, taken);
  }

  return {
    lock: (key) => {
      const known = locks.get(key);
      if (known !== undefined) return known;
      const higher = highest === null || BigInt(key) > highest;
      if (higher) highest = BigInt(key);
      const taken = higher ? take([key]) : takeLower(key);
      locks.set(key, taken);
      return taken;
    },
    locks: () => [...locks.keys()],
    query: async <R extends Row>(what: Statement, values: readonly unknown[]) => (await send(what, values)).rows as unknown as readonly R[],
    run: async (what, values) => (await send(what, values)).rowCount ?? 0,
    failure: () => failure,
    statements: () => statements,
  };
}

/** Statements of one turn leave in one packet: the driver holds its socket back for each of them, here it is held back until the turn is over. */
export function together(client: ClientBase): void {
  const stream = (client as { connection?: { stream?: Partial<Writable> } }).connection?.stream;
  if (stream?.cork === undefined || stream.uncork === undefined || (stream.writableCorked ?? 0) > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork?.());
}
