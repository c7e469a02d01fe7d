import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { paperColours, type Chart } from '../../../src-shared/domain/chart.ts';
import { drawChart, type DrawOptions } from '../../../src-shared/charts/draw-chart.ts';

const options: DrawOptions = { widthPx: 640, heightPx: 260, fontPx: 13, fontFamily: 'Be Vietnam Pro', colours: paperColours, formatValue: (value) => value.toLocaleString('vi-VN') };
const months: Chart = { kind: 'lines', unit: 'count', labels: ['Tháng 1', 'Tháng 2', 'Tháng 3'], series: [{ name: 'Văn bản đến', values: [1200, null, 900] }, { name: 'Văn bản đi', values: [300, 420, 0] }] };

type Element = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; text: string };

/** Read by a strict reader of XML: every element, in order. */
function elementsOf(svg: string): readonly Element[] {
  const all: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => void all.push({ name: tag.name, attributes: tag.attributes as Record<string, string>, text: '' }));
  parser.on('text', (text) => {
    const last = all.at(-1);
    if (last) last.text += text;
  });
  parser.write(svg).close();
  return all;
}
const wordsOf = (svg: string): readonly string[] => elementsOf(svg).filter(({ name }) => name === 'text').map(({ text }) => text.trim());

describe('charts', () => {
  test('a line chart says its months, its series and each number, as its readers write numbers', () => {
    const words = wordsOf(drawChart(months, options));
    for (const word of [...months.labels, 'Văn bản đến', 'Văn bản đi', '1.200', '900', '420']) assert.ok(words.includes(word), word);
  });

  test('what was not counted is no zero: no number and no sign stands there', () => {
    const drawn = (values: readonly (number | null)[]): number => elementsOf(drawChart({ ...months, series: [{ name: 'Văn bản đến', values }] }, options)).filter(({ name, attributes }) => name === 'path' && attributes['transform'] !== undefined).length;
    assert.equal(drawn([1200, 1, 900]) - drawn([1200, null, 900]), 1);
  });

  test('no sheet of style, no style attribute, no script and nothing from outside stands in it', () => {
    const svg = drawChart({ ...months, kind: 'bars', aim: { name: 'Chỉ tiêu', value: 1000 } }, options);
    for (const { name, attributes } of elementsOf(svg)) {
      assert.ok(['svg', 'g', 'rect', 'path', 'text', 'tspan', 'defs', 'clipPath', 'polyline', 'line', 'circle'].includes(name), name);
      assert.deepEqual(Object.keys(attributes).filter((key) => key === 'style' || key === 'class' || key.startsWith('on') || key === 'href'), []);
    }
    assert.ok(wordsOf(svg).includes('Chỉ tiêu'));
  });

  test('a name with signs of XML is text', () => {
    const words = wordsOf(drawChart({ ...months, labels: ['<b>"A" & B</b>', 'x', 'y'] }, options));
    assert.ok(words.join(' ').includes('<b>"A" & B</b>'), words.join('|'));
  });

  test('long names of units stand beside lying bars, all of them', () => {
    const labels = ['UBND xã Thọ Phong', 'UBND phường Trương Quang Trọng', 'Sở Khoa học và Công nghệ'];
    const words = wordsOf(drawChart({ kind: 'bars', unit: 'percent', labels, series: [{ name: 'Đúng hạn', values: [99.5, 80, 0] }] }, options));
    for (const label of labels) for (const word of label.split(' ')) assert.ok(words.some((line) => line.includes(word)), word);
  });

  test('series are told apart without colour: each line has its own stroke and sign', () => {
    const four = drawChart({ ...months, series: ['a', 'b', 'c', 'd'].map((name, at) => ({ name, values: [at, at + 1, at + 2] })) }, options);
    const lines = elementsOf(four).filter(({ name, attributes }) => name === 'path' && attributes['fill'] === 'none' && paperColours.series.includes(attributes['stroke'] ?? '') && attributes['transform'] === undefined);
    const dashes = new Set(lines.map(({ attributes }) => attributes['stroke-dasharray'] ?? 'none'));
    assert.equal(dashes.size, 4, [...dashes].join(' | '));
  });

  test('more series than can be told apart are refused', () => {
    assert.throws(() => drawChart({ ...months, series: Array.from({ length: 5 }, (_, at) => ({ name: String(at), values: [1, 2, 3] })) }, options), RangeError);
  });
});
