import pg from 'pg';
import type { Storage } from '../port.ts';
import { StorageUnavailable } from '../unavailable.ts';
import { createAnnouncements } from './announcements.ts';
import { migrate } from './migrate.ts';
import { clientConfig, openPool, type PostgresOptions } from './pool.ts';
import { createRunner, type RunnerStats } from './transaction.ts';
import { createTx } from './tx.ts';

export type { PostgresOptions } from './pool.ts';

export type PostgresStorage = Storage & {
  /** For `/metrics`: connections open, idle, and callers waiting for one. */
  readonly pool: () => { readonly open: number; readonly idle: number; readonly waiting: number };
  readonly stats: Readonly<RunnerStats>;
  /** Hints of other nodes are heard. */
  readonly listening: () => boolean;
};

/**
 * A province's storage: several nodes over one PostgreSQL (15 or newer). READ COMMITTED and locks of our own: documents by advisory locks, books by their rows at
 * the end, the counters of units last. Brings the database to the present schema first. Throws when it cannot be reached or is a newer server's.
 */
export async function openPostgres(options: PostgresOptions & { readonly onTrouble?: (error: unknown) => void }): Promise<PostgresStorage> {
  const { epoch } = await migratePostgres(options);
  const pool = openPool(options);
  const stats: RunnerStats = { retries: 0, transactions: 0, statements: 0 };
  const { transaction, read } = createRunner(pool, stats);
  const hints = createAnnouncements(options, options.onTrouble ?? (() => undefined));
  await hints.open();
  let closing: Promise<void> | null = null;

  return {
    epoch,
    transaction: (work) =>
      transaction((session) => {
        const { tx, flush } = createTx(session);
        return { run: () => work(tx), flush };
      }),
    read: (work) => read((session) => work(createTx(session).tx)),
    announce: async (units) => hints.announce(units),
    onAnnounced: hints.onAnnounced,
    ping: async () => {
      try {
        await pool.query('SELECT 1');
      } catch (error) {
        throw new StorageUnavailable(error);
      }
    },
    close: () => (closing ??= hints.close().then(() => pool.end())),
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    stats,
    listening: hints.listening,
  };
}

/** Brings the database forward and hangs up. */
export async function migratePostgres(options: PostgresOptions): Promise<{ readonly epoch: string; readonly applied: readonly number[] }> {
  const { statement_timeout: _, lock_timeout: __, query_timeout: ___, ...config } = clientConfig(options);
  const client = new pg.Client({ ...config, pipeline: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await migrate(client);
  } finally {
    await client.end();
  }
}
