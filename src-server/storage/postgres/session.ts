import type { Writable } from 'node:stream';
import type { ClientBase, QueryResultRow } from 'pg';

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
  /** A lock of 64 bits, a signed number in digits, until the transaction ends; the same one again costs nothing. */
  readonly lock: (key: string) => Promise<void>;
  /** All that were asked for. */
  readonly locks: () => readonly string[];
  /** The first statement that failed: whatever `work` made of it, the transaction is dead. Null: none so far. */
  readonly failure: () => Error | null;
  readonly statements: () => number;
};

const lockAll = statement('lock', 'SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k');

/** `first`: locks to be taken before anything else, in one order for all, since their transaction was in a deadlock before. */
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

  const take = async (keys: readonly string[]) => void (await send(lockAll, [keys]));
  if (first.length > 0) {
    const taken = take([...first].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)));
    // whoever asks for one of them is told
    taken.catch(() => undefined);
    for (const key of first) locks.set(key, taken);
  }

  return {
    lock: (key) => {
      const known = locks.get(key);
      if (known !== undefined) return known;
      const taken = take([key]);
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
