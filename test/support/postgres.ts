import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** Where PostgreSQL's own programs lie: outside the PATH with Debian, in it elsewhere. Null: not installed. */
const programs = findPrograms();

/** For `test(…, { skip })`: false where a PostgreSQL can be started, else why not, in words that cannot be overlooked. */
export const postgresSkip: string | false = programs === null ? 'POSTGRESQL IS NOT INSTALLED: nothing of the province’s database is tried here (apt-get install postgresql)' : false;

export type Cluster = {
  /** A fresh, empty database of its own; answers its URL. */
  readonly newDatabase: () => Promise<string>;
  readonly port: number;
  /** `fast`: clients are thrown out and everything is written; `immediate`: as if the power went, but for the disk's own cache. */
  readonly stop: (how?: 'fast' | 'immediate') => Promise<void>;
  /** SIGKILL of the postmaster. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * A PostgreSQL of the test's own: fsync on, loopback and a socket in its folder, SCRAM. Ends and leaves nothing behind with `close`, and also
 * when this process is killed: a watcher holds the other end of a pipe.
 */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  if (programs === null) throw new Error('PostgreSQL is not installed');
  const as = osUser();
  const dir = mkdtempSync(path.join(tmpdir(), 'van-thu-pg-'));
  const data = path.join(dir, 'data');
  mkdirSync(data, { mode: 0o700 });
  const password = randomBytes(12).toString('hex');
  writeFileSync(path.join(dir, 'password'), password, { mode: 0o600 });
  if (as !== null) for (const each of [dir, data, path.join(dir, 'password')]) chownSync(each, as.uid, as.gid);
  const made = spawnSync(path.join(programs, 'initdb'), ['-D', data, '-U', 'vanthu', '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256', `--pwfile=${path.join(dir, 'password')}`, '--no-sync'], { ...as, cwd: dir, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  writeFileSync(path.join(data, 'postgresql.auto.conf'), Object.entries({
    listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: dir, fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on',
    max_connections: '100', shared_buffers: '64MB', deadlock_timeout: '200ms', log_min_messages: 'warning', ...settings,
  }).map(([key, value]) => `${key} = '${value}'\n`).join(''));
  const watcher = spawn('/bin/sh', ['-c', 'cat >/dev/null; p=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null) && kill -QUIT "$p"; n=0; while [ -n "$p" ] && kill -0 "$p" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; rm -rf "$0"', dir], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.unref();
  (watcher.stdin as unknown as { unref: () => void }).unref();

  let server: ChildProcess | null = null;
  let output = '';
  const ended = async () => {
    const running = server;
    server = null;
    if (running !== null && running.exitCode === null && running.signalCode === null) await new Promise((resolve) => running.once('exit', resolve));
  };
  const adminUrl = `postgres://vanthu:${password}@127.0.0.1:${port}/postgres`;

  const start = async (): Promise<void> => {
    // after a SIGKILL the old backends hold the shared memory until each of them has seen it
    for (let left = 100; ; left--) {
      output = '';
      const child = spawn(path.join(programs, 'postgres'), ['-D', data], { ...as, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
      child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000)));
      child.unref();
      server = child;
      if (await answers(adminUrl, child)) return;
      if (left === 0 || !output.includes('shared memory block')) throw new Error(`postgres did not start: ${output}`);
      await pause(50);
    }
  };
  await start();

  return {
    port,
    start,
    newDatabase: async () => {
      const name = `t${randomBytes(6).toString('hex')}`;
      const client = new pg.Client({ connectionString: adminUrl });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return `postgres://vanthu:${password}@127.0.0.1:${port}/${name}`;
    },
    stop: async (how = 'fast') => {
      server?.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended();
    },
    kill: async () => {
      server?.kill('SIGKILL');
      await ended();
    },
    close: async () => {
      server?.kill('SIGINT');
      await ended();
      watcher.stdin?.end();
      // where nothing else keeps this process
      watcher.ref();
      if (watcher.exitCode === null) await new Promise((resolve) => watcher.once('exit', resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** One statement outside of the program's own ways, e.g. to look at what is left, or to be in the way. */
export async function ask<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** True when it takes connections, false when it ended before. */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
  for (let left = 600; left > 0; left--) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined);
    const up = await client.connect().then(() => true, () => false);
    await client.end().catch(() => undefined);
    if (up) return true;
    await pause(20);
  }
  return false;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => void probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** PostgreSQL refuses to run as root. */
function osUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((each) => each.startsWith('postgres:'));
  const [, , uid, gid] = (line ?? '').split(':');
  if (uid === undefined || gid === undefined) throw new Error('root may not run PostgreSQL, and there is no user postgres');
  return { uid: Number(uid), gid: Number(gid) };
}

function findPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => path.join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(path.delimiter)];
  return folders.find((folder) => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'postgres'))) ?? null;
}
