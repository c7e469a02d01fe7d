import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runWorld } from './world/world.ts';

const dayMs = 86_400_000;

test('the same seed twice gives the same history, line by line, and another seed another one', async () => {
  const hashes = new Set<string>();
  for (const seed of [3, 11, 29, 47]) {
    const [first, second] = [await runWorld({ seed }), await runWorld({ seed })];
    assert.deepEqual(first.lines, second.lines, `seed ${seed}`);
    assert.equal(first.hash, second.hash);
    assert.ok(first.lines.length > 100, `seed ${seed} tells too little: ${first.lines.length} lines`);
    hashes.add(first.hash);
  }
  assert.equal(hashes.size, 4);
});

test('I17: clocks that are a day fast or slow change nothing that happens', async () => {
  for (const seed of [5, 8, 13, 21, 34, 55]) {
    const right = await runWorld({ seed, skewMs: 0 });
    for (const skewMs of [-dayMs, dayMs]) {
      const wrong = await runWorld({ seed, skewMs });
      assert.deepEqual(wrong.lines, right.lines, `seed ${seed}, ${skewMs / dayMs} day`);
      assert.deepEqual(wrong.violations, []);
    }
  }
});
