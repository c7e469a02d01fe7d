import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt, entryOf, parseObject, pdfText, serializeObject, textOf, type PdfObject } from '../../../src-main/pdf/index.ts';

function parse(text: string | Uint8Array): PdfObject {
  return parseObject({ bytes: typeof text === 'string' ? Buffer.from(text, 'latin1') : text, at: 0, base: 0, whole: true });
}

function rewritten(text: string): string {
  return Buffer.from(serializeObject(parse(text))).toString('latin1');
}

test('objects come back as they were written', () => {
  for (const text of ['null', 'true', '-17', '+3.50', '.5', '5.', '/Name', '/A#20B', '(a\\(b\\)\\\\)', '<0AFF>', '[1 2 0 R (x) /N]', '12 0 R']) assert.equal(rewritten(text), text);
  assert.equal(rewritten('<</A 1/B[2 3]/C<</D null>>>>'), '<</A 1\n/B [2 3]\n/C <</D null>>>>');
});

test('strings are read by the rules of 7.3.4', () => {
  const bytes = (text: string): string => {
    const object = parse(text);
    assert.equal(object.kind, 'string');
    return object.kind === 'string' ? Buffer.from(object.bytes).toString('latin1') : '';
  };
  assert.equal(bytes('(a(b)c)'), 'a(b)c');
  assert.equal(bytes('(\\101\\1\\53\\n\\q)'), 'A\x01+\nq');
  assert.equal(bytes('(a\\\r\nb\r\nc)'), 'ab\nc');
  assert.equal(bytes('<4 1 4>'), 'A@');
});

test('comments and white space separate tokens', () => {
  assert.equal(rewritten('[1%note\n2 % R\r3 0 %x\nR]'), '[1 2 3 0 R]');
});

test('a key that comes twice is reported', () => {
  const object = parse('<</A 1 /B 2 /A 3>>');
  assert.deepEqual(object.kind === 'dict' ? object.duplicates : null, ['A']);
});

test('a string says where its token stands', () => {
  const contents = entryOf(parse('<</Contents <00FF> >>'), 'Contents');
  assert.deepEqual(contents.kind === 'string' ? contents.span : null, { start: 12, end: 18 });
});

test('Vietnamese text strings come back', () => {
  for (const text of ['Ký duyệt', 'plain (ASCII)', 'Đỗ Thị Ượng']) assert.equal(textOf(parse(serializeObject(pdfText(text)))), text);
});

test('what is no object is refused as broken, without a hang or another error', () => {
  const hostile = ['', '<<', '<</A', '<</A>>', '[', '(', '((', '<', '<4x>', '<</A 1 2>>', ']', '>>', '}', '--5', '1.2.3', '1e5', '/A'.repeat(0), '['.repeat(100_000), '<<'.repeat(1) + '/A <<'.repeat(100_000), '(' + '\\'.repeat(99_999), '%'.repeat(1000), 'obj', 'R', 'tru', 'nulll', '+', '-', '.', '\0'.repeat(1000)];
  for (const text of hostile) {
    const result = attempt(() => parse(text));
    assert.deepEqual(result.ok ? 'read' : result.error.code, 'pdf.broken', text.slice(0, 20));
  }
});

test('random bytes and damaged objects never escape as another error', () => {
  // A fixed linear congruence: a failure can be repeated.
  let seed = 20260507;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const honest = '<</Type /Page /Kids [1 0 R 2 0 R] /S (a\\(b) /H <00ff> /N -1.5 /D <</E [true false null]>>>>';
  const alphabet = '<>[]()/%\\ \r\n\0#R0129.+-abfnrtu';
  for (let round = 0; round < 3000; round += 1) {
    const bytes = Buffer.from(honest, 'latin1');
    for (let i = random(6); i >= 0; i -= 1) bytes[random(bytes.length)] = alphabet.charCodeAt(random(alphabet.length));
    const cut = bytes.subarray(0, random(4) === 0 ? random(bytes.length) : bytes.length);
    const result = attempt(() => parse(cut));
    assert.ok(result.ok || result.error.code === 'pdf.broken');
    const noise = Buffer.from(Array.from({ length: random(200) }, () => alphabet.charCodeAt(random(alphabet.length))));
    assert.ok(attempt(() => parse(noise)) !== null);
  }
});
