import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createCalendar } from '../../../../src-shared/domain/calendar.ts';
import { countFacts } from '../../../../src-shared/domain/figures/count.ts';
import { figuresVersion } from '../../../../src-shared/domain/figures/version.ts';
import { usualDeadlines } from '../../../../src-shared/domain/deadlines.ts';
import { holidays } from '../../../../src-shared/domain/holidays.ts';
import { madeFacts } from '../support/made-facts.ts';

/** What a version counts of the same facts, and by which days and hours it makes them: with another answer here `figuresVersion` goes up, so that every kept tally is made again. */
const known: Readonly<Record<number, string>> = { 1: '9a791691e06cb0de' };

test('definitions, terms and holidays that say otherwise have another version', () => {
  const cells = [...countFacts(madeFacts(400, 20_261_123))].sort(([a], [b]) => (a < b ? -1 : 1));
  const says = createHash('sha256').update(JSON.stringify([cells, holidays, usualDeadlines, createCalendar().hours])).digest('hex').slice(0, 16);
  assert.equal(known[figuresVersion], says);
});
