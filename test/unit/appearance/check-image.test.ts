import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { checkPng } from '../../../src-main/signing/appearance/check-image.ts';
import { decodePng } from '../../../src-main/signing/appearance/png.ts';
import { makePng } from './make-png.ts';
import type { PngKind } from './make-png.ts';

const images = new URL('../../fixtures/images/', import.meta.url);

function pixelsOf(png: Uint8Array): readonly (readonly number[])[] {
  const decoded = decodePng(png);
  assert.ok(decoded.ok, JSON.stringify(decoded));
  return Array.from({ length: decoded.value.width * decoded.value.height }, (_, index) => [...decoded.value.rgba.subarray(index * 4, index * 4 + 4)]);
}

test('the signature and the seal of an office are accepted with their sizes in pixels', () => {
  assert.deepEqual(checkPng(readFileSync(new URL('chu-ky-lanh-dao.png', images))), { ok: true, value: { width: 1000, height: 440 } });
  assert.deepEqual(checkPng(readFileSync(new URL('con-dau-do.png', images))), { ok: true, value: { width: 850, height: 850 } });
});

test('a picture that is no PNG, or a damaged one, is refused as such', () => {
  const good = readFileSync(new URL('chu-ky-lanh-dao.png', images));
  const flipped = Buffer.from(good);
  flipped[2000]! ^= 0xff;
  for (const bad of [Buffer.alloc(0), Buffer.from('GIF89a'), Buffer.from([0xff, 0xd8, 0xff, 0xe0]), good.subarray(0, 5000), good.subarray(0, 20), flipped]) {
    const result = checkPng(bad);
    assert.equal(result.ok ? '' : result.error.code, 'image.not-png');
  }
});

test('a picture that claims more pixels than any signature has is refused before it is unpacked', () => {
  const bomb = makePng({ width: 1, height: 1, depth: 8, colour: 6 }, () => 0);
  const huge = Buffer.from(bomb);
  huge.writeUInt32BE(100_000, 16);
  huge.writeUInt32BE(100_000, 20);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  const result = checkPng(huge);
  assert.equal(result.ok ? '' : result.error.code, 'image.not-png');
});

test('a picture without transparency is refused, with or without an alpha channel', () => {
  const opaque: readonly (readonly [PngKind, number])[] = [
    [{ width: 9, height: 9, depth: 8, colour: 2 }, 10],
    [{ width: 9, height: 9, depth: 8, colour: 0 }, 10],
    [{ width: 9, height: 9, depth: 8, colour: 6 }, 255],
    [{ width: 9, height: 9, depth: 16, colour: 4 }, 65535],
    [{ width: 9, height: 9, depth: 2, colour: 3, palette: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], clear: [255, 255] }, 1],
  ];
  for (const [kind, value] of opaque) {
    const result = checkPng(makePng(kind, () => value));
    assert.equal(result.ok ? '' : result.error.code, 'image.no-alpha', JSON.stringify(kind));
  }
});

test('every kind of PNG is read to the same pixels, with all five filters, plain and interlaced', () => {
  for (const interlaced of [false, true]) {
    const size = { width: 13, height: 11, interlaced };
    const at = (index: number): readonly [number, number] => [index % 13, Math.floor(index / 13)];
    const rgba = makePng({ ...size, depth: 8, colour: 6 }, (x, y, c) => (x * 17 + y * 31 + c * 71) & 255);
    pixelsOf(rgba).forEach((pixel, index) => assert.deepEqual(pixel, [0, 1, 2, 3].map((c) => (at(index)[0] * 17 + at(index)[1] * 31 + c * 71) & 255)));
    const deep = makePng({ ...size, depth: 16, colour: 6 }, (x, y, c) => ((x * 17 + y * 31 + c * 71) & 255) * 256 + 99);
    assert.deepEqual(pixelsOf(deep), pixelsOf(rgba));
    const grey = makePng({ ...size, depth: 8, colour: 4 }, (x, y, c) => (c === 0 ? x * 9 : y * 9));
    pixelsOf(grey).forEach((pixel, index) => assert.deepEqual(pixel, [at(index)[0] * 9, at(index)[0] * 9, at(index)[0] * 9, at(index)[1] * 9]));
    for (const depth of [1, 2, 4, 8]) {
      const most = 2 ** depth - 1;
      const palette = Array.from({ length: (most + 1) * 3 }, (_, index) => (index * 7) & 255);
      const paletted = makePng({ ...size, depth, colour: 3, palette, clear: [0, 128] }, (x, y) => (x + y) & most);
      pixelsOf(paletted).forEach((pixel, index) => {
        const entry = (at(index)[0] + at(index)[1]) & most;
        assert.deepEqual(pixel, [palette[entry * 3], palette[entry * 3 + 1], palette[entry * 3 + 2], [0, 128][entry] ?? 255]);
      });
      const keyed = makePng({ ...size, depth, colour: 0, clear: [0, 1] }, (x, y) => (x * y) & most);
      pixelsOf(keyed).forEach((pixel, index) => assert.equal(pixel[3], ((at(index)[0] * at(index)[1]) & most) === 1 ? 0 : 255));
    }
    const trueColour = makePng({ ...size, depth: 8, colour: 2, clear: [0, 5, 0, 5, 0, 5] }, (x) => x);
    pixelsOf(trueColour).forEach((pixel, index) => assert.equal(pixel[3], at(index)[0] === 5 ? 0 : 255));
  }
});
