import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { uploadResponse } from '../../src-shared/protocol/wire.ts';
import { createCore, type Core } from '../../src-server/core.ts';
import { openContentFolder } from '../../src-server/storage/content/folder.ts';
import type { Storage } from '../../src-server/storage/port.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { StorageUnavailable } from '../../src-server/storage/unavailable.ts';
import { commune, contentOf, department, openOffice, personOf, signIn, tempDir, type Client } from './office.ts';

const upload = { 'content-type': 'application/offset+octet-stream', 'tus-resumable': '1.0.0' };

async function open(client: Client, bytes: Uint8Array, base: string | null = null) {
  const answer = await client.post('/v1/uploads', { sha256: contentOf(bytes).sha256, sizeBytes: bytes.length, base });
  return { answer, ...uploadResponse.parse(await answer.json()) };
}

test('uploads speak tus 1.0: version, place, length and where they go on', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const options = await clerk.get('/v1/uploads', {}, { method: 'OPTIONS' });
  assert.deepEqual([options.status, options.headers.get('tus-resumable'), options.headers.get('tus-version'), options.headers.get('tus-max-size'), options.headers.get('tus-extension')], [204, '1.0.0', '1.0.0', String(1 << 30), null]);
  const bytes = randomBytes(5000);
  const opened = await open(clerk, bytes);
  assert.ok(opened.state === 'open');
  assert.deepEqual([opened.answer.status, opened.answer.headers.get('location')], [201, `/v1/uploads/${opened.upload}`]);
  const route = `/v1/uploads/${opened.upload}`;
  const send = (headers: Record<string, string>, from: number, to: number) => clerk.get(route, { ...upload, ...headers }, { method: 'PATCH', body: bytes.subarray(from, to) as Uint8Array<ArrayBuffer> });
  const first = await send({ 'upload-offset': '0' }, 0, 2000);
  assert.deepEqual([first.status, first.headers.get('upload-offset'), first.headers.get('tus-resumable')], [204, '2000', '1.0.0']);
  const head = await clerk.get(route, {}, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length'), head.headers.get('cache-control')], [200, '2000', '5000', 'no-store']);
  const version = await send({ 'upload-offset': '2000', 'tus-resumable': '0.2.0' }, 2000, 5000);
  assert.deepEqual([version.status, version.headers.get('tus-version')], [412, '1.0.0']);
  assert.equal((await send({ 'upload-offset': '2000', 'content-type': 'text/plain' }, 2000, 5000)).status, 415);
  for (const offset of ['1999', '-1', '2e3', '', '99999999999999999999']) assert.equal((await send({ 'upload-offset': offset }, 2000, 5000)).status, 409, offset);
  assert.equal((await send({ 'upload-offset': '2000' }, 2000, 5000)).status, 204);
});

test('the administrator’s quota holds for one unit or for all, and is asked before a byte is sent', async (t) => {
  const { url, admin } = await openOffice(t);
  const [clerk, other] = await Promise.all([signIn(url, 'communeClerk'), signIn(url, 'departmentClerk')]);
  const ask = async (client: Client, sizeBytes: number) => {
    const answer = await client.post('/v1/uploads', { sha256: randomBytes(32).toString('hex'), sizeBytes, base: null });
    return answer.status === 413 ? ((await answer.json()) as { error: { params: { limit: number } } }).error.params.limit : answer.status;
  };
  assert.deepEqual([await ask(clerk, 1 << 30), await ask(clerk, (1 << 30) + 1)], [201, 1024]);
  await admin.setQuota(null, 2 << 20);
  await admin.setQuota(department.code, 3 << 20);
  assert.deepEqual([await ask(clerk, 2 << 20), await ask(clerk, (2 << 20) + 1), await ask(other, 3 << 20), await ask(other, (3 << 20) + 1)], [201, 2, 201, 3]);
  assert.equal((await other.get('/v1/uploads', {}, { method: 'OPTIONS' })).headers.get('tus-max-size'), String(3 << 20));
  await assert.rejects(async () => admin.setQuota(null, 0));
});

test('an upload of one unit is nobody else’s', async (t) => {
  const { url } = await openOffice(t);
  const [clerk, stranger] = await Promise.all([signIn(url, 'communeClerk'), signIn(url, 'departmentClerk')]);
  const bytes = randomBytes(100);
  const opened = await open(clerk, bytes);
  assert.ok(opened.state === 'open');
  assert.equal((await stranger.get(`/v1/uploads/${opened.upload}`, {}, { method: 'HEAD' })).status, 404);
  assert.equal((await stranger.patch(opened.upload, 0, bytes)).status, 404);
  assert.equal((await clerk.patch(opened.upload, 0, bytes)).status, 204);
});

test('two desks that open the same upload at once have one', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const bytes = randomBytes(100);
  const opened = await Promise.all(Array.from({ length: 6 }, () => open(clerk, bytes)));
  assert.equal(new Set(opened.map((each) => (each.state === 'open' ? each.upload : ''))).size, 1);
});

/** Two nodes over one storage and one folder, spoken to without a socket. */
async function openNodes(t: TestContext, change: (storage: Storage) => Storage = (storage) => storage) {
  const dir = tempDir(t);
  const storage = change(openSqlite({ file: path.join(dir, 'server.db') }));
  t.after(() => storage.close());
  const content = openContentFolder(dir);
  let now = Date.parse('2026-11-22T01:00:00Z');
  const passwords = { hash: async (password: string) => password, check: async () => ({ ok: true as const, value: { right: true, stale: false } }) };
  const node = (name: string) => createCore({ storage, content, now: () => now, elapsed: () => now, randomBytes, passwords, node: name });
  const [one, two] = [node('one'), node('two')];
  await one.admin.addOrganization(commune);
  await one.admin.addPerson({ person: personOf('communeClerk'), user: 'xa', password: 'x', unit: commune.code, role: 'clerk' });
  const session = await ask(one, 'POST', '/v1/session', {}, [Buffer.from(JSON.stringify({ user: 'xa', password: 'x' }))]);
  const auth = { authorization: `Bearer ${(session.json as { token: string }).token}` };
  return { one, two, auth, dir, content, pass: (ms: number) => (now += ms) };
}

async function* pour(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

function ask(core: Core, method: string, url: string, headers: Record<string, string>, body: Iterable<Uint8Array> | AsyncIterable<Uint8Array> = []) {
  return core.handle({ method, url, headers, body: pour(body), destroy: () => undefined, signal: new AbortController().signal, peer: '' });
}

test('while one node writes to an upload another one does not, until the claim has run out', async (t) => {
  const { one, two, auth, pass, content } = await openNodes(t);
  const bytes = randomBytes(3000);
  const opened = (await ask(one, 'POST', '/v1/uploads', auth, [Buffer.from(JSON.stringify({ sha256: contentOf(bytes).sha256, sizeBytes: 3000, base: null }))])).json as { upload: string };
  const route = `/v1/uploads/${opened.upload}`;
  const headers = (offset: number) => ({ ...auth, ...upload, 'upload-offset': String(offset) });
  let arrived = (): void => undefined;
  let release = (): void => undefined;
  const here = new Promise<void>((resolve) => (arrived = resolve));
  const gate = new Promise<void>((resolve) => (release = resolve));
  // the first node's line stands still after a thousand bytes
  async function* half(): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 1000);
    arrived();
    await gate;
    yield randomBytes(2000);
  }
  const first = ask(one, 'PATCH', route, headers(0), half());
  await here;
  const refused = await ask(two, 'PATCH', route, headers(1000), [bytes.subarray(1000)]);
  assert.deepEqual([refused.status, (refused.json as { error: { code: string } }).error.code], [423, 'upload.elsewhere']);
  assert.ok(Number(refused.headers?.['retry-after']) > 0);
  pass(60_000);
  assert.equal((await ask(two, 'PATCH', route, headers(1000), [bytes.subarray(1000)])).status, 204);
  release();
  assert.equal((await first).status, 423, 'it is not its upload any more');
  const again = await ask(one, 'POST', '/v1/uploads', auth, [Buffer.from(JSON.stringify({ sha256: contentOf(bytes).sha256, sizeBytes: 3000, base: null }))]);
  assert.deepEqual(again.json, { state: 'present' });
  const named: Uint8Array[] = [];
  for await (const piece of content.read(contentOf(bytes).sha256, 0, 2999)) named.push(piece);
  assert.deepEqual(Buffer.concat(named), bytes, 'nothing is written behind a name');
});

test('what no upload knows is swept, but not what was written to of late, which another node may just have opened', async (t) => {
  const dir = tempDir(t);
  const content = openContentFolder(dir);
  const [old, fresh, known] = ['old', 'fresh', 'known'].map((name) => path.join(dir, 'uploads', name));
  assert.ok(old !== undefined && fresh !== undefined && known !== undefined);
  for (const file of [old, fresh, known]) writeFileSync(file, 'x');
  const hoursAgo = new Date(Date.now() - 3 * 3_600_000);
  for (const file of [old, known]) utimesSync(file, hoursAgo, hoursAgo);
  await content.sweep(new Set(['known']));
  assert.deepEqual(readdirSync(path.join(dir, 'uploads')).sort(), ['fresh', 'known']);
});

for (const [what, parts] of [['whole', 1], ['as a tail', 2]] as const) {
  test(`a node that ends between the name of a content and its database asks for no byte again: sent ${what}`, async (t) => {
    let ends = false;
    const { one: core, auth, dir, content } = await openNodes(t, (storage) => ({ ...storage, transaction: (work) => storage.transaction((tx) => work({ ...tx, uploads: { ...tx.uploads, complete: async (done) => {
      if (ends) throw new StorageUnavailable(new Error('ended'));
      await tx.uploads.complete(done);
    } } })) }));
    const bytes = randomBytes(9000);
    const send = async (sha256: string, sizeBytes: number, base: string | null, tail: Uint8Array) => {
      const opened = (await ask(core, 'POST', '/v1/uploads', auth, [Buffer.from(JSON.stringify({ sha256, sizeBytes, base }))])).json as { upload: string };
      return { route: `/v1/uploads/${opened.upload}`, reply: await ask(core, 'PATCH', `/v1/uploads/${opened.upload}`, { ...auth, ...upload, 'upload-offset': '0' }, [tail]) };
    };
    const base = parts === 1 ? null : contentOf(bytes.subarray(0, 4000)).sha256;
    if (base !== null) assert.equal((await send(base, 4000, null, bytes.subarray(0, 4000))).reply.status, 204);
    const tail = bytes.subarray(base === null ? 0 : 4000);

    ends = true;
    const { route, reply } = await send(contentOf(bytes).sha256, 9000, base, tail);
    assert.equal(reply.status, 503);
    ends = false;
    const head = await ask(core, 'HEAD', route, auth, []);
    assert.deepEqual([head.status, Number(head.headers?.['upload-offset'])], [200, tail.length]);
    assert.equal((await ask(core, 'PATCH', route, { ...auth, ...upload, 'upload-offset': String(tail.length) }, [])).status, 204);
    assert.deepEqual((await ask(core, 'POST', '/v1/uploads', auth, [Buffer.from(JSON.stringify({ sha256: contentOf(bytes).sha256, sizeBytes: 9000, base }))])).json, { state: 'present' });
    assert.deepEqual(readdirSync(path.join(dir, 'uploads')), []);
    const named: Uint8Array[] = [];
    for await (const piece of content.read(contentOf(bytes).sha256, 0, 8999)) named.push(piece);
    assert.deepEqual(Buffer.concat(named), bytes);
  });
}
