import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJson, encodeJson } from '../../../src-shared/contract/wire-json.ts';

test('bytes come back as they went, wherever they stand in the value', () => {
  for (const length of [0, 1, 2, 3, 4, 255, 12_287, 12_288, 12_289, 40_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
    const there = encodeJson({ id: 1, input: { list: [{ bytes }], text: 'Sơn Tịnh' } });
    const back = decodeJson(there) as { readonly input: { readonly list: readonly [{ readonly bytes: unknown }]; readonly text: string } };
    assert.deepEqual(back.input.list[0].bytes, bytes);
    assert.equal(back.input.text, 'Sơn Tịnh');
  }
});

test('the base64 is the world’s own, for Buffers and for views too', () => {
  const whole = Buffer.from('xin chào các anh chị');
  assert.equal(encodeJson(whole), JSON.stringify({ $bytes: whole.toString('base64') }));
  const view = new Uint8Array(whole.buffer, whole.byteOffset + 3, 5);
  assert.equal(encodeJson({ view }), JSON.stringify({ view: { $bytes: Buffer.from(view).toString('base64') } }));
});

test('what is no bytes is left alone, and broken base64 is refused', () => {
  const plain = { $bytes: 5, other: { $bytes: 'AAAA', more: 1 }, none: null };
  assert.deepEqual(decodeJson(encodeJson(plain)), plain);
  assert.throws(() => decodeJson('{"$bytes":"AAA"}'), SyntaxError);
  assert.throws(() => decodeJson('{"$bytes":"A*=="}'), SyntaxError);
});
