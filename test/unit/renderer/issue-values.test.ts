import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findIssueFaults, noChanges, parseChanges, readNumber, type IssueFields } from '../../../src-renderer/features/issuing/issue-values.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';

const office = { code: 'H48', name: 'Sở Khoa học và Công nghệ' } as Organization;
const good: IssueFields = { numberText: '15', number: 15, notation: 'UBND-VP', date: '2026-11-21', recipients: [office] };
const rules = { next: 15, today: '2026-11-22', signedOn: '2026-11-20' };

function keys(fields: Partial<IssueFields>, send = true): Readonly<Record<string, string>> {
  const faults = findIssueFaults({ ...good, ...fields }, rules, send);
  return Object.fromEntries(Object.entries(faults).map(([field, fault]) => [field, fault.key]));
}

test('what the book, the day and the draft say has no fault', () => {
  assert.deepEqual(keys({}), {});
});

test('each fault stands at its own field', () => {
  assert.deepEqual(keys({ number: null }), { number: 'issue.needNumber' });
  assert.deepEqual(keys({ number: 17 }), { number: 'issue.notNext' });
  assert.deepEqual(keys({ notation: '  ' }), { notation: 'issue.needNotation' });
  assert.deepEqual(keys({ date: null }), { date: 'issue.needDate' });
  assert.deepEqual(keys({ date: '2026-11-23' }), { date: 'issue.dateAhead' });
  assert.deepEqual(keys({ date: '2026-11-19' }), { date: 'issue.dateBeforeSigning' });
  assert.deepEqual(keys({ number: null, date: null, recipients: [] }), { number: 'issue.needNumber', date: 'issue.needDate', recipients: 'issue.noRecipients' });
});

test('sealing without sending needs no recipients', () => {
  assert.deepEqual(keys({ recipients: [] }, false), {});
});

test('a number is figures only, and not nought', () => {
  assert.deepEqual(['15', ' 7 ', '0', '-3', '1.5', '15a', ''].map(readNumber), [15, 7, null, null, null, null, null]);
});

test('what an older version kept, or nonsense, is not taken for a form', () => {
  assert.deepEqual(parseChanges(noChanges), noChanges);
  assert.equal(parseChanges({ number: 15 }), null);
  assert.equal(parseChanges('15'), null);
});
