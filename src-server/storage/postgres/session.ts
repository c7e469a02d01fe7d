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
  /** The first statement that failed: whatever `work` made of it, the transaction is dead. Null: none so far. */
  readonly failure: () => unknown;
  readonly statements: () => number;
};

export function createSession(client: ClientBase): Session {
  let failure: unknown = null;
  let statements = 0;

  async function send(what: Statement, values: readonly unknown[]) {
    statements += 1;
    try {
      return await client.query<QueryResultRow>({ name: what.name, text: what.text, values: [...values] });
    } catch (error) {
      failure ??= error;
      throw error;
    }
  }

  return {
    query: async <R extends Row>(what: Statement, values: readonly unknown[]) => (await send(what, values)).rows as unknown as readonly R[],
    run: async (what, values) => (await send(what, values)).rowCount ?? 0,
    failure: () => failure,
    statements: () => statements,
  };
}
