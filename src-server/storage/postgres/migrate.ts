import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { migrations, newestVersion } from './migrations/index.ts';

/** "van-thu" as two 32-bit halves: two keys, so that it is never the 64-bit key of a document. */
const migrationLock = 'pg_advisory_lock(1986096756, 1751674221)';
const migrationUnlock = 'pg_advisory_unlock(1986096756, 1751674221)';

/**
 * Every migration that the database has not had, each in its own transaction with its number; answers the feed's epoch, which is made with the database.
 * Nodes that start at once wait for each other. Throws on a database of a newer server, and on one that has had a migration that this server does not know.
 */
export async function migrate(client: ClientBase): Promise<{ readonly epoch: string; readonly applied: readonly number[] }> {
  await client.query(`SELECT ${migrationLock}`);
  try {
    await client.query('CREATE TABLE IF NOT EXISTS migration (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())');
    const done = (await client.query<{ version: number }>('SELECT version FROM migration ORDER BY version')).rows.map((row) => row.version);
    if ((done.at(-1) ?? 0) > newestVersion) throw new Error(`the database was made by a newer server (schema ${done.at(-1)}, this one knows ${newestVersion})`);
    const stray = done.find((version, at) => migrations[at]?.version !== version);
    if (stray !== undefined) throw new Error(`the database has had migration ${stray} out of order`);
    const applied: number[] = [];
    for (const { version, sql } of migrations.slice(done.length)) {
      await client.query('BEGIN');
      try {
        await client.query(sql);
        await client.query('INSERT INTO migration (version) VALUES ($1)', [version]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
      applied.push(version);
    }
    await client.query(`INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING`, [randomBytes(9).toString('base64url')]);
    const epoch = (await client.query<{ value: string }>(`SELECT value FROM meta WHERE key = 'epoch'`)).rows[0]?.value;
    if (epoch === undefined) throw new Error('the database has no epoch');
    return { epoch, applied };
  } finally {
    await client.query(`SELECT ${migrationUnlock}`).catch(() => undefined);
  }
}
