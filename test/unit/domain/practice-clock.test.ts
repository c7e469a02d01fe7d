import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCalendar, instantAt } from '../../../src-shared/domain/calendar.ts';
import { lastPracticeDay, practiceGoal, type PracticeStep } from '../../../src-shared/domain/practice-clock.ts';
import { vietnamDay } from '../../../src-shared/domain/vietnam-day.ts';

const calendar = createCalendar();
const goal = (step: PracticeStep, day: string, time = '09:00', lastDay = '2028-01-31'): string | null => {
  const at = practiceGoal(step, instantAt(day, time), lastDay, calendar);
  if (at !== null) assert.equal(at, calendar.startOfWorkingDay(vietnamDay(at)), 'a step ends where an office opens');
  return at === null ? null : vietnamDay(at);
};

test('whenever a practice is built, it may go on to the second 31 January: a whole year and its end lie within', () => {
  assert.deepEqual(['2026-11-23', '2026-12-31', '2026-01-01', '2026-01-31', '2026-02-01'].map(lastPracticeDay), ['2028-01-31', '2028-01-31', '2027-01-31', '2027-01-31', '2028-01-31']);
});

test('the next working morning is this one before the office opens, and leaps over weekends and holidays', () => {
  assert.equal(goal('next-morning', '2026-11-25'), '2026-11-26');
  assert.equal(goal('next-morning', '2026-11-25', '06:10'), '2026-11-25');
  assert.equal(goal('next-morning', '2026-11-27'), '2026-11-30');
  // 24/11, Ngày Văn hóa Việt Nam
  assert.equal(goal('next-morning', '2026-11-23'), '2026-11-25');
  // Thursday; 1/1 is a holiday, then the weekend
  assert.equal(goal('next-morning', '2026-12-31'), '2027-01-04');
  // Tết 2027 and the days made up for it
  assert.equal(goal('next-morning', '2027-02-04'), '2027-02-12');
});

test('next week begins on its Monday, or on the first day of it when the office is open', () => {
  assert.equal(goal('next-week', '2026-11-23'), '2026-11-30');
  assert.equal(goal('next-week', '2026-11-29'), '2026-11-30');
  assert.equal(goal('next-week', '2027-02-05'), '2027-02-12');
});

test('a quarter and a year end on their last working day; from that day on, the next one is meant', () => {
  assert.equal(goal('quarter-end', '2026-11-23'), '2026-12-31');
  assert.equal(goal('quarter-end', '2027-01-04'), '2027-03-31');
  assert.equal(goal('quarter-end', '2027-03-31'), '2027-06-30');
  assert.equal(goal('year-end', '2026-11-23'), '2026-12-31');
  assert.equal(goal('year-end', '2026-12-31'), '2027-12-31');
  // 31/10 is a Sunday, so the office's last day of that month is the 29th: no quarter ends there
  assert.equal(goal('quarter-end', '2027-10-29'), '2027-12-31');
});

test('beyond the last day no step leads, up to it every one that ends there', () => {
  assert.equal(goal('year-end', '2028-01-03'), null);
  assert.equal(goal('quarter-end', '2028-01-03'), null);
  assert.equal(goal('next-week', '2028-01-14'), '2028-01-17');
  // 31/1/2028 is made up for Tết: the next working morning is in February
  assert.equal(goal('next-morning', '2028-01-24'), null);
  assert.equal(goal('next-morning', '2028-03-01'), null);
});
