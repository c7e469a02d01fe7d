import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { builtDay, openPracticeClock } from '../../../src-main/practice/clock.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-clock-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const noon = Date.parse('2026-11-23T05:00:00Z');

test('it goes with the machine’s until it is moved, then as far ahead of it', () => {
  let real = noon;
  const clock = openPracticeClock(join(dir, 'a.json'), '2026-11-23', () => real);
  assert.equal(clock.now().getTime(), noon);
  clock.moveTo('2026-12-31T00:30:00.000Z');
  assert.equal(clock.now().toISOString(), '2026-12-31T00:30:00.000Z');
  real += 5000;
  assert.equal(clock.now().toISOString(), '2026-12-31T00:30:05.000Z');
});

test('it never goes back: not when moved to a day that has passed, not over a restart, not with a machine that was set back', () => {
  const path = join(dir, 'b.json');
  const clock = openPracticeClock(path, '2026-11-23', () => noon);
  clock.moveTo('2027-03-31T00:30:00.000Z');
  clock.moveTo('2026-12-01T00:30:00.000Z');
  assert.equal(clock.now().toISOString(), '2027-03-31T00:30:00.000Z');
  const later = openPracticeClock(path, '2026-11-23', () => noon + 86_400_000);
  assert.equal(later.now().toISOString(), '2027-04-01T00:30:00.000Z');
  const setBack = openPracticeClock(path, '2026-11-23', () => noon - 400 * 86_400_000);
  assert.equal(setBack.now().toISOString(), '2027-04-01T00:30:00.000Z');
});

test('the last day is that of the building, whenever it is opened', () => {
  const path = join(dir, 'c.json');
  openPracticeClock(path, '2026-11-23', () => noon).moveTo('2027-05-03T00:30:00.000Z');
  assert.equal(openPracticeClock(path, '2027-05-03', () => noon).lastDay, '2028-01-31');
  writeFileSync(join(dir, 'built.json'), JSON.stringify({ builtAt: '2026-01-30T18:00:00.000Z' }));
  assert.equal(builtDay(join(dir, 'built.json')), '2026-01-31');
});

test('a file that was cut off is the same as none', () => {
  const path = join(dir, 'd.json');
  openPracticeClock(path, '2026-11-23', () => noon).moveTo('2027-05-03T00:30:00.000Z');
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 20));
  assert.equal(openPracticeClock(path, '2026-11-23', () => noon).now().getTime(), noon);
});
