import pg from 'pg';

export type PostgresOptions = {
  /** `postgres://user@host:port/database`, or with a socket: `postgres://user@/database?host=/run/postgresql`. */
  readonly url: string;
  /** Kept apart from the URL, so that it stands in no configuration file. */
  readonly password?: string;
  /** Connections of this node at most. */
  readonly connections?: number;
  /** So long may a request wait for a connection, and so long may a statement or a lock take, before the caller is told to come back. */
  readonly waitMs?: number;
  readonly statementMs?: number;
  /** Name of this node in the database's own list of its clients. */
  readonly node?: string;
};

const INT8 = 20;
// counters and times stay far below 2^53
const types: pg.CustomTypesConfig = { getTypeParser: ((oid: number, format: 'text') => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format))) as typeof pg.types.getTypeParser };

export function clientConfig({ url, password, waitMs = 5000, statementMs = 10_000, node = 'van-thu' }: PostgresOptions): pg.ClientConfig {
  return {
    connectionString: password === undefined ? url : withPassword(url, password),
    application_name: node,
    types,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: waitMs,
    statement_timeout: statementMs,
    lock_timeout: statementMs,
    // packing a snapshot reads in pages, with work between them
    idle_in_transaction_session_timeout: 60_000,
    // a server that neither answers nor hangs up
    query_timeout: statementMs + 5000,
  };
}

/** The driver takes what the URL says over anything beside it, a password that is not in it too. */
function withPassword(url: string, password: string): string {
  const match = /^(postgres(?:ql)?:\/\/[^@/:]+)(?::[^@/]*)?@(.*)$/s.exec(url);
  if (match === null) throw new Error('the address of the database names no user: postgres://USER@HOST/DATABASE');
  return `${match[1]}:${encodeURIComponent(password)}@${match[2]}`;
}

export function openPool(options: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(options), max: options.connections ?? 10, idleTimeoutMillis: 60_000 });
  // an idle connection that breaks is replaced when the next one is asked for
  pool.on('error', () => undefined);
  return pool;
}
