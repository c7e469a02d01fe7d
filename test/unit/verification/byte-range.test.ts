import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { digestByteRange, rangesNest, readSignedBytes } from '../../../src-main/verification/byte-range.ts';

const der = Buffer.from('3003020105', 'hex');
const contents = Buffer.concat([der, Buffer.alloc(3)]);
const file = Buffer.from(`before<${contents.toString('hex')}>after`);
const range = [0, 6, 24, 5];

function outcome(byteRange: unknown, value: Uint8Array | null = contents, bytes: Uint8Array = file): string {
  const result = readSignedBytes(bytesSource(bytes), byteRange, value);
  return result.ok ? 'ok' : result.code;
}

describe('a byte range', () => {
  test('is taken when its gap is the hex string alone, and gives the DER without its padding', () => {
    const result = readSignedBytes(bytesSource(file), range, contents);
    assert.ok(result.ok);
    assert.deepEqual(Buffer.from(result.value.der), der);
    assert.deepEqual(Buffer.from(digestByteRange(bytesSource(file), result.value.range, 'sha256')), createHash('sha256').update('beforeafter').digest());
  });

  test('may hold a value with indefinite lengths, which is given as DER; one that has no end, or is a string in pieces, is refused', () => {
    const read = (hex: string): ReturnType<typeof readSignedBytes> => {
      const value = Buffer.from(hex, 'hex');
      return readSignedBytes(bytesSource(Buffer.from(`before<${hex}>after`)), [0, 6, 8 + hex.length, 5], value);
    };
    const ber = read('3080020105a0803003020106000000000000');
    assert.ok(ber.ok && ber.value.isBer);
    assert.equal(Buffer.from(ber.value.der).toString('hex'), '300a020105a0053003020106');
    const codeOf = (hex: string): string => {
      const result = read(hex);
      return result.ok ? 'ok' : result.code;
    };
    for (const broken of ['3080020105', '308002010500', '30802480040101000000000000', '0480040105000000', `${'3080'.repeat(14)}${'0000'.repeat(14)}`]) assert.equal(codeOf(broken), 'contents.malformed', broken);
    assert.equal(codeOf('308002010500000001'), 'contents.padding');
  });

  test('is refused in every form of the universal forgery', () => {
    assert.equal(outcome(undefined), 'byte-range.missing');
    assert.equal(outcome(null), 'byte-range.missing');
    for (const form of [[], [0, 6, 24], [0, 6, 24, 5, 0], [0, '6', 24, 5], [0, -6, 24, 5], [0, 6.5, 24, 5], [0, NaN, 24, 5], 7]) assert.equal(outcome(form), 'byte-range.malformed');
    for (const form of [[1, 5, 24, 5], [0, 6, 24, 6], [0, 0, 24, 5], [0, 6, 24, 0], [0, 24, 6, 5], [0, 6, 6, 5]]) assert.equal(outcome(form), 'byte-range.outside');
    for (const form of [[0, 5, 24, 5], [0, 6, 25, 4], [0, 7, 24, 5], [0, 6, 23, 6]]) assert.equal(outcome(form), 'byte-range.gap');
    assert.equal(outcome(range, null), 'contents.missing');
    assert.equal(outcome(range, Buffer.alloc(0)), 'contents.malformed');
    assert.equal(outcome(range, Buffer.from('00')), 'byte-range.gap');
  });

  test('is refused when something hides in the gap', () => {
    for (const inside of ['3003020105000000>(x)<00', '3003 020105000000', '3003020105000000%', '<003003020105000000']) {
      const bytes = Buffer.from(`before<${inside}>after`);
      assert.equal(outcome([0, 6, bytes.length - 5, 5], contents, bytes), 'byte-range.gap');
    }
    const padded = Buffer.concat([der, Buffer.from([0, 1, 0])]);
    assert.equal(outcome(range, padded, Buffer.from(`before<${padded.toString('hex')}>after`)), 'contents.padding');
  });
});

test('ranges nest when each signs all of the one before', () => {
  assert.ok(rangesNest([{ gapStart: 10, gapEnd: 20, end: 30 }, { gapStart: 40, gapEnd: 50, end: 60 }]));
  assert.ok(!rangesNest([{ gapStart: 10, gapEnd: 20, end: 30 }, { gapStart: 25, gapEnd: 50, end: 60 }]));
});
