import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bugs } from './bugs/table.ts';
import { runSeeds } from './run-seeds.ts';

/** The test of the test: each of these makes client or server wrong in one way, from outside, and the invariant that is there for it must say so. */
for (const { name, caughtBy, withinSeeds } of bugs) {
  test(`${name}: ${caughtBy.join(' or ')} says so within ${withinSeeds} seeds`, async () => {
    const { failures, seeds } = await runSeeds({ from: 1, count: withinSeeds, bug: name, stop: ({ violations }) => violations.some(({ invariant }) => caughtBy.includes(invariant)) });
    const kinds = new Set(failures.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)));
    assert.ok(caughtBy.some((invariant) => kinds.has(invariant)), `${seeds} seeds, and only ${[...kinds].join(', ') || 'nothing'} was said`);
  });
}

test('at least fifteen ways of being wrong are planted, and every invariant of the simulation has one of its own', () => {
  assert.ok(bugs.length >= 15, `${bugs.length}`);
  const guarded = new Set(bugs.flatMap(({ caughtBy }) => caughtBy));
  for (const invariant of ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12', 'I13', 'I14', 'I15', 'I17', 'I19', 'I20']) assert.ok(guarded.has(invariant), `${invariant} is guarded by nothing that was tried`);
});
