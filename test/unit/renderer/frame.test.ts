import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFrame, encodeFrame } from '../../../src-shared/contract/frame.ts';

test('bytes come back as they went, wherever they stand in the value', () => {
  for (const length of [0, 1, 255, 12_288, 1_048_576]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
    const other = Uint8Array.of(7, 8, 9);
    const there = encodeFrame({ id: 1, input: { list: [{ bytes }, { bytes: other }], text: 'Sơn Tịnh 🖋' } });
    const back = decodeFrame(there) as { readonly input: { readonly list: readonly [{ readonly bytes: unknown }, { readonly bytes: unknown }]; readonly text: string } };
    assert.deepEqual(back.input.list[0].bytes, bytes);
    assert.deepEqual(back.input.list[1].bytes, other);
    assert.equal(back.input.text, 'Sơn Tịnh 🖋');
  }
});

test('a Buffer and a view of a larger one go as the bytes that they show', () => {
  const whole = Buffer.from('xin chào các anh chị');
  const view = new Uint8Array(whole.buffer, whole.byteOffset + 3, 5);
  assert.deepEqual(decodeFrame(encodeFrame({ whole, view })), { whole: new Uint8Array(whole), view: new Uint8Array(view) });
});

test('a value without bytes is JSON as text, whatever it looks like', () => {
  const plain = { $bytes: [0, 4], none: null, text: 'Quyết định' };
  assert.equal(encodeFrame(plain), JSON.stringify(plain));
  assert.deepEqual(decodeFrame(JSON.stringify(plain)), plain);
});

test('a message that is cut, or points outside of itself, is refused', () => {
  const good = encodeFrame({ bytes: Uint8Array.of(1, 2, 3) });
  assert.ok(good instanceof Uint8Array);
  const length = new DataView(good.buffer).getUint32(0, true);
  for (const bad of [Uint8Array.of(), Uint8Array.of(1, 0), good.subarray(0, 4 + length - 1), good.subarray(0, good.length - 1)]) assert.throws(() => decodeFrame(bad), SyntaxError);
  const forged = (place: string): Uint8Array => {
    const head = `{"bytes":{"$bytes":${place}}}`;
    return Uint8Array.from([head.length, 0, 0, 0, ...Buffer.from(head), 1, 2, 3]);
  };
  assert.deepEqual(decodeFrame(forged('[1,2]')), { bytes: Uint8Array.of(2, 3) });
  for (const place of ['[0,4]', '[-1,2]', '[4,0]', '[0.5,1]', '"AAAA"', '[1]', 'null']) assert.throws(() => decodeFrame(forged(place)), SyntaxError, place);
});
