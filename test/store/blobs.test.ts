import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AppFailure } from '../../src-shared/result.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { BlobStore } from '../../src-main/ports/store.ts';
import { blobSource } from '../../src-main/store/blob-source.ts';
import { pieces, scene, sha256Of } from './helpers.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const chunk = 256 * 1024;

async function put(blobs: BlobStore, bytes: Uint8Array, pieceSize?: number): Promise<Sha256> {
  const done = await blobs.put(pieces(bytes, pieceSize));
  assert.ok(done.ok);
  assert.equal(done.value.sizeBytes, bytes.length);
  return done.value.sha256;
}

async function readAll(blobs: BlobStore, sha256: Sha256, offset?: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of blobs.stream(sha256, offset)) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

function isNotHere(error: unknown): boolean {
  return error instanceof AppFailure && error.error.code === 'content.not-here';
}

test('content comes back byte for byte under its hash, whatever its length and its pieces', async (t) => {
  const { blobs } = scene(t).open();
  for (const size of [0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 5 * chunk + 17]) {
    const bytes = randomBytes(size);
    for (const pieceSize of [7_919, chunk, 10 * chunk]) {
      const sha256 = await put(blobs, bytes, pieceSize);
      assert.equal(sha256, sha256Of(bytes));
      assert.equal(blobs.findSize(sha256), size);
      assert.deepEqual(await readAll(blobs, sha256), bytes);
    }
  }
});

test('any slice reads as the file would, clipped to its size', async (t) => {
  const { blobs } = scene(t).open();
  const bytes = randomBytes(3 * chunk + 100);
  const sha256 = await put(blobs, bytes);
  const source = blobSource(blobs, sha256);
  assert.equal(source.sizeBytes, bytes.length);
  for (const [offset, length] of [[0, 0], [0, 10], [chunk - 5, 10], [chunk, chunk], [0, bytes.length], [5, 10 * chunk], [3 * chunk + 90, 50], [bytes.length, 5], [bytes.length + 9, 5], [chunk - 1, 2 * chunk + 2]] as const) {
    const expected = bytes.subarray(offset, offset + length);
    assert.equal(Buffer.compare(blobs.read(sha256, offset, length), expected), 0, `read ${offset}+${length}`);
    assert.equal(Buffer.compare(source.read(offset, length), expected), 0, `source ${offset}+${length}`);
  }
  assert.deepEqual(await readAll(blobs, sha256, chunk + 3), bytes.subarray(chunk + 3));
});

test('a source that jumps through a long file stays right when its cache turns over', async (t) => {
  const { blobs } = scene(t).open();
  const bytes = randomBytes(20 * chunk + 33);
  const source = blobSource(blobs, await put(blobs, bytes));
  for (let i = 0; i < 400; i++) {
    const offset = (i * 1_234_567) % bytes.length;
    const length = (i * 7_001) % (2 * chunk);
    assert.equal(Buffer.compare(source.read(offset, length), bytes.subarray(offset, offset + length)), 0);
  }
  assert.equal(Buffer.compare(source.read(3, 19 * chunk), bytes.subarray(3, 19 * chunk + 3)), 0);
});

test('equal content is stored once', async (t) => {
  const { blobs } = scene(t).open();
  const bytes = randomBytes(4 * chunk);
  await put(blobs, bytes);
  await put(blobs, bytes);
  await put(blobs, Buffer.concat([bytes, Buffer.from('x')]));
  assert.equal(blobs.storedBytes(), 4 * chunk + 1);
});

test('a signed scan adds its tail and what shares a chunk with it', async (t) => {
  const { blobs } = scene(t).open();
  const base = randomBytes(40 * chunk + 1000);
  const tail = randomBytes(20_000);
  const baseHash = await put(blobs, base);
  const before = blobs.storedBytes();
  const signed = await blobs.putWithBase(baseHash, tail, sha256Of(base, tail));
  assert.ok(signed.ok);
  assert.equal(signed.value.sizeBytes, base.length + tail.length);
  assert.equal(blobs.storedBytes() - before, 1000 + tail.length);
  assert.deepEqual(await readAll(blobs, signed.value.sha256), Buffer.concat([base, tail]));
  assert.deepEqual(await readAll(blobs, baseHash), base, 'the base is as it was');
  const again = await blobs.putWithBase(baseHash, tail);
  assert.deepEqual(again, signed);
  assert.equal(blobs.storedBytes() - before, 1000 + tail.length);
});

test('a continuation whose hash is known is stored as any other, without its base being read again', async (t) => {
  for (const [baseSize, tailSize] of [[40 * chunk + 1000, 20_000], [chunk, 10], [chunk - 10, 10], [100, 2 * chunk], [2 * chunk, chunk]] as const) {
    const { blobs } = scene(t).open();
    const [base, tail] = [randomBytes(baseSize), randomBytes(tailSize)];
    const baseHash = await put(blobs, base);
    const known = blobs.putContinuation(baseHash, tail, sha256Of(base, tail));
    assert.deepEqual(known, { ok: true, value: { sha256: sha256Of(base, tail), sizeBytes: baseSize + tailSize } });
    assert.deepEqual(await readAll(blobs, sha256Of(base, tail)), Buffer.concat([base, tail]));
    const kept = blobs.storedBytes();
    assert.deepEqual(await blobs.putWithBase(baseHash, tail), known, 'the same content, however it came');
    assert.equal(blobs.storedBytes(), kept);
    assert.equal(blobs.putContinuation(sha256Of(tail), tail, sha256Of(base)).ok, false, 'no base, nothing stored');
  }
});

test('a tail may fill its chunk, be longer than one, or stand on a base of full chunks', async (t) => {
  const { blobs } = scene(t).open();
  for (const [baseSize, tailSize] of [[chunk, 10], [chunk - 10, 10], [100, 2 * chunk], [2 * chunk, chunk], [0, 5], [chunk, 0]] as const) {
    const base = randomBytes(baseSize);
    const tail = randomBytes(tailSize);
    const signed = await blobs.putWithBase(await put(blobs, base), tail);
    assert.ok(signed.ok);
    assert.equal(signed.value.sha256, sha256Of(base, tail));
    assert.deepEqual(await readAll(blobs, signed.value.sha256), Buffer.concat([base, tail]));
  }
});

test('content with another hash than was promised is refused and not kept', async (t) => {
  const { blobs } = scene(t).open();
  const bytes = randomBytes(5 * chunk);
  const promised = sha256Of(Buffer.from('something else'));
  assert.deepEqual(await blobs.put(pieces(bytes), promised), { ok: false, error: { code: 'content.damaged' } });
  assert.equal(blobs.has(promised), false);
  assert.equal(blobs.has(sha256Of(bytes)), false);
  assert.equal(blobs.storedBytes(), 0);
  const base = await put(blobs, bytes);
  assert.deepEqual(await blobs.putWithBase(base, randomBytes(9), promised), { ok: false, error: { code: 'content.damaged' } });
  assert.equal(blobs.storedBytes(), bytes.length);
});

test('a transfer that breaks leaves nothing, and takes nothing from another that shares its chunks', async (t) => {
  const { blobs } = scene(t).open();
  const bytes = randomBytes(40 * chunk);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield* pieces(bytes.subarray(0, 30 * chunk), chunk);
    throw new Error('the line broke');
  }
  const both = await Promise.allSettled([blobs.put(broken()), blobs.put(pieces(bytes, chunk))]);
  assert.deepEqual(both.map((one) => one.status), ['rejected', 'fulfilled']);
  assert.equal(Buffer.compare(await readAll(blobs, sha256Of(bytes)), bytes), 0);
  assert.equal(blobs.storedBytes(), bytes.length);
  await assert.rejects(blobs.put((async function* () { yield randomBytes(20 * chunk); throw new Error('the line broke'); })()), /the line broke/);
  assert.equal(blobs.storedBytes(), bytes.length);
});

test('content that is not here is said to be so', async (t) => {
  const { blobs } = scene(t).open();
  const absent = sha256Of(Buffer.from('absent'));
  assert.equal(blobs.has(absent), false);
  assert.equal(blobs.findSize(absent), null);
  assert.throws(() => blobs.read(absent, 0, 1), isNotHere);
  assert.throws(() => blobs.stream(absent), isNotHere);
  assert.throws(() => blobSource(blobs, absent), isNotHere);
  assert.deepEqual(await blobs.putWithBase(absent, randomBytes(3)), { ok: false, error: { code: 'content.not-here' } });
});

test('a real PDF and its continuation outlive a reopening', async (t) => {
  const { open } = scene(t);
  const pdf = readFileSync(new URL('../fixtures/pdf/quyet-dinh.pdf', import.meta.url));
  const tail = Buffer.from('\n% a later revision\n');
  const first = open();
  const base = await put(first.blobs, pdf);
  const signed = await first.blobs.putWithBase(base, tail);
  assert.ok(signed.ok);
  first.close();
  const { blobs } = open();
  assert.deepEqual(await readAll(blobs, base), pdf);
  assert.deepEqual(await readAll(blobs, signed.value.sha256), Buffer.concat([pdf, tail]));
});

test('100 MB go in and are continued without being held in memory', async (t) => {
  const { blobs } = scene(t).open();
  const piece = randomBytes(chunk);
  let peak = 0;
  const before = await restingBytes();
  const seen = new Uint8Array(8 * 1024 * 1024);
  const held = heldBytes() - before;
  // Read afterwards: an array that nobody needs any more may be collected while its length is still known
  assert.equal(seen.at(-1), 0);
  assert.ok(held >= seen.length / 2, `a buffer that is held is counted: ${held}`);
  async function* large(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < 400; i++) {
      const own = Uint8Array.from(piece);
      new DataView(own.buffer).setUint32(0, i);
      if (i % 20 === 0) peak = Math.max(peak, heldBytes() - before);
      yield own;
    }
  }
  const done = await blobs.put(large());
  assert.ok(done.ok);
  assert.equal(done.value.sizeBytes, 400 * chunk);
  const signed = blobs.putWithBase(done.value.sha256, piece.subarray(0, 9000));
  const watch = setImmediate(function look() {
    peak = Math.max(peak, heldBytes() - before);
    watching = setImmediate(look);
  });
  let watching = watch;
  assert.ok((await signed).ok);
  clearImmediate(watching);
  // One batch of 4 MiB, and buffers of the driver whose release waits for the loop's next turns.
  assert.ok(peak < 32 * 1024 * 1024 + seen.length, `${Math.round(peak / 1024 / 1024)} MiB held at most`);
});

/** Bytes of buffers that are still referred to, the collector having run. */
/** What is held once nothing more is being released: earlier tests' buffers go by and by, on a thread of their own. */
async function restingBytes(): Promise<number> {
  let [last, same] = [heldBytes(), 0];
  for (let turns = 0; turns < 500 && same < 20; turns++) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = heldBytes();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}

function heldBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}
