import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { monthsUpTo, namedPeriod, periodNames, spanBefore } from '../../../../src-shared/domain/figures/periods.ts';

const span = (from: string, to: string) => ({ from, to });

describe('periods by their names', () => {
  test('what runs still is laid beside as many days of the one before', () => {
    assert.deepEqual(namedPeriod('month', '2026-11-23'), { period: span('2026-11-01', '2026-11-23'), compare: span('2026-10-01', '2026-10-23') });
    assert.deepEqual(namedPeriod('quarter', '2026-11-23'), { period: span('2026-10-01', '2026-11-23'), compare: span('2026-07-01', '2026-08-23') });
    assert.deepEqual(namedPeriod('year', '2026-11-23'), { period: span('2026-01-01', '2026-11-23'), compare: span('2025-01-01', '2025-11-23') });
  });

  test('what is over is laid beside the whole one before', () => {
    assert.deepEqual(namedPeriod('last-month', '2026-03-31'), { period: span('2026-02-01', '2026-02-28'), compare: span('2026-01-01', '2026-01-31') });
    assert.deepEqual(namedPeriod('last-month', '2028-03-01'), { period: span('2028-02-01', '2028-02-29'), compare: span('2028-01-01', '2028-01-31') });
    assert.deepEqual(namedPeriod('last-quarter', '2026-02-03'), { period: span('2025-10-01', '2025-12-31'), compare: span('2025-07-01', '2025-09-30') });
    assert.deepEqual(namedPeriod('last-year', '2026-11-23'), { period: span('2025-01-01', '2025-12-31'), compare: span('2024-01-01', '2024-12-31') });
  });

  test('a day that the month before does not have is its last', () => {
    assert.deepEqual(namedPeriod('month', '2026-03-31').compare, span('2026-02-01', '2026-02-28'));
    assert.deepEqual(namedPeriod('month', '2026-01-15').compare, span('2025-12-01', '2025-12-15'));
    assert.deepEqual(namedPeriod('year', '2028-02-29').compare, span('2027-01-01', '2027-02-28'));
  });

  test('on every day of four years both are whole days in order, end before the other begins, and the period ends no later than today', () => {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2030, 0, 1); at += 86_400_000) {
      const today = new Date(at).toISOString().slice(0, 10);
      for (const name of periodNames) {
        const { period, compare } = namedPeriod(name, today);
        assert.ok(compare.from <= compare.to && compare.to < period.from && period.from <= period.to && period.to <= today, `${name} on ${today}: ${JSON.stringify([period, compare])}`);
      }
    }
  });

  test('a span of one’s own is laid beside as many days before it', () => {
    assert.deepEqual(spanBefore(span('2026-03-01', '2026-03-01')), span('2026-02-28', '2026-02-28'));
    assert.deepEqual(spanBefore(span('2026-01-10', '2026-01-19')), span('2025-12-31', '2026-01-09'));
  });

  test('the months up to a day follow each other without a gap, and the last ends on it', () => {
    const months = monthsUpTo('2026-02-11', 12);
    assert.deepEqual([months.length, months[0], months.at(-1)], [12, span('2025-03-01', '2025-03-31'), span('2026-02-01', '2026-02-11')]);
    for (const [at, { to }] of months.slice(0, -1).entries()) assert.equal(new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10), months[at + 1]?.from);
  });
});
