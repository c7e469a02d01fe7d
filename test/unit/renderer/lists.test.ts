import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hrefOf, parseRoute } from '../../../src-renderer/app/route.ts';
import { pagesFor, scrollToShow, visibleRows } from '../../../src-renderer/features/documents/window.ts';

test('of 300,000 rows only those near the screen are drawn and asked for', () => {
  const window = visibleRows(104 * 150_000, 520, 104, 300_000, 6);
  assert.deepEqual(window, { first: 149_994, last: 150_011 });
  assert.deepEqual(pagesFor(window, 60), [0, 149_940, 150_000]);
});

test('the window ends where the list ends', () => {
  assert.deepEqual(visibleRows(0, 520, 104, 3, 6), { first: 0, last: 3 });
  assert.deepEqual(visibleRows(104 * 50, 520, 104, 3, 6), { first: 3, last: 3 });
  assert.deepEqual(pagesFor({ first: 0, last: 0 }, 60), [0]);
});

test('a row that is chosen is brought whole onto the screen, and one that is there stays', () => {
  assert.equal(scrollToShow(2, 0, 520, 104), 0);
  assert.equal(scrollToShow(5, 0, 520, 104), 104);
  assert.equal(scrollToShow(0, 300, 520, 104), 0);
});

test('an address leads to its folder and document, and a strange one to none', () => {
  const id = '01900000-0000-7000-8000-000000000001';
  assert.deepEqual(parseRoute(hrefOf('incoming', id)), { screen: 'incoming', id });
  assert.deepEqual(parseRoute('#/outbox'), { screen: 'outbox', id: null });
  assert.deepEqual(parseRoute('#/incoming/abc'), { screen: 'incoming', id: null });
  for (const strange of ['', '#', '#/nowhere', '#/incoming/<script>']) assert.equal(parseRoute(strange), null, strange);
});
