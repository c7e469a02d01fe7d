import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysLeft } from '../../../src-renderer/features/tasks/days-left.ts';
import { findTaskFaults, parseTaskValues, taskValuesOf, type TaskVerb } from '../../../src-renderer/features/tasks/task-asking.ts';
import { translate, type Translate } from '../../../src-renderer/i18n/translate.ts';
import { createCalendar } from '../../../src-shared/domain/calendar.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import { freshTask } from '../../../src-shared/domain/task-rules.ts';

const t: Translate = (key, params) => translate('vi', key, params);
const calendar = createCalendar([{ date: '2026-12-02', kind: 'off', name: 'Ngày hội' }]);
const [mai, thang] = ['mai' as PersonId, 'thang' as PersonId];
const task = freshTask(mai, 'lead', 'Xem', '2026-11-27', { by: thang, at: '2026-11-23T02:00:00Z' }, null);

test('a deadline is told in working days of the office, and its weight grows as it nears', () => {
  const said = (deadline: string): string => {
    const { words, tone } = daysLeft(deadline, calendar, t, '2026-12-01');
    return `${words} (${tone})`;
  };
  assert.equal(said('2026-12-01'), 'hôm nay (warn)');
  // Wednesday the office's own day off: Thursday is the next one
  assert.equal(said('2026-12-03'), 'còn 1 ngày làm việc (warn)');
  assert.equal(said('2026-12-04'), 'còn 2 ngày làm việc (quiet)');
  assert.equal(said('2026-12-02'), 'sắp đến, rơi vào ngày nghỉ (warn)');
  assert.equal(said('2026-11-27'), 'quá hạn 2 ngày làm việc (bad)');
});

test('each form says what it still needs beside the field it needs it in', () => {
  const faults = (verb: TaskVerb): unknown => findTaskFaults(verb, taskValuesOf(verb, task), task, '2026-11-24');
  assert.deepEqual(faults('return'), { text: 'task.needReason' });
  assert.deepEqual(faults('extend'), { text: 'task.needReason', until: 'task.needUntil' });
  assert.deepEqual(faults('passOn'), { person: 'task.needPerson' });
  assert.deepEqual(faults('evaluate'), { grade: 'task.needGrade' });
  for (const verb of ['report', 'finish', 'remind'] as const) assert.deepEqual(faults(verb), {}, verb);
});

test('more time is more: a day that is past or not after the present deadline is refused', () => {
  const until = (date: string): unknown => findTaskFaults('extend', { ...taskValuesOf('extend', task), text: 'Chờ', until: date }, task, '2026-11-24');
  assert.deepEqual(until('2026-11-23'), { until: 'assign.deadlinePassed' });
  assert.deepEqual(until('2026-11-27'), { until: 'task.untilNotLater' });
  assert.deepEqual(until('2026-11-30'), {});
});

test('what an older version kept and cannot be read is not shown', () => {
  assert.equal(parseTaskValues({ text: 'a' }), null);
  assert.equal(parseTaskValues({ ...taskValuesOf('report', task), percent: 101 }), null);
  assert.deepEqual(parseTaskValues(taskValuesOf('passOn', task)), taskValuesOf('passOn', task));
});
