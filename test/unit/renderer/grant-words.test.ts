import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endMeans } from '../../../src-renderer/features/office/grant-words.ts';
import { holdsOn } from '../../../src-shared/domain/records/grants.ts';

const today = '2026-11-23';

test('a last day that is today leaves the grant in force to midnight, yesterday ends it now, and so does one before a first day that has come; before one that has not, it never holds', () => {
  for (const [firstDay, lastDay, means, holds] of [
    ['2026-11-01', today, 'day', true],
    ['2026-11-01', '2026-11-30', 'day', true],
    [today, today, 'day', true],
    ['2026-11-01', '2026-11-22', 'now', false],
    [today, '2026-11-22', 'now', false],
    ['2026-11-24', today, 'never', false],
    ['2026-11-24', '2026-11-22', 'never', false],
    ['2026-11-24', '2026-11-25', 'day', false],
  ] as const) {
    assert.deepEqual([endMeans({ firstDay }, lastDay, today), holdsOn({ firstDay, lastDay }, today)], [means, holds], `${firstDay} to ${lastDay}`);
  }
});
