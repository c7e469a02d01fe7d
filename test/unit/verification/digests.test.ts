import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import { digestByteRange, type ByteRange } from '../../../src-main/verification/byte-range.ts';
import { digestRanges, type DigestOrder } from '../../../src-main/verification/digests.ts';

const megabyte = 1024 * 1024;

function counting(source: ByteSource): { readonly source: ByteSource; readonly read: () => number } {
  let bytes = 0;
  return {
    source: { ...source, read: (offset, length) => {
      bytes += length;
      return source.read(offset, length);
    } },
    read: () => bytes,
  };
}

test('ranges of any shape give the digests that hashing each by itself gives', async () => {
  const bytes = randomBytes(3 * megabyte + 7);
  const source = bytesSource(bytes);
  const below = (most: number): number => Math.floor(Math.random() * most);
  for (let round = 0; round < 60; round += 1) {
    const orders: DigestOrder[] = Array.from({ length: 1 + below(6) }, () => {
      const [gapStart = 0, gapEnd = 0, end = 0] = [1 + below(bytes.length), 1 + below(bytes.length), 1 + below(bytes.length)].sort((a, b) => a - b);
      const range: ByteRange = { gapStart, gapEnd, end };
      return { range, hash: (['sha256', 'sha384', 'sha512', 'sha1'] as const)[below(4)] ?? 'sha256' };
    });
    const found = await digestRanges(source, orders);
    orders.forEach(({ range, hash }, i) => assert.deepEqual(found[i], digestByteRange(source, range, hash), JSON.stringify({ range, hash })));
  }
});

test('the same range twice, and none at all', async () => {
  const source = bytesSource(randomBytes(1000));
  const order: DigestOrder = { range: { gapStart: 10, gapEnd: 20, end: 1000 }, hash: 'sha256' };
  assert.deepEqual(await digestRanges(source, [order, { ...order }]), [digestByteRange(source, order.range, 'sha256'), digestByteRange(source, order.range, 'sha256')]);
  assert.deepEqual(await digestRanges(source, []), []);
});

test('twenty-five signatures one after the other read the file once', async () => {
  const bytes = randomBytes(8 * megabyte);
  const { source, read } = counting(bytesSource(bytes));
  const orders = Array.from({ length: 25 }, (_, i): DigestOrder => {
    const end = 6 * megabyte + i * 80_000;
    return { range: { gapStart: end - 60_000, gapEnd: end - 30_000, end }, hash: 'sha256' };
  });
  const found = await digestRanges(source, orders);
  assert.ok(read() <= bytes.length, `${String(read())} bytes`);
  orders.forEach(({ range }, i) => assert.deepEqual(found[i], createHash('sha256').update(bytes.subarray(0, range.gapStart)).update(bytes.subarray(range.gapEnd, range.end)).digest()));
});
