import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAllowance } from '../../../src-main/pdf/allowance.ts';
import { attempt, openPdf, parseObject, type PdfObject } from '../../../src-main/pdf/index.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { onePage, tablePdf } from './make-pdf.ts';

test('work without end is refused, and refused again', () => {
  const { spend } = createAllowance();
  const refused = attempt(() => { for (let i = 0; i < 1_000; i += 1) spend(1_000_000); });
  assert.equal(refused.ok ? 'done' : refused.error.code, 'pdf.broken');
  assert.equal(attempt(() => spend(1)).ok, false);
});

test('caches of one file are emptied together when they hold too much, small things and large ones apart', () => {
  const allowance = createAllowance();
  const [one, other] = [allowance.createCache<string>(), allowance.createCache<string>()];
  one.set(1, 'small', 10);
  one.set(2, 'large', 200_000);
  for (let i = 0; i < 1_000; i += 1) other.set(i, 'many', 100);
  assert.equal(one.get(1), undefined);
  assert.equal(one.get(2), 'large');
  other.set(5_000, 'large too', 200_000);
  assert.equal(one.get(2), undefined);
  assert.equal(other.get(5_000), 'large too');
});

test('a list longer than any producer writes is refused, one of 50,000 pages is read to its last page', () => {
  const pages = (count: number): Buffer => tablePdf([onePage()[0]!, `<</Type /Pages /Count ${count} /Kids [${'3 0 R '.repeat(count)}]>>`, onePage()[2]!]);
  const opened = openPdf(bytesSource(pages(50_000)));
  assert.ok(opened.ok);
  for (const index of [0, 49_999, 7, 25_000]) assert.equal(opened.value.findPage(index)?.num, 3);
  assert.equal(opened.value.findPage(50_000), null);
  assert.equal(openPdf(bytesSource(pages(400_000))).ok, false);
});

test('pages are found behind kids that count none, in branches of any size', () => {
  const opened = openPdf(bytesSource(tablePdf([
    onePage()[0]!, '<</Type /Pages /Count 4 /Kids [4 0 R 5 0 R 4 0 R 3 0 R 4 0 R]>>', '<</Type /Page /MediaBox [0 0 9 9]>>', '<</Type /Pages /Count 0 /Kids []>>', '<</Type /Pages /Count 3 /Kids [6 0 R 4 0 R 7 0 R 8 0 R]>>',
    ...[10, 11, 12].map((width) => `<</Type /Page /MediaBox [0 0 ${width} 9]>>`),
  ])));
  assert.ok(opened.ok);
  assert.deepEqual([3, 0, 2, 1].map((index) => opened.value.findPage(index)?.mediaBox[2]), [9, 10, 12, 11]);
});

test('a literal string is read to its own end, however it is written', () => {
  const parse = (text: string): PdfObject => parseObject({ bytes: Buffer.from(text, 'latin1'), at: 0, base: 0, whole: true });
  const textOf = (text: string): string => {
    const object = parse(text);
    return object.kind === 'string' ? Buffer.from(object.bytes).toString('latin1') : object.kind;
  };
  assert.equal(textOf('(a\\)b(\\()c)d'), 'a)b(()c');
  assert.equal(textOf('(\\7\\18\\1234\\\n\\\r\n.)'), '\x07\x018S4.');
  for (const open of ['(', '(a', '(a\\', '(a\\)', '((a)']) assert.equal(attempt(() => parse(open)).ok, false);
});

test('integers keep how they were written', () => {
  const numbers = ['0', '7', '007', '-3', '+4', '12345678901', '0000000000', '5.', '.5'].map((text) => parseObject({ bytes: Buffer.from(`${text} `, 'latin1'), at: 0, base: 0, whole: true }));
  assert.deepEqual(numbers.map((each) => (each.kind === 'number' ? [each.value, each.text] : each.kind)), [[0, '0'], [7, '7'], [7, '007'], [-3, '-3'], [4, '+4'], [12345678901, '12345678901'], [0, '0000000000'], [5, '5.'], [0.5, '.5']]);
});
