import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { openOffice, signIn, tempDir } from '../server/office.ts';
import { bring, feedOf } from './support.ts';

const folder = join(import.meta.dirname, 'fixtures');
/** Made by the first version: the package, what its server had in its settings, and what it holds. Never made anew. */
const kept = z.object({ document: z.string(), content: z.string(), settings: z.record(z.string(), z.string()) });

test('a package that was made before every upgrade since is still taken in', async (t) => {
  const { document, content, settings } = kept.parse(JSON.parse(readFileSync(join(folder, 'version-1.json'), 'utf8')));
  const dir = tempDir(t);
  const server = await openOffice(t, { dir });
  const storage = openSqlite({ file: join(dir, 'server.db') });
  await storage.transaction(async (tx) => {
    for (const [key, value] of Object.entries(settings)) await tx.settings.put(key, value);
  });
  await storage.close();
  const client = await signIn(server.url, 'communeClerk');
  const brought = await bring(await signIn(server.url, 'departmentClerk'), server.url, readFileSync(join(folder, 'version-1.vtgoi')));
  assert.deepEqual([brought.code, brought.answers.map(({ status }) => status)], [null, ['applied', 'applied']]);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted', 'submitted']]]);
  assert.equal((await client.get(`/v1/blobs/${content}`)).headers.get('content-length'), '20000');
});

test('a package of a version that is not known here is told apart from a damaged one', async (t) => {
  const server = await openOffice(t);
  const newer = readFileSync(join(folder, 'version-1.vtgoi'));
  newer[8] = 2;
  assert.equal((await bring(await signIn(server.url, 'communeClerk'), server.url, newer)).code, 'package.newer');
});
