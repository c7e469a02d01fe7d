import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure, runSeeds } from './run-seeds.ts';

const dayMs = 86_400_000;

test('the same seed twice gives the same history to the line, and another seed another one', async () => {
  const told = async (): Promise<ReadonlyMap<number, string>> => {
    const hashes = new Map<number, string>();
    await runSeeds({ from: 1, count: 12, onTold: ({ seed, hash }) => void hashes.set(seed, hash) });
    return hashes;
  };
  const first = await told();
  assert.deepEqual(first, await told());
  assert.equal(new Set(first.values()).size, 12);
});

for (const [what, skewMs] of [['fast', dayMs], ['slow', -dayMs]] as const) {
  test(`I17: where every desk is a day ${what}, nothing breaks that holds with right clocks`, async () => {
    const { failures, seeds } = await runSeeds({ from: 5001, count: 16, skewMs });
    assert.equal(seeds, 16);
    assert.deepEqual(failures.map(({ seed }) => seed), [], failures.map(describeFailure).join('\n\n'));
  });
}
