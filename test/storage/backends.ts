import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, type TestContext } from 'node:test';
import type { Storage } from '../../src-server/storage/port.ts';
import { openPostgres, type PostgresStorage } from '../../src-server/storage/postgres/storage.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { postgresSkip, startPostgres, type Cluster } from '../support/postgres.ts';

/** One place where things are kept, opened as often as asked: each opening is a node. SQLite has one. */
export type Place = { readonly open: () => Promise<Storage>; readonly url: string | null };
export type Backend = { readonly name: 'sqlite' | 'postgres'; readonly newPlace: (t: TestContext) => Promise<Place>; readonly open: (t: TestContext) => Promise<Storage> };

let running: Promise<Cluster> | null = null;
/** One PostgreSQL for all of a file's tests. */
export function cluster(): Promise<Cluster> {
  return (running ??= startPostgres());
}
after(async () => (await running)?.close());

/** The same sentences over both. */
export function overBoth(sentences: (backend: Backend) => void): void {
  describe('sqlite', () => sentences(backendOf('sqlite', sqlitePlace)));
  describe('postgres', { skip: postgresSkip }, () => {
    if (postgresSkip === false) sentences(backendOf('postgres', postgresPlace));
  });
}

export async function openNode(t: TestContext, url: string, connections = 10): Promise<PostgresStorage> {
  const storage = await openPostgres({ url, connections });
  t.after(() => storage.close());
  return storage;
}

function backendOf(name: Backend['name'], newPlace: Backend['newPlace']): Backend {
  return { name, newPlace, open: async (t) => (await newPlace(t)).open() };
}

async function sqlitePlace(t: TestContext): Promise<Place> {
  const dir = mkdtempSync(path.join(tmpdir(), 'van-thu-storage-'));
  let only: Storage | null = null;
  t.after(async () => {
    await only?.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return { url: null, open: async () => (only ??= openSqlite({ file: path.join(dir, 'server.db') })) };
}

async function postgresPlace(t: TestContext): Promise<Place> {
  const url = await (await cluster()).newDatabase();
  return { url, open: () => openNode(t, url) };
}
