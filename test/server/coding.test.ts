import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import { codingName, dictionary, packJson, unpackJson } from '../../src-shared/protocol/packing.ts';
import { changesResponse } from '../../src-shared/protocol/wire.ts';
import { commandOf, draftBody, newDocument, openOffice, signIn, type Client } from './office.ts';

const fresh = { workflow: 0, assignment: 0 };

type Raw = { readonly status: number; readonly coding: string | undefined; readonly vary: string | undefined; readonly body: Buffer };

/** Without a client that unpacks by itself. */
function raw(url: string, client: Client, headers: Record<string, string>, body: Uint8Array | null = null): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(url, { method: body === null ? 'GET' : 'POST', headers: { ...client.auth, ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, coding: response.headers['content-encoding'], vary: response.headers.vary, body: Buffer.concat(parts) }));
    });
    call.on('error', reject);
    call.end(body ?? undefined);
  });
}

const unpack = (body: Buffer) => unpackJson(inflateRawSync(body, { dictionary }));
const pack = (value: unknown) => deflateRawSync(packJson(value), { dictionary });

test('a small answer is packed where the caller says so, in brotli where only that, plain else', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  await clerk.push(commandOf('communeClerk', newDocument(), fresh, draftBody(content)));
  const ask = (accept: string) => raw(`${url}/v1/changes`, clerk, accept === '' ? {} : { 'accept-encoding': accept });
  const plain = await ask('');
  assert.equal(plain.coding, undefined);
  const [packed, brotli, none] = [await ask(`${codingName}, br`), await ask('gzip, br'), await ask(`${codingName};q=0, br;q=0.0`)];
  assert.deepEqual([packed.coding, brotli.coding, none.coding, packed.vary], [codingName, 'br', undefined, 'accept-encoding']);
  const changesOf = (value: unknown) => changesResponse.parse(value).changes;
  const expected = changesOf(JSON.parse(plain.body.toString('utf8')));
  assert.deepEqual(changesOf(unpack(packed.body)), expected);
  assert.deepEqual(changesOf(JSON.parse(brotliDecompressSync(brotli.body).toString('utf8'))), expected);
  assert.ok(packed.body.length < brotli.body.length && brotli.body.length < plain.body.length, `${packed.body.length} ${brotli.body.length} ${plain.body.length}`);
});

test('a large answer is in brotli', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  await clerk.push(...Array.from({ length: 50 }, () => commandOf('communeClerk', newDocument(), fresh, draftBody(content))));
  const { coding, body } = await raw(`${url}/v1/changes`, clerk, { 'accept-encoding': `${codingName}, br` });
  assert.equal(coding, 'br');
  assert.equal(changesResponse.parse(JSON.parse(brotliDecompressSync(body).toString('utf8'))).changes.length, 50);
});

test('commands are taken packed or in brotli, and answered alike', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  const codings = { [codingName]: pack, BR: (value: unknown) => brotliCompressSync(JSON.stringify(value)), identity: (value: unknown) => Buffer.from(JSON.stringify(value)) };
  for (const [coding, encode] of Object.entries(codings)) {
    const command = commandOf('communeClerk', newDocument(), fresh, draftBody(content));
    const answer = await raw(`${url}/v1/push`, clerk, { 'content-encoding': coding }, encode({ commands: [command] }));
    assert.deepEqual([answer.status, JSON.parse(answer.body.toString('utf8'))], [200, { answers: [{ id: command.id, status: 'applied' }] }], coding);
  }
});

test('a coding that nobody knows is 415, a body that unfolds beyond its limit 413, a damaged one 400', async (t) => {
  const { url } = await openOffice(t, { limits: { pushBytes: 64 << 10 } });
  const clerk = await signIn(url, 'communeClerk');
  const bomb = { commands: [], padding: 'x'.repeat(20 << 20) };
  const cases: readonly (readonly [string, Uint8Array, number, string])[] = [
    ['gzip', gzipSync('{}'), 415, 'input.coding'],
    ['vt1-00000000', pack({}), 415, 'input.coding'],
    ['constructor', Buffer.from('{}'), 415, 'input.coding'],
    ['br', brotliCompressSync(JSON.stringify(bomb)), 413, 'upload.too-large'],
    [codingName, pack(bomb), 413, 'upload.too-large'],
    ['br', randomBytes(300), 400, 'input.invalid'],
    [codingName, Buffer.from('ffffffff', 'hex'), 400, 'input.invalid'],
    [codingName, deflateRawSync(Buffer.from([1, 2, 3]), { dictionary }), 400, 'input.invalid'],
  ];
  for (const [coding, bytes, status, code] of cases) {
    const answer = await raw(`${url}/v1/push`, clerk, { 'content-encoding': coding }, bytes);
    assert.deepEqual([answer.status, (JSON.parse(answer.body.toString('utf8')) as { error: { code: string } }).error.code], [status, code], coding);
  }
});
