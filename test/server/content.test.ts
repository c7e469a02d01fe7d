import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { uploadResponse } from '../../src-shared/protocol/wire.ts';
import { createLine } from '../support/line.ts';
import { commandOf, contentOf, draftBody, newDocument, openOffice, signIn, tempDir, type Client } from './office.ts';

async function open(client: Client, bytes: Uint8Array, base: string | null = null) {
  return uploadResponse.parse(await (await client.post('/v1/uploads', { sha256: contentOf(bytes).sha256, sizeBytes: bytes.length, base })).json());
}

async function hold(client: Client, bytes: Uint8Array): Promise<void> {
  await client.push(commandOf(client.who, newDocument(), { workflow: 0, assignment: 0 }, draftBody(await client.upload(bytes))));
}

test('after signing only the tail is sent, and the whole is what comes back', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const base = randomBytes(700_000);
  await clerk.upload(base);
  const signed = Buffer.concat([base, randomBytes(20_000)]);

  const opened = await open(clerk, signed, contentOf(base).sha256);
  assert.ok(opened.state === 'open');
  assert.equal(opened.lengthBytes, 20_000);
  assert.equal((await clerk.patch(opened.upload, 0, signed.subarray(base.length))).status, 204);
  assert.deepEqual(await open(clerk, signed), { state: 'present' });

  await hold(clerk, signed);
  const got = Buffer.from(await (await clerk.get(`/v1/blobs/${contentOf(signed).sha256}`)).arrayBuffer());
  assert.equal(createHash('sha256').update(got).digest('hex'), contentOf(signed).sha256);
});

test('an upload cut in the middle goes on from the byte that arrived', async (t) => {
  const { url } = await openOffice(t);
  const line = await createLine(url);
  t.after(() => line.close());
  const cutOff = await signIn(line.url, 'communeClerk');
  const clerk = await signIn(url, 'communeClerk');
  const bytes = randomBytes(3_000_000);
  const opened = await open(cutOff, bytes);
  assert.ok(opened.state === 'open');

  line.cutAfterBytes(1_200_000);
  await assert.rejects(cutOff.patch(opened.upload, 0, bytes));

  const head = await clerk.get(`/v1/uploads/${opened.upload}`, {}, { method: 'HEAD' });
  const offset = Number(head.headers.get('upload-offset'));
  assert.ok(offset > 0 && offset < bytes.length, `offset ${offset}`);
  assert.equal(Number(head.headers.get('upload-length')), bytes.length);

  const wrong = await clerk.patch(opened.upload, offset + 1, bytes.subarray(offset + 1));
  assert.equal(wrong.status, 409);
  assert.equal(Number(wrong.headers.get('upload-offset')), offset);
  assert.equal((await wrong.json() as { error: { code: string } }).error.code, 'upload.offset');

  const again = await open(clerk, bytes);
  assert.deepEqual(again, { ...opened, offset }, 'asking anew finds the same upload');
  assert.equal((await clerk.patch(opened.upload, offset, bytes.subarray(offset))).status, 204);
  assert.equal((await clerk.get(`/v1/uploads/${opened.upload}`, {}, { method: 'HEAD' })).status, 404);
  assert.deepEqual(await open(clerk, bytes), { state: 'present' });
});

test('bytes that do not have the hash are dropped', async (t) => {
  const dir = tempDir(t);
  const { url } = await openOffice(t, { dir });
  const clerk = await signIn(url, 'communeClerk');
  const bytes = randomBytes(5000);
  const opened = await open(clerk, bytes);
  assert.ok(opened.state === 'open');

  const wrong = await clerk.patch(opened.upload, 0, randomBytes(5000));
  assert.equal(wrong.status, 422);
  assert.equal((await wrong.json() as { error: { code: string } }).error.code, 'content.damaged');
  assert.deepEqual(readdirSync(path.join(dir, 'uploads')), []);
  assert.deepEqual(readdirSync(path.join(dir, 'content')), []);
  assert.deepEqual(await clerk.upload(bytes), contentOf(bytes), 'the right bytes are taken afterwards');
});

test('a tail that does not fit its base is dropped, and the whole is taken instead', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const base = randomBytes(5000);
  await clerk.upload(base);
  const unrelated = randomBytes(6000);
  const opened = await open(clerk, unrelated, contentOf(base).sha256);
  assert.ok(opened.state === 'open' && opened.lengthBytes === 1000);
  assert.equal((await clerk.patch(opened.upload, 0, unrelated.subarray(5000))).status, 422);
  const whole = await open(clerk, unrelated);
  assert.ok(whole.state === 'open' && whole.lengthBytes === 6000 && whole.offset === 0);
});

test('more bytes than were announced are not taken, and a file beyond the limit is refused before it is sent', async (t) => {
  const { url } = await openOffice(t, { limits: { contentBytes: 1 << 20 } });
  const clerk = await signIn(url, 'communeClerk');
  const opened = await open(clerk, randomBytes(1000));
  assert.ok(opened.state === 'open');
  assert.equal((await clerk.patch(opened.upload, 0, randomBytes(1001))).status, 400);
  const large = await clerk.post('/v1/uploads', { sha256: 'a'.repeat(64), sizeBytes: 2 << 20, base: null });
  assert.equal(large.status, 413);
});

test('content is given to the unit that holds a document with it, and to no other, whoever knows its hash', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const stranger = await signIn(url, 'departmentClerk');
  const bytes = randomBytes(2000);
  await hold(clerk, bytes);
  const { sha256 } = contentOf(bytes);

  assert.equal((await clerk.get(`/v1/blobs/${sha256}`)).status, 200);
  assert.equal((await stranger.get(`/v1/blobs/${sha256}`)).status, 404);
  assert.equal((await open(stranger, bytes)).state, 'open', 'not even that it is there');
  const claim = commandOf('departmentClerk', newDocument(), { workflow: 0, assignment: 0 }, draftBody(contentOf(bytes)));
  assert.deepEqual((await stranger.push(claim)).map((a) => a.status), ['retry']);
  const tail = Buffer.concat([bytes, randomBytes(10)]);
  const opened = await open(stranger, tail, sha256);
  assert.ok(opened.state === 'open' && opened.lengthBytes === tail.length, 'a base of others is no base');
});

test('content is downloaded by ranges with a strong ETag', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const bytes = randomBytes(100_000);
  await hold(clerk, bytes);
  const route = `/v1/blobs/${contentOf(bytes).sha256}`;
  const etag = `"${contentOf(bytes).sha256}"`;

  const head = await clerk.get(route, {}, { method: 'HEAD' });
  assert.deepEqual([head.headers.get('etag'), head.headers.get('content-length'), head.headers.get('accept-ranges')], [etag, '100000', 'bytes']);
  for (const [range, start, end] of [['bytes=0-9', 0, 9], ['bytes=99990-', 99_990, 99_999], ['bytes=-5', 99_995, 99_999], ['bytes=50000-999999', 50_000, 99_999]] as const) {
    const part = await clerk.get(route, { range, 'if-range': etag });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes ${start}-${end}/100000`);
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(start, end + 1));
  }
  const beyond = await clerk.get(route, { range: 'bytes=100000-' });
  assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, 'bytes */100000']);
  assert.equal((await clerk.get(route, { range: 'bytes=0-9', 'if-range': '"other"' })).status, 200);
  assert.equal((await clerk.get(route, { 'if-none-match': etag })).status, 304);
});

test('answers keep the connection warm', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const answers = [await clerk.get('/v1/directory'), await clerk.post('/v1/push', { commands: [] }), await clerk.get('/v1/changes')];
  assert.deepEqual(answers.map((a) => a.headers.get('connection')), ['keep-alive', 'keep-alive', 'keep-alive']);
});
