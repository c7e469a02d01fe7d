import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { countFacts } from '../../../../src-shared/domain/figures/count.ts';
import { percentileOf, quartersOf } from '../../../../src-shared/domain/figures/spread.ts';
import { addTallies, cellsOf, noTally, subtractTally, tallyOf } from '../../../../src-shared/domain/figures/tally.ts';
import { madeFact } from '../support/made-facts.ts';

const some = fc.array(madeFact, { maxLength: 30 });

describe('tallies', () => {
  test('the tally of all is the sum of the tallies of the parts, in any grouping and order', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const whole = countFacts([...a, ...b, ...c]);
        const [x, y, z] = [countFacts(a), countFacts(b), countFacts(c)];
        assert.deepEqual(addTallies(x, y, z), whole);
        assert.deepEqual(addTallies(x, addTallies(y, z)), whole);
        assert.deepEqual(addTallies(addTallies(z, x), y), whole);
        assert.deepEqual(countFacts([...c, ...b, ...a].toReversed()), whole);
        assert.deepEqual(addTallies(whole, noTally), whole);
      }),
      { numRuns: 60 },
    );
  });

  test('what is subtracted again was never added, and leaves no cell behind', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [x, y] = [countFacts(a), countFacts(b)];
        assert.deepEqual(subtractTally(addTallies(x, y), y), x);
        assert.equal(subtractTally(x, x).size, 0);
      }),
      { numRuns: 60 },
    );
  });

  test('a fact that is put right is the old one taken out and the new one put in', () => {
    fc.assert(
      fc.property(some, madeFact, madeFact, (others, was, is) => {
        assert.deepEqual(addTallies(subtractTally(countFacts([...others, was]), countFacts([was])), countFacts([is])), countFacts([...others, is]));
      }),
      { numRuns: 60 },
    );
  });

  test('cells go in and come out as they are, whatever a person is called', () => {
    const cell = { unit: 'H48.60.12', day: '2026-11-02', figure: 'overdue', part: 'n', by: 'person:a|b:c', n: 3 };
    assert.deepEqual([...cellsOf(tallyOf([cell]))], [cell]);
  });
});

describe('the ninetieth percentile', () => {
  test('is the one that sorting all values gives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const counts = new Map<number, number>();
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
        // the smallest value that at least so many percent of all do not exceed
        const byHand = [...values].sort((a, b) => a - b).find((value) => values.filter((one) => one <= value).length * 100 >= percent * values.length);
        assert.equal(percentileOf(counts, percent), byHand);
      }),
    );
  });

  test('of nothing is nothing', () => assert.equal(percentileOf(new Map(), 90), null));

  for (const [minutes, quarters] of [[0, 0], [1, 1], [15, 1], [16, 2], [450, 30], [112_500, 7_500], [112_501, 7_500], [9_999_999, 7_500]] as const) {
    test(`${minutes} minutes are counted as ${quarters} quarters of an hour`, () => assert.equal(quartersOf(minutes), quarters));
  }
});
