import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { backupAgeDays, backupsToRemove, isBackupDue } from '../../../src-shared/domain/backup-rotation.ts';
import { makePhrase, phraseSigns, readPhrase } from '../../../src-shared/domain/recovery-phrase.ts';

const at = (text: string): { name: string; atMs: number } => ({ name: text, atMs: Date.parse(`${text}+07:00`) });

const cases: readonly (readonly [what: string, rule: { daily: number; weekly: number; monthly: number }, all: readonly string[], removed: readonly string[]])[] = [
  ['none', { daily: 7, weekly: 4, monthly: 12 }, [], []],
  ['the only one, however old', { daily: 0, weekly: 0, monthly: 0 }, ['2020-01-01T08:00'], []],
  ['the earlier of one day', { daily: 7, weekly: 4, monthly: 12 }, ['2026-03-02T08:00', '2026-03-02T16:00'], ['2026-03-02T08:00']],
  ['a day of Vietnam begins at its own midnight', { daily: 7, weekly: 0, monthly: 0 }, ['2026-03-02T23:59', '2026-03-03T00:01'], []],
  ['days without a backup do not count', { daily: 2, weekly: 0, monthly: 0 }, ['2026-01-01T08:00', '2026-02-01T08:00', '2026-03-01T08:00'], ['2026-01-01T08:00']],
  ['a week begins on Monday', { daily: 0, weekly: 2, monthly: 0 }, ['2026-03-01T08:00', '2026-03-02T08:00', '2026-03-08T08:00'], ['2026-03-02T08:00']],
  ['the newest of a month', { daily: 0, weekly: 0, monthly: 2 }, ['2026-01-30T08:00', '2026-01-31T08:00', '2026-02-02T08:00'], ['2026-01-30T08:00']],
];

for (const [what, rule, all, removed] of cases) {
  test(`rotation: ${what}`, () => assert.deepEqual(backupsToRemove(all.map(at), rule).toSorted(), removed.toSorted()));
}

test('a backup is due once a day, and at once when the clock was set back', () => {
  const now = Date.parse('2026-03-02T08:00+07:00');
  assert.deepEqual([isBackupDue(null, now), isBackupDue(now - 3_600_000, now), isBackupDue(now - 9 * 3_600_000, now), isBackupDue(now + 864_000_000, now)], [true, false, true, true]);
  assert.deepEqual([backupAgeDays(now - 7 * 86_400_000, now), backupAgeDays(now + 1, now)], [7, 0]);
});

test('a recovery code is read as it was made, and every single mistake of the hand is told with its group', () => {
  for (let i = 0; i < 50; i++) {
    const phrase = makePhrase((below) => randomInt(below));
    assert.match(phrase, /^([2-9B-X]{6}-){5}[2-9B-X]{6}$/);
    assert.deepEqual(readPhrase(` ${phrase.toLowerCase().replaceAll('-', '  ')} `), { phrase });
    const signs = phrase.replaceAll('-', '').split('');
    for (let place = 0; place < signs.length; place++) {
      for (const sign of phraseSigns) {
        if (sign !== signs[place]) assert.deepEqual(readPhrase(signs.with(place, sign).join('')), { fault: 'group', group: Math.floor(place / 6) + 1 });
      }
      const next = signs[place + 1];
      const here = signs[place];
      if (next !== undefined && here !== undefined && next !== here && place % 6 !== 5) assert.deepEqual(readPhrase(signs.with(place, next).with(place + 1, here).join('')), { fault: 'group', group: Math.floor(place / 6) + 1 });
    }
    const [first = '', second = '', ...rest] = phrase.split('-');
    assert.ok('fault' in readPhrase([second, first, ...rest].join('-')) || first === second, 'groups that changed places');
  }
  assert.deepEqual(readPhrase('234567'), { fault: 'length' });
});

test('no sign of a recovery code is one that Telex or VNI changes, or that looks like another', () => {
  assert.equal(/[AEIOUYWDSZQ01]/.test(phraseSigns), false);
  assert.equal(new Set(phraseSigns).size, 23);
});
