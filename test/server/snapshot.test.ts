import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { change, snapshotInfo, type Change, type SnapshotInfo } from '../../src-shared/protocol/wire.ts';
import { createCore } from '../../src-server/core.ts';
import { createContentMemory } from '../../src-server/storage/content/memory.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { commandOf, commune, contentOf, department, draftBody, newDocument, openOffice, personOf, province, signIn, tempDir, type Client } from './office.ts';
import { digestOf, readAll, take } from './reading.ts';

const fresh = { workflow: 0, assignment: 0 };

async function describe(client: Client): Promise<SnapshotInfo> {
  const answer = await client.get('/v1/snapshot');
  assert.equal(answer.status, 200);
  return snapshotInfo.parse(await answer.json());
}

const routeOf = ({ scope, hash }: SnapshotInfo) => `/v1/snapshot/${scope}/${hash}`;

function framesOf(bytes: Buffer): readonly { readonly size: number; readonly changes: readonly Change[] }[] {
  const frames = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const lines = brotliDecompressSync(bytes.subarray(at + 4, at + 4 + length)).toString('utf8').split('\n').filter((line) => line !== '');
    frames.push({ size: 4 + length, changes: lines.map((line) => change.parse(JSON.parse(line))) });
    at += 4 + length;
  }
  return frames;
}

async function fetchFrames(client: Client, info: SnapshotInfo) {
  const bytes = Buffer.from(await (await client.get(routeOf(info))).arrayBuffer());
  assert.equal(bytes.length, info.sizeBytes);
  assert.equal(createHash('sha256').update(bytes).digest('hex'), info.hash);
  return framesOf(bytes);
}

/** So many drafts, a few at a time; of every third there is more than its beginning. */
async function fill(clerk: Client, count: number, recipients: Parameters<typeof draftBody>[1] = []) {
  const content = await clerk.upload(randomBytes(100));
  const documents = Array.from({ length: count }, newDocument);
  for (let at = 0; at < count; at += 50) {
    const some = documents.slice(at, at + 50);
    await clerk.push(...some.map((document) => commandOf('communeClerk', document, fresh, draftBody(content, recipients))));
    await clerk.push(...some.filter((_, index) => index % 3 === 0).map((document) => commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } })));
  }
  return { documents, content };
}

test('a desk is never given a snapshot from before its own cursor (I10)', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const { content } = await fill(clerk, 20);
  const older = await describe(clerk);
  await clerk.push(commandOf('communeClerk', newDocument(), fresh, draftBody(content)));
  assert.equal((await describe(clerk)).hash, older.hash, 'it is still fresh enough for a new desk');
  const { next } = await clerk.changes(older.cursor);
  const answer = await clerk.get(`/v1/snapshot?cursor=${encodeURIComponent(next)}`);
  const newer = snapshotInfo.parse(await answer.json());
  assert.deepEqual([newer.documents, newer.cursor], [21, next]);
});

test('a snapshot and the feed after it are the whole feed, and both have the digest that anybody computes', async (t) => {
  const { url, admin } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const { documents, content } = await fill(clerk, 300);
  const [gone] = documents;
  assert.ok(gone !== undefined);
  await admin.withdraw(commune.code, gone, 'withdrawn');

  const info = await describe(clerk);
  assert.deepEqual([info.scope, info.documents], [commune.code, 299]);
  const frames = await fetchFrames(clerk, info);
  let held = take(new Map(), frames.flatMap((frame) => frame.changes));
  assert.equal(held.size, 299);
  assert.equal(info.digest, digestOf(held));

  const last = documents.at(-1);
  assert.ok(last !== undefined);
  await clerk.push(commandOf('communeClerk', last, { workflow: 1, assignment: 0 }, { type: 'revise', args: { content } }), commandOf('communeClerk', newDocument(), fresh, draftBody(content)));
  const after = await readAll(clerk, info.cursor, held);
  held = after.held;
  const whole = await readAll(clerk);
  assert.deepEqual(held, whole.held);
  assert.equal(after.digest, whole.digest);
});

test('the first frame is at most 8 kB and holds the newest; a document that would fill it comes after it', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const { documents } = await fill(clerk, 400);
  const content = await clerk.upload(randomBytes(100));
  const large = newDocument();
  const many = Array.from({ length: 900 }, (_, at) => ({ ...department, name: `Cơ quan nhận thứ ${at} ${randomBytes(8).toString('hex')}` }));
  await clerk.push(commandOf('communeClerk', large, fresh, draftBody(content, many)));

  const frames = await fetchFrames(clerk, await describe(clerk));
  const [first] = frames;
  assert.ok(first !== undefined && frames.length > 2);
  assert.ok(first.size <= 8192, `${first.size} bytes`);
  assert.ok(first.changes.length >= 20, `${first.changes.length} documents`);
  t.diagnostic(`${first.changes.length} documents in ${first.size} bytes; frames of ${frames.map(({ size }) => size).join(", ")}`);
  assert.ok(!first.changes.some(({ document }) => document === large));
  assert.ok(frames[1]?.changes.some(({ document }) => document === large));
  assert.deepEqual(new Set(frames.flatMap((frame) => frame.changes.map(({ document }) => document))), new Set([...documents, large]));
  const newest = new Set(documents.slice(-100));
  assert.ok(first.changes.every(({ document }) => newest.has(document)));
});

test('a snapshot is fetched by ranges under a strong tag, and by its own unit alone', async (t) => {
  const { url } = await openOffice(t);
  const [clerk, stranger] = await Promise.all([signIn(url, 'communeClerk'), signIn(url, 'provinceClerk')]);
  await fill(clerk, 60);
  const info = await describe(clerk);
  const whole = Buffer.from(await (await clerk.get(routeOf(info))).arrayBuffer());
  const part = await clerk.get(routeOf(info), { range: 'bytes=1000-', 'if-range': `"${info.hash}"` });
  assert.deepEqual([part.status, part.headers.get('etag'), part.headers.get('content-range')], [206, `"${info.hash}"`, `bytes 1000-${whole.length - 1}/${whole.length}`]);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(1000));
  assert.equal((await clerk.get(routeOf(info), { 'if-none-match': `"${info.hash}"` })).status, 304);

  assert.equal((await stranger.get(routeOf(info))).status, 404);
  assert.equal((await stranger.get(routeOf({ ...info, scope: province.code }))).status, 404);
  assert.equal((await stranger.get('/v1/snapshot')).status, 404, 'a unit without a document has none');
  assert.equal((await fetch(`${url}${routeOf(info)}`)).status, 401);
});

test('it is built once for all who ask, serves until the feed has gone far past it, and the one before it stays for whoever fetches it', async (t) => {
  const dir = tempDir(t);
  const lines: string[] = [];
  const { url } = await openOffice(t, { dir, limits: { snapshotStalePlaces: 10 }, log: (_, message) => lines.push(message) });
  const clerk = await signIn(url, 'communeClerk');
  await fill(clerk, 30);
  const asked = await Promise.all(Array.from({ length: 8 }, () => describe(clerk)));
  assert.equal(new Set(asked.map(({ hash }) => hash)).size, 1);
  assert.equal(lines.filter((message) => message === 'snapshot').length, 1);
  const [one] = asked;
  assert.ok(one !== undefined);
  await fill(clerk, 3);
  assert.equal((await describe(clerk)).hash, one.hash);
  await fill(clerk, 9);
  const two = await describe(clerk);
  assert.notEqual(two.hash, one.hash);
  assert.equal((await clerk.get(routeOf(one))).status, 200, 'whoever fetches it may go on');
  await fill(clerk, 12);
  const three = await describe(clerk);
  assert.equal((await clerk.get(routeOf(one))).status, 404);
  assert.deepEqual(readdirSync(path.join(dir, 'made')).sort(), [two.hash, three.hash].sort());
});

test('a snapshot that holds a withdrawn document is given out no more', async (t) => {
  const dir = tempDir(t);
  const { url, admin } = await openOffice(t, { dir });
  const clerk = await signIn(url, 'communeClerk');
  const { documents: [first] } = await fill(clerk, 5);
  const info = await describe(clerk);
  assert.ok(first !== undefined && existsSync(path.join(dir, 'made', info.hash)));
  await admin.withdraw(commune.code, first, 'withdrawn');
  assert.equal((await clerk.get(routeOf(info))).status, 404);
  const after = await describe(clerk);
  assert.equal(after.documents, 4);
  const frames = await fetchFrames(clerk, after);
  assert.ok(!frames.some((frame) => frame.changes.some(({ document }) => document === first)));
});

test('a document that is withdrawn while a snapshot is built is not given out with it', async (t) => {
  const storage = openSqlite({ file: path.join(tempDir(t), 'server.db') });
  t.after(() => storage.close());
  const memory = createContentMemory();
  let built = (): void => undefined;
  let release = (): void => undefined;
  const packed = new Promise<void>((resolve) => (built = resolve));
  const gate = new Promise<void>((resolve) => (release = resolve));
  const content = {
    ...memory,
    made: {
      ...memory.made,
      put: async (source: AsyncIterable<Uint8Array>) => {
        const made = await memory.made.put(source);
        built();
        await gate;
        return made;
      },
    },
  };
  const passwords = { hash: async (password: string) => password, check: async () => ({ ok: true as const, value: { right: true, stale: false } }) };
  const core = createCore({ storage, content, now: Date.now, randomBytes, passwords });
  await core.admin.addOrganization(commune);
  await core.admin.addPerson({ person: personOf('communeClerk'), user: 'xa', password: 'x', unit: commune.code, role: 'clerk' });
  async function* pour(text: string): AsyncGenerator<Uint8Array> {
    if (text !== '') yield Buffer.from(text);
  }
  const ask = async (method: string, url: string, token = '', text = '') =>
    core.handle({ method, url, headers: token === '' ? {} : { authorization: `Bearer ${token}` }, body: pour(text), destroy: () => undefined, signal: new AbortController().signal, peer: '' });
  const { token } = (await ask('POST', '/v1/session', '', JSON.stringify({ user: 'xa', password: 'x' }))).json as { token: string };
  const [secret, open] = [newDocument(), newDocument()];
  const event = { type: 'drafted', at: '2026-11-22T01:00:00Z', by: null, command: null, unit: commune, ...draftBody(contentOf(randomBytes(10))).args } as const;
  await storage.transaction(async (tx) => {
    for (const id of [secret, open]) await tx.documents.append(commune.code, id, [event]);
    await tx.documents.touch([secret, open].map((id) => ({ unit: commune.code, id })));
  });

  const asking = ask('GET', '/v1/snapshot', token);
  await packed;
  await core.admin.withdraw(commune.code, secret, 'withdrawn');
  release();
  const early = snapshotInfo.parse((await asking).json);
  assert.equal((await ask('GET', routeOf(early), token)).status, 404);
  const info = snapshotInfo.parse((await ask('GET', '/v1/snapshot', token)).json);
  assert.deepEqual([info.documents, (await ask('GET', routeOf(info), token)).status], [1, 200]);
});
