import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanes } from '../../../src-renderer/features/outbox/lanes.ts';
import { timeLeft } from '../../../src-renderer/features/outbox/time-left.ts';

const mb = 1024 * 1024;

test('the time left follows the rate that was seen since the sending was first looked at', () => {
  // 2 MB went in 4 s; 6 MB are left
  assert.equal(timeLeft({ atMs: 1000, sent: 2 * mb }, { atMs: 5000, sent: 4 * mb }, 10 * mb), 12_000);
});

test('no time is promised from too short a look, from a line that stands still, or when all has gone', () => {
  assert.equal(timeLeft({ atMs: 0, sent: 0 }, { atMs: 500, sent: mb }, 10 * mb), null);
  assert.equal(timeLeft({ atMs: 0, sent: mb }, { atMs: 60_000, sent: mb }, 10 * mb), null);
  assert.equal(timeLeft({ atMs: 0, sent: 0 }, { atMs: 4000, sent: 10 * mb }, 10 * mb), null);
});

test('the works of one document stand behind each other, documents in the order of their first work', () => {
  const rows = [['a', 1], ['b', 2], ['a', 3], ['c', 4], ['b', 5]].map(([document, number]) => ({ document: String(document), number }));
  assert.deepEqual(inLanes(rows).map(({ document, number }) => `${document}${number}`), ['a1', 'a3', 'b2', 'b5', 'c4']);
});
