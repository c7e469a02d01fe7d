import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differingBlocks, linesOf, type Piece } from '../../../src-renderer/pdf/compare/lines.ts';

const piece = (text: string, x: number, y: number): Piece => ({ text, x, y, width: text.length * 6, height: 12 });
const page = (...texts: readonly string[]) => linesOf(texts.map((text, index) => piece(text, 72, 100 + index * 18)));

test('pieces of one line are read from left to right, however the file orders them, and a raised mark breaks no line', () => {
  const lines = linesOf([piece('của Ủy ban', 150, 100), piece('Kính gửi', 72, 101.5), piece('dòng sau', 72, 118)]);
  assert.deepEqual(lines.map(({ text }) => text), ['Kính gửi của Ủy ban', 'dòng sau']);
});

test('marks composed and decomposed are the same words', () => {
  assert.deepEqual(differingBlocks(page('Quyết định'), page('Quyết định'.normalize('NFD'))), []);
});

test('lines that are written otherwise, one after the other, are one place on the later page', () => {
  const blocks = differingBlocks(page('một', 'hai', 'ba', 'bốn', 'năm'), page('một', 'HAI', 'BA', 'bốn', 'NĂM'));
  assert.equal(blocks.length, 2);
  const [first] = blocks;
  assert.ok(first);
  assert.ok(Math.abs(first.xMm - 25.4) < 0.01, 'an inch from the left');
  assert.ok(Math.abs(first.yMm - (106 / 72) * 25.4) < 0.01, 'from the head of the first line');
  assert.ok(first.heightMm > (18 / 72) * 25.4, 'over both lines');
});

test('what stands twice and stood once is new once; what was only taken out is nowhere on the later page', () => {
  assert.equal(differingBlocks(page('a', 'b'), page('a', 'b', 'b')).length, 1);
  assert.deepEqual(differingBlocks(page('a', 'b', 'c'), page('a', 'c')), []);
});
