import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostPx, placeAfterScroll, placeAt, scrollMapOf } from '../../../src-renderer/features/documents/scroll-map.ts';
import { noSelection, range, toggle } from '../../../src-renderer/features/documents/selection.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';

test('a list that fits its box scrolls one to one', () => {
  const map = scrollMapOf(1000, 104, 520);
  assert.deepEqual([map.wholePx, map.boxPx], [104_000, 104_000]);
  assert.deepEqual(placeAfterScroll(map, { topPx: 0, scrollPx: 0 }, 70_000), { topPx: 70_000, scrollPx: 70_000 });
});

test('300,000 rows in large type stay below what a browser can draw, reach their end, and still move a row at a time', () => {
  const rowPx = 182;
  const map = scrollMapOf(300_000, rowPx, 500);
  assert.ok(map.wholePx > 33_554_432 && map.boxPx === mostPx);
  // the scrollbar dragged to its end shows the last row, and half way the middle one
  assert.equal(placeAfterScroll(map, { topPx: 0, scrollPx: 0 }, map.boxPx - 500).topPx, map.wholePx - 500);
  const middle = placeAfterScroll(map, { topPx: 0, scrollPx: 0 }, (map.boxPx - 500) / 2).topPx;
  assert.ok(Math.abs(middle / rowPx - 150_000) < 3);
  // a turn of the wheel is a turn of the wheel
  const here = placeAt(map, 150_000 * rowPx);
  assert.equal(placeAfterScroll(map, here, here.scrollPx + 100).topPx, here.topPx + 100);
  // every row can be gone to and is found again from the scroller alone
  for (const index of [0, 1, 149_999, 299_990]) {
    const there = placeAt(map, index * rowPx);
    assert.equal(there.topPx, Math.min(index * rowPx, map.wholePx - 500));
    assert.ok(there.scrollPx <= map.boxPx - 500 + 1);
  }
});

test('an empty list and one shorter than its box stand at their top', () => {
  assert.deepEqual(placeAt(scrollMapOf(0, 104, 520), 500), { topPx: 0, scrollPx: 0 });
  assert.deepEqual(placeAt(scrollMapOf(3, 104, 520), 500), { topPx: 0, scrollPx: 0 });
});

const [a, b, c, d] = ['a', 'b', 'c', 'd'] as readonly string[] as readonly [DocumentId, DocumentId, DocumentId, DocumentId];
const ids = [a, b, c, d];

test('Ctrl takes one more into the choice, the open one with it, and takes it out again', () => {
  const two = toggle(noSelection, c, a);
  assert.deepEqual([...two.chosen], [a, c]);
  assert.deepEqual([...toggle(two, a, a).chosen], [c]);
});

test('Shift takes everything between, turns about its beginning, and lets go of what it passed', () => {
  const down = range(noSelection, d, b, ids);
  assert.deepEqual([...down.chosen], [b, c, d]);
  const back = range(down, a, d, ids);
  assert.deepEqual([...back.chosen], [a, b]);
  assert.equal(back.anchor, b);
  const [far, farther] = ['far', 'farther'] as readonly string[] as readonly [DocumentId, DocumentId];
  assert.deepEqual([...range(noSelection, far, farther, ids).chosen], [far]);
});

test('a range that goes beyond what a choice holds ends there, from whichever side it came', () => {
  const far = 'far' as string as DocumentId;
  assert.deepEqual([...range(noSelection, far, c, ids).chosen], [c, d]);
  assert.deepEqual([...range(noSelection, c, far, ids).chosen], [c, d]);
});
