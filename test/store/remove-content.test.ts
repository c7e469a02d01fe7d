import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { BlobStore } from '../../src-main/ports/store.ts';
import { createBlobStore } from '../../src-main/store/blobs.ts';
import { connect } from '../../src-main/store/driver.ts';
import { key, pieces, scene, sha256Of } from './helpers.ts';

const chunk = 256 * 1024;

async function put(blobs: BlobStore, bytes: Uint8Array): Promise<Sha256> {
  const done = await blobs.put(pieces(bytes));
  assert.ok(done.ok);
  return done.value.sha256;
}

test('a content goes with the chunks that nothing else holds, and what shares them keeps them', async (t) => {
  const { blobs } = scene(t).open();
  const base = randomBytes(3 * chunk + 50);
  const tail = randomBytes(700);
  const first = await put(blobs, base);
  const signed = await blobs.putWithBase(first, tail);
  assert.ok(signed.ok);
  const twice = await put(blobs, Buffer.concat([base.subarray(0, chunk), base.subarray(0, chunk)]));
  blobs.remove(first);
  assert.equal(blobs.has(first), false);
  assert.equal(blobs.storedBytes(), 3 * chunk + 50 + tail.length, 'the last chunk of the base alone is gone');
  assert.equal(sha256Of(blobs.read(signed.value.sha256, 0, 9e6)), signed.value.sha256);
  assert.equal(sha256Of(blobs.read(twice, 0, 9e6)), twice);
  blobs.remove(signed.value.sha256);
  assert.equal(blobs.storedBytes(), chunk);
  assert.equal(sha256Of(blobs.read(twice, 0, 9e6)), twice);
  blobs.remove(twice);
  blobs.remove(twice);
  blobs.remove('0'.repeat(64) as Sha256);
  assert.equal(blobs.storedBytes(), 0);
  assert.equal(await put(blobs, base), first, 'it may come again');
});

test('what is on its way in keeps the chunks that it found here', async (t) => {
  const { blobs } = scene(t).open();
  const bytes = randomBytes(20 * chunk);
  const here = await put(blobs, bytes);
  const gate = Promise.withResolvers<undefined>();
  const coming = blobs.put((async function* () {
    yield bytes.subarray(0, 17 * chunk);
    await gate.promise;
    yield bytes.subarray(17 * chunk);
  })());
  blobs.remove(here);
  gate.resolve(undefined);
  const done = await coming;
  assert.ok(done.ok);
  assert.equal(sha256Of(blobs.read(here, 0, bytes.length)), here);
});

test('a base that is removed while it is read is said to be not here, and nothing is made of it', async (t) => {
  const { blobs } = scene(t).open();
  const base = await put(blobs, randomBytes(40 * chunk));
  const signing = blobs.putWithBase(base, Buffer.from('tail'));
  blobs.remove(base);
  // its row is given to the next one
  const other = await put(blobs, randomBytes(40 * chunk));
  assert.deepEqual(await signing, { ok: false, error: { code: 'content.not-here' } });
  blobs.remove(other);
  assert.equal(blobs.storedBytes(), 0);
});

test('a removal that there is no room for leaves the content whole', async (t) => {
  const { dir, open, hold } = scene(t);
  open().close();
  const db = hold(connect(join(dir, 'blobs.db'), { key, readonly: false, pageSizeBytes: 65_536, cacheKiB: 1024 }));
  const blobs = createBlobStore(db);
  const bytes = randomBytes(4 * chunk);
  const sha256 = await put(blobs, bytes);
  db.pragma('query_only = ON');
  assert.throws(() => blobs.remove(sha256));
  db.pragma('query_only = OFF');
  assert.equal(sha256Of(blobs.read(sha256, 0, bytes.length)), sha256);
});
