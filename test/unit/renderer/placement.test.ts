import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containedIn, fitShape, move, resize, setWidth, toPx } from '../../../src-renderer/placement/geometry.ts';
import { proposedPlace, type Proposal } from '../../../src-renderer/placement/use-placement.ts';

const a4 = { widthMm: 210, heightMm: 297 };
const frame = { x: 100, y: 200, width: 40, height: 20 };

test('millimetres become pixels by one number', () => {
  assert.deepEqual(toPx(frame, 2.5), { left: 250, top: 500, width: 100, height: 50 });
});

test('a frame is stopped by the edges of its page', () => {
  assert.deepEqual(move(frame, 500, 500, a4), { ...frame, x: 170, y: 277 });
  assert.deepEqual(move(frame, -500, -500, a4), { ...frame, x: 0, y: 0 });
  assert.deepEqual(move(frame, 0.5, -0.5, a4), { ...frame, x: 100.5, y: 199.5 });
});

test('a pulled corner keeps the shape and leaves the opposite corner in place', () => {
  assert.deepEqual(resize(frame, 'se', 20, 0, a4), { x: 100, y: 200, width: 60, height: 30 });
  assert.deepEqual(resize(frame, 'nw', -20, 0, a4), { x: 80, y: 190, width: 60, height: 30 });
  assert.deepEqual(resize(frame, 'ne', 0, -10, a4), { x: 100, y: 190, width: 60, height: 30 });
  assert.deepEqual(resize(frame, 'sw', 20, 0, a4), { x: 120, y: 200, width: 20, height: 10 });
});

test('a frame neither leaves the page nor vanishes when it is resized', () => {
  const large = resize(frame, 'se', 1000, 1000, a4);
  assert.ok(large.x + large.width <= 210 && large.y + large.height <= 297);
  assert.equal(large.width / large.height, 2);
  const small = resize(frame, 'se', -1000, -1000, a4);
  assert.ok(small.width >= 5 && small.height > 0);
});

test('a width typed by hand keeps the shape', () => {
  assert.deepEqual(setWidth(frame, 30, a4), { x: 100, y: 200, width: 30, height: 15 });
});

test('an image is shown as large as its box holds, about the same middle', () => {
  assert.deepEqual(containedIn({ width: 40, height: 10 }, { widthMm: 42, heightMm: 18 }), { width: 23.3, height: 10 });
  assert.deepEqual(fitShape(frame, { width: 20, height: 20 }, a4), { x: 110, y: 200, width: 20, height: 20 });
});

const nothingFound: Proposal = { pages: [a4, a4], signature: null, seal: null, number: null, day: null, month: null, prepared: false };

test('a seal stands at its real size about the place that the page proposes', () => {
  const proposal: Proposal = { ...nothingFound, seal: { page: 1, rect: { x: 100, y: 100, width: 30, height: 30 }, confidence: 0.9 } };
  assert.deepEqual(proposedPlace(proposal, 'seal', { widthMm: 36, heightMm: 36 }, true), { page: 1, rect: { x: 97, y: 97, width: 36, height: 36 } });
});

test('a page that says nothing gets the frame on its last page, inside it', () => {
  const { page, rect } = proposedPlace(nothingFound, 'signature', null, false);
  assert.equal(page, 2);
  assert.ok(rect.x >= 0 && rect.x + rect.width <= 210 && rect.y + rect.height <= 297);
});
