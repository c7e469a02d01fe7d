import assert from 'node:assert/strict';
import { test } from 'node:test';
import { officialPdf } from '../../src-main/print/official/pdf.ts';
import type { CaptionedChart } from '../../src-main/ports/printing.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { documentIndex } from './official-samples.ts';
import { see, sha256 } from './support.ts';

const months = Array.from({ length: 12 }, (_, at) => `Th. ${at + 1}`);
const charts: readonly CaptionedChart[] = [
  { caption: 'Văn bản đến và văn bản đi theo tháng', chart: { kind: 'lines', unit: 'count', labels: months, series: [{ name: 'Văn bản đến', values: months.map((_, at) => (at === 4 ? null : 1200 + 10 * at)) }, { name: 'Văn bản đi', values: months.map((_, at) => 300 + at) }] } },
  { caption: 'Tỷ lệ xử lý đúng hạn', chart: { kind: 'bars', unit: 'percent', labels: ['Ủy ban nhân dân xã Thọ Phong', 'Sở Khoa học và Công nghệ'], series: [{ name: 'Đúng hạn', values: [99.5, 80] }], aim: { name: 'Chỉ tiêu', value: 90 } } },
];

test('charts stand between a table and who signs it: their words are words, and their captions are read aloud in their place', async (t) => {
  const seen = see(t, await officialPdf(documentIndex(12), { orientation: 'portrait', charts }));
  assert.ok(await qpdfIsSound(seen.file));
  const text = await seen.text();
  for (const word of ['Th. 1 ', 'Th. 12', '1.310', 'Văn bản đến và văn bản đi theo tháng', 'Tỷ lệ xử lý đúng hạn', '99,5 %', 'Chỉ tiêu', 'Thọ Phong']) assert.ok(text.includes(word), word);
  assert.ok(text.indexOf('Tỷ lệ xử lý đúng hạn') < text.lastIndexOf('NGƯỜI LẬP'), 'those who sign come last');
  assert.ok((await seen.fonts()).every(({ embedded }) => embedded));
  const objects = await seen.objects();
  assert.equal(objects.match(/\/S \/Figure/g)?.length, charts.length);
  assert.equal(objects.match(/\/Alt /g)?.length, charts.length);
});

test('the same table and charts give the same bytes, other numbers give others', async () => {
  const print = async (more: readonly CaptionedChart[]): Promise<string> => sha256(await officialPdf(documentIndex(3), { orientation: 'portrait', charts: more }));
  assert.equal(await print(charts), await print(charts));
  const [first] = charts;
  assert.ok(first);
  assert.notEqual(await print([first]), await print([{ ...first, chart: { ...first.chart, series: [{ name: 'Văn bản đến', values: months.map(() => 1) }] } }]));
});

test('more charts than a page holds go over several, each with its caption', async (t) => {
  const many = Array.from({ length: 7 }, (_, at) => ({ ...charts[0], caption: `Hình ${at + 1}.` }) as CaptionedChart);
  const text = await see(t, await officialPdf(documentIndex(3), { orientation: 'portrait', charts: many })).text();
  assert.deepEqual(text.match(/Hình \d\./g), many.map(({ caption }) => caption));
});
