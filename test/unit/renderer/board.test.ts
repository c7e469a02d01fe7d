import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LegalDeadlineView } from '../../../src-shared/contract/tasks.ts';
import type { DocumentId, PersonId } from '../../../src-shared/domain/ids.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { assignmentOf, assignValuesOf, findAssignFaults, parseAssign, withDayMoved, withOwnDeadline, type AssignValues } from '../../../src-renderer/features/documents/assign-values.ts';
import { peopleByLoad } from '../../../src-renderer/features/tasks/board-view.ts';
import { alarmsByDocument, folderOf } from '../../../src-renderer/features/tasks/use-alarms.ts';

const [mai, an, binh] = ['mai', 'an', 'binh'] as [PersonId, PersonId, PersonId];
const values: AssignValues = { lead: mai, support: [an], inform: [binh], directive: ' Tham mưu ', deadline: '2026-03-20', each: [] };

test('a deadline of one’s own goes along for who works on it, and not for who is only told or was taken off again', () => {
  const each = [{ person: an, deadline: '2026-03-09' }, { person: binh, deadline: '2026-03-10' }];
  assert.deepEqual(assignmentOf({ ...values, each }), { lead: mai, support: [an], inform: [binh], directive: 'Tham mưu', deadline: '2026-03-20', each: [{ person: an, deadline: '2026-03-09' }] });
  assert.deepEqual(assignmentOf({ ...values, support: [], each }), { lead: mai, support: [], inform: [binh], directive: 'Tham mưu', deadline: '2026-03-20' });
  assert.deepEqual(findAssignFaults({ ...values, each }, '2026-03-10'), { each: [an] }, 'whose has passed is named, of those who work on it');
  assert.deepEqual(findAssignFaults(values, '2026-03-20'), {});
});

test('a deadline of one’s own is put in the place of the one before, and taken away again', () => {
  const once = withOwnDeadline([], an, '2026-03-09');
  assert.deepEqual(withOwnDeadline(once, an, '2026-03-11'), [{ person: an, deadline: '2026-03-11' }]);
  assert.deepEqual(withOwnDeadline(once, an, null), []);
});

test('the next working day takes the place of the day off wherever it was given', () => {
  const each = [{ person: an, deadline: '2026-03-21' }, { person: mai, deadline: '2026-03-19' }];
  assert.deepEqual(withDayMoved({ ...values, deadline: '2026-03-21', each }, '2026-03-21', '2026-03-23'), { deadline: '2026-03-23', each: [{ person: an, deadline: '2026-03-23' }, { person: mai, deadline: '2026-03-19' }] });
});

test('a form that an older version kept is read, and an assignment without deadlines of their own too', () => {
  const { each, ...older } = values;
  assert.deepEqual(parseAssign(older)?.each, each);
  assert.deepEqual(assignValuesOf({ lead: mai, support: [], inform: [], directive: '', deadline: null }).each, []);
});

test('people stand by what is late, then by what they carry, then by name; who left and still has work stays', () => {
  const directory = [mai, an, binh].map((id) => ({ id, fullName: id, position: '' }));
  const loads = [{ person: mai, open: 5, late: 0 }, { person: an, open: 2, late: 1 }, { person: 'gone' as PersonId, open: 1, late: 0 }];
  assert.deepEqual(peopleByLoad(directory, loads).map(({ id, open, late }) => [id, open, late]), [[an, 2, 1], [mai, 5, 0], ['gone', 1, 0], [binh, 0, 0]]);
});

test('what presses is told once a document, with its steps in their order, and leads to where the first of them is done', () => {
  const row = (id: string, step: string, state: 'soon' | 'late', direction: 'incoming' | 'outgoing' = 'incoming') => ({
    document: { id: id as DocumentId, direction } as DocumentState,
    deadline: { step, what: step, who: null, article: '', dueAt: '2026-03-20T10:00:00.000Z', state, doneAt: null } satisfies LegalDeadlineView,
  });
  const alarms = alarmsByDocument([row('a', 'register', 'soon'), row('b', 'task', 'late'), row('a', 'present', 'soon'), row('c', 'issue', 'soon', 'outgoing'), row('d', 'recall', 'soon', 'outgoing')]);
  assert.deepEqual(alarms.map((alarm) => [alarm.document.id, alarm.steps.map(({ step }) => step), alarm.late, folderOf(alarm)]), [
    ['a', ['register', 'present'], false, 'incoming'], ['b', ['task'], true, 'tasks'], ['c', ['issue'], false, 'issuing'], ['d', ['recall'], false, 'outgoing'],
  ]);
});
