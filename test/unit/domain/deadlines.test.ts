import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createCalendar, instantAt } from '../../../src-shared/domain/calendar.ts';
import { deadlinesOf, dossierDeadlines, usualDeadlines, type DeadlineInput, type DeadlineStep, type DossierTimes, type LegalDeadline, type TaskTimes } from '../../../src-shared/domain/deadlines.ts';
import { addDays } from '../../../src-shared/domain/holidays.ts';

const calendar = createCalendar();
/** `20 08:15`: in November 2026, Vietnam. The 20th is a Friday, the 24th a holiday. */
const at = (text: string): string => instantAt(`2026-11-${text.slice(0, 2)}`, text.slice(3));
type Incoming = DeadlineInput & { direction: 'incoming' };
type Outgoing = DeadlineInput & { direction: 'outgoing' };
const common = { urgency: 'normal', electronic: true, endedAt: null, tasks: [] } as const;
const incoming = (changes: Partial<Incoming>): Incoming => ({ ...common, direction: 'incoming', arrivedAt: at('20 08:15'), acknowledgedAt: null, registeredAt: null, presentedAt: null, recallAskedAt: null, recallAnsweredAt: null, ...changes });
const outgoing = (changes: Partial<Outgoing>): Outgoing => ({ ...common, direction: 'outgoing', signedAt: at('20 08:15'), numberedAt: null, issuedAt: null, sentAt: null, ...changes });

function deadline(input: DeadlineInput, step: DeadlineStep, now: string): LegalDeadline {
  const found = deadlinesOf(input, now, calendar).find((one) => one.step === step);
  assert.ok(found !== undefined, step);
  return found;
}
const steps = (input: DeadlineInput, now = at('20 09:00')): readonly DeadlineStep[] => deadlinesOf(input, now, calendar).map(({ step }) => step);

describe('receiving (NĐ 30/2020 Điều 21 to 23)', () => {
  test('Điều 21.2: the sender is told the same day; the alarm comes before the office closes', () => {
    const one = deadline(incoming({}), 'acknowledge', at('20 09:00'));
    assert.deepEqual([one.article, one.dueAt, one.lateFrom, one.state], ['NĐ 30/2020/NĐ-CP Điều 21.2', at('20 17:00'), at('21 00:00'), 'running']);
    // 405 minutes of office time from 08:15; half of them before 17:00 is 13:37:30
    assert.equal(one.alarmAt, new Date(Date.parse(at('20 13:37')) + 30_000).toISOString());
    assert.equal(deadline(incoming({}), 'acknowledge', at('20 14:00')).state, 'soon');
    assert.equal(deadline(incoming({}), 'acknowledge', at('20 18:00')).state, 'soon', 'the day is not over');
    assert.equal(deadline(incoming({}), 'acknowledge', at('21 00:00')).state, 'late');
  });

  test('Điều 21.2: told at 17:20 of the same day is in time, on the next day it is late', () => {
    assert.equal(deadline(incoming({ acknowledgedAt: at('20 17:20') }), 'acknowledge', at('23 08:00')).state, 'done-in-time');
    assert.equal(deadline(incoming({ acknowledgedAt: at('23 07:31') }), 'acknowledge', at('23 08:00')).state, 'done-late');
  });

  test('Điều 21.2: what comes after closing or on a day of rest is the next working day’s', () => {
    for (const arrived of ['20 17:00', '20 23:10', '21 10:00', '22 03:00']) assert.equal(deadline(incoming({ arrivedAt: at(arrived) }), 'acknowledge', at('22 04:00')).dueAt, at('23 17:00'), arrived);
    assert.equal(deadline(incoming({ arrivedAt: at('20 16:59') }), 'acknowledge', at('20 17:00')).dueAt, at('20 17:00'));
  });

  test('Điều 21.2 is about electronic documents; for paper nothing is sent back', () => {
    assert.deepEqual(steps(incoming({ electronic: false })), ['register', 'present']);
  });

  test('Điều 4.2c, 23.1: registered and submitted at the latest on the next working day, over weekend and holiday', () => {
    for (const step of ['register', 'present'] as const) {
      assert.equal(deadline(incoming({}), step, at('20 09:00')).dueAt, at('23 17:00'));
      assert.equal(deadline(incoming({ arrivedAt: at('23 15:00') }), step, at('23 15:00')).dueAt, at('25 17:00'));
      assert.equal(deadline(incoming({}), step, at('23 23:59')).state, 'soon');
      assert.equal(deadline(incoming({}), step, at('24 00:00')).state, 'late');
    }
    // Friday 08:15 to Monday 17:00 are 405 + 450 minutes; half of them before the end is Monday 07:52:30
    assert.equal(deadline(incoming({}), 'present', at('20 09:00')).alarmAt, new Date(Date.parse(at('23 07:52')) + 30_000).toISOString());
  });

  const urgencies = [['urgent', 30], ['very-urgent', 15], ['express', 15]] as const;
  for (const [urgency, minutes] of urgencies) {
    test(`Điều 4.2c, 23.1: ${urgency} is at once, ${minutes} minutes here, alarmed from the first minute, also on a Saturday night`, () => {
      for (const arrived of ['20 08:15', '21 22:00']) {
        const one = deadline(incoming({ urgency, arrivedAt: at(arrived) }), 'present', at(arrived));
        assert.equal(Date.parse(one.dueAt) - Date.parse(at(arrived)), minutes * 60_000);
        assert.deepEqual([one.alarmAt, one.state], [at(arrived), 'soon']);
      }
      const input = incoming({ urgency, presentedAt: new Date(Date.parse(at('20 08:15')) + minutes * 60_000).toISOString() });
      assert.equal(deadline(input, 'present', at('20 12:00')).state, 'done-late');
    });
  }

  test('the office names its own number for “ngay”', () => {
    const settings = { ...usualDeadlines, atOnceMinutes: { urgent: 120, 'very-urgent': 60, express: 5 } };
    const due = deadlinesOf(incoming({ urgency: 'urgent' }), at('20 08:20'), calendar, settings).find(({ step }) => step === 'present');
    assert.deepEqual([due?.dueAt, due?.state, due?.alarmAt], [at('20 10:15'), 'running', at('20 09:15')]);
  });

  test('Điều 18.4b: a recall is answered; the law gives no term, here it is the next working day', () => {
    const input = incoming({ registeredAt: at('20 09:00'), presentedAt: at('20 09:10'), acknowledgedAt: at('20 08:20'), recallAskedAt: at('20 15:00'), endedAt: at('20 15:00') });
    const one = deadline(input, 'recall', at('20 15:10'));
    assert.deepEqual([one.dueAt, one.article], [at('23 17:00'), 'NĐ 30/2020/NĐ-CP Điều 18.4b']);
    assert.equal(deadline({ ...input, recallAnsweredAt: at('23 10:00') }, 'recall', at('25 08:00')).state, 'done-in-time');
  });

  test('nothing more is owed for what was refused, what was done stays judged', () => {
    const refused = incoming({ acknowledgedAt: at('20 08:20'), endedAt: at('20 09:00') });
    assert.deepEqual(steps(refused, at('25 09:00')), ['acknowledge']);
  });
});

describe('issuing (NĐ 30/2020 Điều 15, 18; QĐ 28/2018 Điều 6.2)', () => {
  test('a document that is not signed has no deadline', () => {
    assert.deepEqual(deadlinesOf(outgoing({ signedAt: null }), at('20 09:00'), calendar), []);
  });

  test('Điều 15.2, 18.1: numbered and issued at the latest on the next working day', () => {
    for (const step of ['number', 'issue'] as const) {
      const one = deadline(outgoing({}), step, at('20 09:00'));
      assert.deepEqual([one.dueAt, one.lateFrom], [at('23 17:00'), at('24 00:00')]);
    }
  });

  test('QĐ 28 Điều 6.2: sent by the next working morning, which ends at noon; the stricter rule rings for issuing too', () => {
    const send = deadline(outgoing({}), 'send', at('20 09:00'));
    assert.deepEqual([send.article, send.dueAt, send.lateFrom], ['QĐ 28/2018/QĐ-TTg Điều 6.2', at('23 11:30'), at('23 12:00')]);
    assert.equal(deadline(outgoing({}), 'issue', at('20 09:00')).alarmAt, send.alarmAt);
    assert.ok(send.alarmAt < deadline(outgoing({}), 'number', at('20 09:00')).alarmAt);
    const late = outgoing({ numberedAt: at('23 13:00'), issuedAt: at('23 13:05'), sentAt: at('23 13:10') });
    assert.deepEqual(deadlinesOf(late, at('23 14:00'), calendar).map(({ step, state }) => [step, state]), [['number', 'done-in-time'], ['issue', 'done-in-time'], ['send', 'done-late']]);
  });

  test('QĐ 28 is not about paper', () => {
    assert.deepEqual(steps(outgoing({ electronic: false })), ['number', 'issue']);
    assert.equal(deadline(outgoing({ electronic: false }), 'issue', at('20 09:00')).alarmAt, deadline(outgoing({ electronic: false }), 'number', at('20 09:00')).alarmAt);
  });

  test('Điều 18.1, QĐ 28 Điều 6.2: what is urgent is issued and sent right after it was signed', () => {
    const one = outgoing({ urgency: 'express' });
    assert.deepEqual((['issue', 'send'] as const).map((step) => deadline(one, step, at('20 08:20')).dueAt), [at('20 08:30'), at('20 08:30')]);
    assert.equal(deadline(one, 'send', at('20 08:30')).state, 'late');
  });
});

describe('tasks (NĐ 30/2020 Điều 23.2, 24.2)', () => {
  const task: TaskTimes = { subject: 'officer-1', assignedAt: at('02 09:00'), deadline: '2026-11-20', doneAt: null };
  const find = (changes: Partial<TaskTimes>, now: string): LegalDeadline => deadline(incoming({ acknowledgedAt: at('20 08:20'), tasks: [{ ...task, ...changes }] }), 'task', now);

  test('a task is late when its day is over, and rings when the working day before begins', () => {
    assert.deepEqual([find({}, at('10 09:00')).state, find({}, at('10 09:00')).alarmAt], ['running', at('19 07:30')]);
    assert.equal(find({}, at('19 07:30')).state, 'soon');
    assert.equal(find({}, at('20 23:59')).state, 'soon');
    assert.equal(find({}, at('21 00:00')).state, 'late');
    assert.equal(find({ doneAt: at('20 22:00') }, at('25 09:00')).state, 'done-in-time');
    assert.equal(find({ doneAt: at('21 00:00') }, at('25 09:00')).state, 'done-late');
  });

  test('a deadline on a Monday rings on the Friday before, not on Sunday', () => {
    assert.equal(find({ deadline: '2026-11-23' }, at('10 09:00')).alarmAt, at('20 07:30'));
  });

  test('a date that a leader named stays, though it be a holiday', () => {
    assert.equal(find({ deadline: '2026-11-24' }, at('10 09:00')).lateFrom, at('25 00:00'));
    assert.equal(find({ deadline: '2026-11-24' }, at('10 09:00')).alarmAt, at('23 07:30'));
  });

  test('a task without a deadline is never late, one given after its deadline is at once', () => {
    assert.deepEqual(deadlinesOf(incoming({ tasks: [{ ...task, deadline: null }] }), at('10 09:00'), calendar).filter(({ step }) => step === 'task'), []);
    assert.equal(find({ assignedAt: at('25 09:00') }, at('25 09:01')).state, 'late');
  });
});

describe('dossiers (NĐ 30/2020 Điều 30.2, 31.3; Phụ lục VI III.5b)', () => {
  const dossier: DossierTimes = { endedOn: '2026-03-20', construction: false, retentionYears: 20, keptUntil: null, noticedAt: null, handedOverAt: null };
  const dates = (changes: Partial<DossierTimes>): readonly string[] => dossierDeadlines({ ...dossier, ...changes }, at('20 09:00'), calendar).map(({ dueAt }) => dueAt.slice(0, 10));
  const table: readonly (readonly [string, Partial<DossierTimes>, readonly string[]])[] = [
    ['Điều 30.2b: within a year, and the notice thirty days before', {}, ['2027-02-18', '2027-03-20']],
    ['Điều 30.2a: construction within three months after settlement', { construction: true }, ['2026-05-21', '2026-06-20']],
    ['Điều 31.3c: kept for ever is handed over', { retentionYears: null }, ['2027-02-18', '2027-03-20']],
    ['Điều 31.3c: five years are handed over', { retentionYears: 5 }, ['2027-02-18', '2027-03-20']],
    ['Điều 31.3c: less than five years need not be', { retentionYears: 4 }, []],
    ['Điều 31.3d: kept longer with consent', { keptUntil: '2028-01-31' }, ['2028-01-01', '2028-01-31']],
    ['Điều 31.3d: two years longer at most', { keptUntil: '2035-01-31' }, ['2029-02-18', '2029-03-20']],
    ['consent to less than the law’s own term shortens nothing', { keptUntil: '2026-12-31' }, ['2027-02-18', '2027-03-20']],
    ['29 February ends on the 28th', { endedOn: '2028-02-29' }, ['2029-01-29', '2029-02-28']],
  ];
  for (const [what, changes, expected] of table) test(what, () => assert.deepEqual(dates(changes), expected));

  test('what was handed over is done, its notice too', () => {
    const done = dossierDeadlines({ ...dossier, handedOverAt: at('02 09:00') }, at('20 09:00'), calendar);
    assert.deepEqual(done.map(({ state }) => state), ['done-in-time', 'done-in-time']);
    assert.deepEqual(dossierDeadlines({ ...dossier, handedOverAt: '2027-03-25T02:00:00Z' }, '2027-04-01T02:00:00Z', calendar).map(({ state }) => state), ['done-late', 'done-late']);
  });
});

describe('clocks that are wrong', () => {
  test('with the clock set back two days nothing is late, nothing is lost, and it is said', () => {
    const input = outgoing({ numberedAt: at('20 09:00'), issuedAt: at('20 09:05') });
    const back = deadlinesOf(input, at('18 09:00'), calendar);
    assert.deepEqual(back.map(({ step, state, clock }) => [step, state, clock]), [['number', 'done-in-time', 'ahead'], ['issue', 'done-in-time', 'ahead'], ['send', 'running', 'ahead']]);
    assert.deepEqual(deadlinesOf(input, at('20 10:00'), calendar).map(({ clock }) => clock), ['sound', 'sound', 'sound'], 'set right again');
  });

  test('a sender a month ahead does not push the deadline a month away', () => {
    const one = deadline(incoming({ arrivedAt: '2026-12-20T02:00:00Z' }), 'present', at('20 09:00'));
    assert.deepEqual([one.dueAt, one.clock], [at('23 17:00'), 'ahead']);
  });

  test('a minute between two machines is not told', () => {
    assert.equal(deadline(incoming({ arrivedAt: at('20 09:01') }), 'present', at('20 09:00')).clock, 'sound');
  });

  const moments = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minute) => new Date(Date.parse('2026-10-20T00:00:00Z') + minute * 60_000).toISOString());
  const maybe = fc.option(moments, { nil: null });
  const inputs = fc.record({
    urgency: fc.constantFrom('normal' as const, 'urgent' as const, 'very-urgent' as const, 'express' as const), electronic: fc.boolean(), arrivedAt: moments,
    acknowledgedAt: maybe, registeredAt: maybe, presentedAt: maybe, recallAskedAt: maybe, recallAnsweredAt: maybe, endedAt: maybe,
    tasks: fc.array(fc.record({ subject: fc.constant('x'), assignedAt: moments, deadline: fc.option(fc.integer({ min: -30, max: 90 }).map((days) => addDays('2026-11-01', days)), { nil: null }), doneAt: maybe }), { maxLength: 3 }),
  }).map((fields) => ({ ...fields, direction: 'incoming' as const }));

  test('every alarm is before its deadline, every state follows from the times', () => {
    fc.assert(fc.property(inputs, moments, (input, now) => {
      for (const one of deadlinesOf(input, now, calendar)) {
        assert.ok(one.alarmAt <= one.dueAt && one.dueAt <= one.lateFrom, JSON.stringify(one));
        if (one.doneAt === null) assert.equal(one.state, now >= one.lateFrom ? 'late' : now >= one.alarmAt ? 'soon' : 'running');
        else assert.ok(one.state.startsWith('done'));
      }
    }), { seed: 20_261_122, numRuns: 300 });
  });

  test('a clock that is set back never makes late what was not', () => {
    fc.assert(fc.property(inputs, moments, fc.integer({ min: 1, max: 60 * 24 * 60 }), (input, now, minutes) => {
      const back = new Date(Date.parse(now) - minutes * 60_000).toISOString();
      const before = deadlinesOf(input, now, calendar);
      deadlinesOf(input, back, calendar).forEach((one, index) => {
        if (one.state === 'late') assert.equal(before[index]?.state, 'late', JSON.stringify([one, before[index]]));
        if (one.state === 'done-late') assert.equal(before[index]?.state, 'done-late', JSON.stringify([one, before[index]]));
      });
    }), { seed: 20_261_122, numRuns: 300 });
  });
});
