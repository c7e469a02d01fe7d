import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { headPrefixBytes, signatureBytes, signedText } from '../../src-shared/protocol/package.ts';
import { readStationKey, signAsStation } from '../../src-main/packages/keys.ts';
import { rawPublicKey } from '../../src-main/packages/seal.ts';
import { people, openOffice, personOf, signIn } from '../server/office.ts';
import { bring, bytesOf, feedOf, openReadyStation, packed } from './support.ts';

/** Errors that say the package is not in order; `bug` and a taken package are not among them. */
const refusals = new Set(['package.damaged', 'package.newer', 'package.not-for-us', 'package.old-key', 'package.unknown-station', 'package.account']);

async function offline(t: TestContext) {
  const server = await openOffice(t);
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  await station.draft(bytesOf('damage', 600_000));
  return { server, station, client, file: packed(station) };
}

/** Where the blocks lie: `[from, until)`, length included. */
function blocksOf(file: Buffer): readonly (readonly [number, number])[] {
  const blocks: (readonly [number, number])[] = [];
  for (let at = headPrefixBytes + file.readUInt32BE(9); at < file.length - signatureBytes; ) {
    const until = at + 4 + (file.readUInt32BE(at) & 0x7fff_ffff);
    blocks.push([at, until]);
    at = until;
  }
  return blocks;
}

test('one changed byte anywhere, and nothing is taken', { timeout: 120_000 }, async (t) => {
  const { server, client, file } = await offline(t);
  const blocks = blocksOf(file);
  const head = blocks[0]?.[0] ?? 0;
  const places = new Set<number>();
  // every byte of the outside, of every block's length, of the signature; and a spread over the rest
  for (let at = 0; at < head; at += 7) places.add(at);
  for (const [from, until] of blocks) for (const at of [from, from + 1, from + 3, from + 4, until - 1]) places.add(at);
  for (let at = file.length - signatureBytes; at < file.length; at += 5) places.add(at);
  for (let n = 1; n <= 40; n += 1) places.add(Math.floor((file.length * n) / 41));
  const codes = new Map<string, number>();
  for (const at of places) {
    for (const mask of [0x01, 0x80]) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ mask;
      const { status, code } = await bring(client, server.url, changed);
      assert.ok(status >= 400 && status < 500 && code !== null && refusals.has(code), `byte ${at}: ${status} ${code}`);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  assert.deepEqual([...(await feedOf(client))], []);
  assert.ok((codes.get('package.damaged') ?? 0) > places.size, JSON.stringify([...codes]));
  assert.equal((await bring(client, server.url, file)).status, 200);
});

test('cut anywhere, or with something behind it, and nothing is taken', async (t) => {
  const { server, client, file } = await offline(t);
  const cuts = [0, 1, 8, 12, 13, 200, ...blocksOf(file).flatMap(([from, until]) => [from, from + 2, until]), file.length - signatureBytes - 1, file.length - 1];
  for (const length of cuts) {
    const { code } = await bring(client, server.url, file.subarray(0, length));
    assert.equal(code, 'package.damaged', `${length} bytes`);
  }
  assert.equal((await bring(client, server.url, Buffer.concat([file, Buffer.of(0)]))).code, 'package.damaged');
  assert.equal((await bring(client, server.url, Buffer.concat([file, file]))).code, 'package.damaged');
  assert.deepEqual([...(await feedOf(client))], []);
});

test('blocks moved, left out, doubled or taken from another package are found even when the station’s key signs them', async (t) => {
  const { server, station, client, file } = await offline(t);
  await station.draft(bytesOf('second', 600_000));
  const other = packed(station);
  const own = readStationKey(station.store.desk);
  const blocks = blocksOf(file).map(([from, until]) => file.subarray(from, until));
  const head = file.subarray(0, blocksOf(file)[0]?.[0]);
  const signed = (parts: readonly Uint8Array[]) => {
    const body = Buffer.concat([head, ...parts]);
    return Buffer.concat([body, signAsStation(own, signedText(createHash('sha256').update(body).digest()))]);
  };
  const [first, second, third, ...rest] = blocks as [Buffer, Buffer, Buffer, ...Buffer[]];
  const last = rest.at(-1) as Buffer;
  assert.equal((await bring(client, server.url, signed([second, first, third, ...rest]))).code, 'package.damaged');
  assert.equal((await bring(client, server.url, signed([first, third, ...rest]))).code, 'package.damaged');
  assert.equal((await bring(client, server.url, signed([first, first, second, third, ...rest]))).code, 'package.damaged');
  const ofOther = blocksOf(other)[1] as readonly [number, number];
  assert.equal((await bring(client, server.url, signed([first, other.subarray(...ofOther), third, ...rest]))).code, 'package.damaged');
  // an earlier block said to be the last one, and the last one said to be none
  const early = Buffer.from(third);
  early.writeUInt32BE((early.readUInt32BE(0) | 0x8000_0000) >>> 0);
  assert.equal((await bring(client, server.url, signed([first, second, early]))).code, 'package.damaged');
  assert.equal((await bring(client, server.url, signed([first, second, third, ...rest.slice(0, -1)]))).code, 'package.damaged');
  assert.equal((await bring(client, server.url, signed([first, second, third, ...rest, last]))).code, 'package.damaged');
  assert.deepEqual([...(await feedOf(client))], []);
  assert.equal((await bring(client, server.url, signed(blocks))).status, 200);
});

test('sealed for another province, it stays closed', async (t) => {
  const { client, file, server } = await offline(t);
  const elsewhere = await openOffice(t);
  assert.equal((await bring(await signIn(elsewhere.url, 'communeClerk'), elsewhere.url, file)).code, 'package.not-for-us');
  assert.equal((await bring(client, server.url, file)).status, 200);
});

test('a stranger’s key signs for nobody, and a person’s for that person alone', async (t) => {
  const { server, client, file } = await offline(t);
  const body = file.subarray(0, file.length - signatureBytes);
  const text = signedText(createHash('sha256').update(body).digest());
  const stranger = generateKeyPairSync('ed25519');
  assert.equal((await bring(client, server.url, Buffer.concat([body, sign(null, text, stranger.privateKey)]))).code, 'package.damaged');

  // a station of another office whose package says that it is the commune's
  const { station: foreign, client: foreigner } = await openReadyStation(t, server.url, 'departmentClerk');
  await foreign.draft(bytesOf('foreign', 1000));
  const { createPackages } = await import('../../src-main/packages/packages.ts');
  const lying = createPackages({
    desk: foreign.store.desk, blobs: foreign.store.blobs, me: personOf('communeClerk'), role: 'clerk', unit: people.communeClerk.unit, station: 'station-departmentClerk', line: foreign.line, now: () => new Date(),
    newId: () => '019a0000-0000-7000-8000-000000000001',
  });
  const lie = packed({ ...foreign, packages: lying });
  assert.equal((await bring(foreigner, server.url, lie)).code, 'package.account');
  assert.deepEqual([...(await feedOf(client))], []);

  // a key that is somebody's cannot be bound again
  const own = await foreigner.post('/v1/packages/station', { station: 'station-departmentClerk', publicKey: readStationKey(foreign.store.desk).publicKey });
  assert.equal(own.status, 200);
  assert.equal((await client.post('/v1/packages/station', { station: 'station-communeClerk', publicKey: readStationKey(foreign.store.desk).publicKey })).status, 403);
  const fresh = Buffer.from(rawPublicKey(generateKeyPairSync('ed25519').publicKey)).toString('base64url');
  assert.equal((await client.post('/v1/packages/station', { station: 'station-communeClerk', publicKey: fresh })).status, 200);
});

test('commands that another person is said to have done are refused one by one', async (t) => {
  const server = await openOffice(t);
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  const { commands } = await station.draft(bytesOf('own', 1000));
  // the desk's own store is made to hold what its person never did
  const desk = { ...station.store.desk, outbox: () => station.store.desk.outbox().map((item) => (item.command.type === 'submit' ? { ...item, command: { ...item.command, actor: { ...item.command.actor, person: personOf('communeLeader').id } } } : item)) };
  const { createPackages } = await import('../../src-main/packages/packages.ts');
  const forging = createPackages({
    desk, blobs: station.store.blobs, me: personOf('communeClerk'), role: 'clerk', unit: people.communeClerk.unit, station: 'station-communeClerk', line: station.line, now: () => new Date(), newId: () => '019a0000-0000-7000-8000-000000000002',
  });
  const brought = await bring(client, server.url, packed({ ...station, packages: forging }));
  assert.deepEqual(brought.answers.map(({ id, status }) => [id, status]), [[commands[0]?.id, 'applied'], [commands[1]?.id, 'rejected']]);
});

test('a revoked station and a disabled account bring nothing any more', async (t) => {
  const { server, station, client, file } = await offline(t);
  const leader = await signIn(server.url, 'communeLeader');
  const { signer } = readStationKey(station.store.desk);
  assert.equal((await leader.get(`/v1/packages/station/${signer}`, {}, { method: 'DELETE' })).status, 404);
  assert.equal((await client.get(`/v1/packages/station/${signer}`, {}, { method: 'DELETE' })).status, 204);
  assert.equal((await bring(client, server.url, file)).code, 'package.unknown-station');
  assert.deepEqual([...(await feedOf(client))], []);
  // shown again it stays revoked
  assert.equal((await client.post('/v1/packages/station', { station: 'station-communeClerk', publicKey: readStationKey(station.store.desk).publicKey })).status, 422);

  const other = await openReadyStation(t, server.url, 'departmentClerk');
  await other.station.draft(bytesOf('other', 1000));
  const theirs = packed(other.station);
  await server.admin.setDisabled(people.departmentClerk.user, true);
  assert.equal((await bring(leader, server.url, theirs)).code, 'package.account');
  await server.admin.setDisabled(people.departmentClerk.user, false);
  assert.equal((await bring(leader, server.url, theirs)).status, 200);
});
