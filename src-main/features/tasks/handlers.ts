import { describeError } from '../../../src-shared/errors.ts';
import type { ParsedInput, Output } from '../../../src-shared/contract/index.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { act, tellDone } from '../documents/act.ts';
import { givenReason } from '../documents/checks.ts';
import { rolesToday } from '../grants/in-force.ts';
import type { Handlers } from '../handlers.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { alarms, toAlarmView } from './alarms.ts';
import { checkDeadlines } from './calendar.ts';
import { dueOf, lawfulDeadlines, toDeadlineView } from './due.ts';

type TaskHandlers = Pick<Handlers, Extract<keyof Handlers, `tasks.${string}`>>;

/** What is done about one's own part of a document, and about those of others; who may is the shared rule's to say. */
export function taskHandlers(context: DeskContext): TaskHandlers {
  return {
    'tasks.accept': ({ id }) => act(context, id, { type: 'acceptTask', args: {} }),
    'tasks.return': ({ id, reason }) => {
      const given = givenReason(reason);
      return given.ok ? act(context, id, { type: 'returnTask', args: { reason: given.value } }) : given;
    },
    'tasks.report': ({ id, percent, text }) => act(context, id, { type: 'reportProgress', args: { percent, text: text.trim() } }),
    'tasks.requestExtension': ({ id, until, reason, closedDay }) => {
      const given = givenReason(reason);
      if (!given.ok) return given;
      const day = checkDeadlines(context, [until], closedDay);
      return day.ok ? act(context, id, { type: 'requestExtension', args: { until, reason: given.value } }) : day;
    },
    'tasks.answerExtension': ({ id, ...args }) => act(context, id, { type: 'answerExtension', args }),
    'tasks.finish': ({ id, result, answer }) => {
      if (answer !== null && context.store.findDocument(answer) === null) return fail('not-found', { what: 'document' });
      return act(context, id, { type: 'finishTask', args: { result: result.trim(), answer } });
    },
    'tasks.reopen': ({ id, reason }) => {
      const given = givenReason(reason);
      return given.ok ? act(context, id, { type: 'reopen', args: { reason: given.value } }) : given;
    },
    'tasks.evaluate': ({ id, ...args }) => act(context, id, { type: 'evaluate', args }),
    'tasks.passOn': ({ id, closedDay, ...args }) => {
      // NĐ 30/2020 Art 23.4: within the unit; another unit is written to
      if (!context.store.people().some((one) => one.id === args.to && one.unit === context.unit.code)) return fail('not-found', { what: 'person' });
      const day = checkDeadlines(context, [args.deadline], closedDay);
      return day.ok ? act(context, id, { type: 'passOn', args }) : day;
    },
    'tasks.remind': ({ id, ...args }) => act(context, id, { type: 'remind', args }),
    'tasks.assignMany': (input) => assignMany(context, input),
    'tasks.board': (input) => board(context, input),
    'tasks.deadlines': ({ id }) =>
      context.store.findDocument(id) === null ? fail('not-found', { what: 'document' }) : ok({ deadlines: lawfulDeadlines(context, id).map((one) => toDeadlineView(context, one)) }),
    'tasks.alarms': () => ok({ rows: alarms(context).map((one) => toAlarmView(context, one)) }),
  };
}

/** Each is its own transaction: what can be assigned is, whatever becomes of the others. The screens and the line are told once. */
function assignMany(context: DeskContext, { ids, closedDay, ...args }: ParsedInput<'tasks.assignMany'>): Result<Output<'tasks.assignMany'>> {
  const days = checkDeadlines(context, [args.deadline, ...(args.each ?? []).map(({ deadline }) => deadline)], closedDay);
  if (!days.ok) return days;
  const done: Output<'tasks.assignMany'>['done'] = [];
  const failed: Output<'tasks.assignMany'>['failed'] = [];
  for (const id of new Set(ids)) {
    const assigned = act(context, id, { type: 'assign', args }, { quiet: true });
    if (assigned.ok) done.push(id);
    else failed.push({ id, error: assigned.error, message: describeError(assigned.error) });
  }
  if (done.length > 0) tellDone(context, done, context.now().toISOString());
  return ok({ done, failed });
}

/** Everybody's is for those who give work out and keep an eye on it (NĐ 30/2020 Art 24.1); everybody sees their own. Error: `not-allowed`. */
function board(context: DeskContext, { person, ...query }: ParsedInput<'tasks.board'>): Result<Output<'tasks.board'>> {
  const sees = rolesToday(context).some((role) => role === 'leader' || role === 'clerk');
  if (person !== context.me.id && !sees) return fail('not-allowed');
  const today = vietnamDate(context.now());
  const { total, rows } = context.store.taskBoard({ ...query, person, today });
  const people = [...context.store.workLoad(today)].map(([id, { open, overdue }]) => ({ person: id as typeof context.me.id, open, late: overdue }));
  return ok({ total, rows: rows.map(({ document, task }) => ({ document, task, ...dueOf(context, task) })), people: sees ? people : people.filter((one) => one.person === context.me.id) });
}
