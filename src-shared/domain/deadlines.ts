import { handOverDay, handOverNoticeDay, isHandedOver } from './deadlines/hand-over.ts';
import { endOfDay, instantAt, type WorkCalendar } from './calendar.ts';
import type { Urgency } from './document.ts';
import { vietnamDay } from './vietnam-day.ts';

export type DeadlineStep = 'acknowledge' | 'register' | 'present' | 'number' | 'issue' | 'send' | 'recall' | 'task' | 'handover-notice' | 'handover';
export type DeadlineState = 'running' | 'soon' | 'late' | 'done-in-time' | 'done-late';

/** All instants ISO 8601 UTC. */
export type LegalDeadline = {
  readonly step: DeadlineStep;
  /** Of a task: whose; of everything else null. */
  readonly subject: string | null;
  /** As an office cites it. */
  readonly article: string;
  /** What the office aims at: its closing time where the law counts days. */
  readonly dueAt: string;
  /** From here on the law itself calls it late: where it counts days, when the day is over. What is done between `dueAt` and this is in time. */
  readonly lateFrom: string;
  /** Before `dueAt`, never before the step began; from here on it is `soon`. */
  readonly alarmAt: string;
  readonly state: DeadlineState;
  readonly doneAt: string | null;
  /** `ahead`: a time of this document lies in the future of `now`, so one of two clocks is wrong (`deadlinesOf`). */
  readonly clock: 'sound' | 'ahead';
};

export type DeadlineSettings = {
  /** The law says “ngay” and gives no number (NĐ 30/2020 Art 4.2c, 18.1, 23.1; QĐ 28/2018 Art 6.2); an office may name its own. Minutes of the clock, not of office hours: what is urgent does not wait for morning. */
  readonly atOnceMinutes: Readonly<Record<Exclude<Urgency, 'normal'>, number>>;
  /** NĐ 30/2020 Art 18.4b gives no term for cancelling what its sender recalls. */
  readonly recallWorkingDays: number;
};

export const usualDeadlines: DeadlineSettings = { atOnceMinutes: { urgent: 30, 'very-urgent': 15, express: 15 }, recallWorkingDays: 1 };

type Instant = string | null;
export type TaskTimes = { readonly subject: string; readonly assignedAt: string; /** `yyyy-mm-dd`. */ readonly deadline: string | null; readonly doneAt: Instant };

/** Times of one document, as its events have them. `endedAt`: refused, returned, recalled or voided; no further step is owed then. */
export type DeadlineInput = { readonly urgency: Urgency; readonly electronic: boolean; readonly endedAt: Instant; readonly tasks: readonly TaskTimes[] } & (
  | {
      readonly direction: 'incoming';
      readonly arrivedAt: string;
      readonly acknowledgedAt: Instant;
      readonly registeredAt: Instant;
      readonly presentedAt: Instant;
      /** When its sender asked for it back, and when that was answered. */
      readonly recallAskedAt: Instant;
      readonly recallAnsweredAt: Instant;
    }
  | { readonly direction: 'outgoing'; readonly signedAt: Instant; readonly numberedAt: Instant; readonly issuedAt: Instant; readonly sentAt: Instant }
);

/**
 * What the law asks of each step of a document, in the order of the steps. A step that has not begun has no deadline.
 *
 * A clock that was set back: a time that lies in the future of `now` is known to have happened already, so it is taken as `now`. What is not done then is
 * `running` (or `soon`), what is done is `done-in-time`: a wrong clock alone makes nothing late, and `clock: 'ahead'` says that the judgement leans on one.
 * With the clock set right again, the same call judges by the times as they are.
 */
export function deadlinesOf(input: DeadlineInput, now: string, calendar: WorkCalendar, settings: DeadlineSettings = usualDeadlines): readonly LegalDeadline[] {
  const judge = judgeAt(now, calendar);
  const steps = input.direction === 'incoming' ? incomingSteps(input, now, calendar, settings) : outgoingSteps(input, now, calendar, settings);
  const tasks = input.tasks.flatMap(({ subject, assignedAt, deadline, doneAt }): readonly Step[] =>
    deadline === null ? [] : [{ step: 'task', subject, article: 'NĐ 30/2020/NĐ-CP Điều 23.2, 24.2', startedAt: assignedAt, doneAt, ...onTheDay(deadline, calendar) }],
  );
  return [...steps, ...tasks].filter(({ step, doneAt }) => doneAt !== null || input.endedAt === null || step === 'recall').map(judge);
}

export type DossierTimes = {
  /** When the work ended; for construction, when it was settled (quyết toán). `yyyy-mm-dd`. */
  readonly endedOn: string;
  readonly construction: boolean;
  /** Null: kept for ever (vĩnh viễn). */
  readonly retentionYears: number | null;
  /** With the head's written consent (Art 31.3d); counted for two years from the due day at most. */
  readonly keptUntil: string | null;
  readonly noticedAt: Instant;
  readonly handedOverAt: Instant;
};

/**
 * Hand-over of a dossier to the archive: within a year after the work ended, three months for construction (NĐ 30/2020 Art 30.2), only where it is kept for five years or more
 * (Art 31.3c); and the notice thirty days before it (App VI.III.5b), which an earlier notice fulfils too.
 */
export function dossierDeadlines(dossier: DossierTimes, now: string, calendar: WorkCalendar): readonly LegalDeadline[] {
  if (!isHandedOver(dossier.retentionYears)) return [];
  const due = handOverDay(dossier);
  const startedAt = instantAt(dossier.endedOn, '00:00');
  // a dossier that was handed over needs no notice any more
  const noticedAt = dossier.noticedAt ?? dossier.handedOverAt;
  return ([
    { step: 'handover-notice', subject: null, article: 'NĐ 30/2020/NĐ-CP Phụ lục VI, III.5b', startedAt, doneAt: noticedAt, ...onTheDay(handOverNoticeDay(due), calendar) },
    { step: 'handover', subject: null, article: 'NĐ 30/2020/NĐ-CP Điều 30.2', startedAt, doneAt: dossier.handedOverAt, ...onTheDay(due, calendar) },
  ] satisfies readonly Step[]).map(judgeAt(now, calendar));
}

type Due = Pick<LegalDeadline, 'dueAt' | 'lateFrom'>;
type Step = Due & Pick<LegalDeadline, 'step' | 'subject' | 'article' | 'doneAt'> & {
  readonly startedAt: string;
  /** A stricter rule for the same step, which the alarm follows. */
  readonly alarmDueAt?: string;
};

function incomingSteps(input: DeadlineInput & { direction: 'incoming' }, now: string, calendar: WorkCalendar, settings: DeadlineSettings): readonly Step[] {
  const startedAt = notAfter(input.arrivedAt, now);
  const begun = { subject: null, startedAt: input.arrivedAt } as const;
  const atOnce = input.urgency === 'normal' ? null : afterMinutes(startedAt, settings.atOnceMinutes[input.urgency]);
  const steps: Step[] = [];
  // Art 21.2c: electronic documents only; paper is signed for at the door
  if (input.electronic) steps.push({ ...begun, step: 'acknowledge', article: 'NĐ 30/2020/NĐ-CP Điều 21.2', doneAt: input.acknowledgedAt, ...sameDay(startedAt, calendar) });
  const plain = nextWorkingDay(startedAt, calendar);
  steps.push({ ...begun, step: 'register', article: 'NĐ 30/2020/NĐ-CP Điều 4.2c', doneAt: input.registeredAt, ...(atOnce ?? plain) });
  steps.push({ ...begun, step: 'present', article: atOnce === null ? 'NĐ 30/2020/NĐ-CP Điều 23.1' : 'NĐ 30/2020/NĐ-CP Điều 4.2c, 23.1', doneAt: input.presentedAt, ...(atOnce ?? plain) });
  if (input.recallAskedAt !== null) {
    const asked = vietnamDay(notAfter(input.recallAskedAt, now));
    steps.push({
      step: 'recall', subject: null, article: 'NĐ 30/2020/NĐ-CP Điều 18.4b', startedAt: input.recallAskedAt, doneAt: input.recallAnsweredAt,
      ...onTheDay(calendar.addWorkingDays(asked, settings.recallWorkingDays), calendar),
    });
  }
  return steps;
}

function outgoingSteps(input: DeadlineInput & { direction: 'outgoing' }, now: string, calendar: WorkCalendar, settings: DeadlineSettings): readonly Step[] {
  if (input.signedAt === null) return [];
  const startedAt = notAfter(input.signedAt, now);
  const begun = { subject: null, startedAt: input.signedAt } as const;
  const atOnce = input.urgency === 'normal' ? null : afterMinutes(startedAt, settings.atOnceMinutes[input.urgency]);
  const plain = nextWorkingDay(startedAt, calendar);
  const morning = calendar.nextWorkingMorning(startedAt);
  const noon = instantAt(morning.date, '12:00');
  const morningOver = noon > morning.closesAt ? noon : morning.closesAt;
  const steps: Step[] = [
    // Art 15.2 says it of paper; of electronic documents 15.3 names no time, and the same is taken
    { ...begun, step: 'number', article: 'NĐ 30/2020/NĐ-CP Điều 15.2', doneAt: input.numberedAt, ...plain },
    // what must be sent by morning must be issued by morning
    { ...begun, step: 'issue', article: 'NĐ 30/2020/NĐ-CP Điều 18.1', doneAt: input.issuedAt, ...(atOnce ?? plain), ...(atOnce === null && input.electronic ? { alarmDueAt: morning.closesAt } : {}) },
  ];
  // QĐ 28/2018 is about electronic documents; paper leaves the office by Art 18.1
  if (input.electronic) {
    steps.push({ ...begun, step: 'send', article: 'QĐ 28/2018/QĐ-TTg Điều 6.2', doneAt: input.sentAt, ...(atOnce ?? { dueAt: morning.closesAt, lateFrom: morningOver }) });
  }
  return steps;
}

/** “Trong ngày”: what comes on a closed day or after closing is the next working day's. The decree does not say so; nobody is there to do it before. */
function sameDay(startedAt: string, calendar: WorkCalendar): Due {
  const day = vietnamDay(startedAt);
  const closes = calendar.endOfWorkingDay(day);
  return onTheDay(startedAt < closes ? vietnamDay(closes) : calendar.addWorkingDays(day, 1), calendar);
}

/** “Trong ngày, chậm nhất là trong ngày làm việc tiếp theo”. */
function nextWorkingDay(startedAt: string, calendar: WorkCalendar): Due {
  return onTheDay(calendar.addWorkingDays(vietnamDay(startedAt), 1), calendar);
}

/** On that very day, be it a working day or not: a date that a leader or the law has named is not moved here; who types one is told (`onClosedDay`). */
function onTheDay(date: string, calendar: WorkCalendar): Due {
  return { dueAt: instantAt(date, calendar.hours.afternoon.to), lateFrom: endOfDay(date) };
}

function afterMinutes(startedAt: string, minutes: number): Due {
  const at = new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
  return { dueAt: at, lateFrom: at };
}

function judgeAt(now: string, calendar: WorkCalendar): (step: Step) => LegalDeadline {
  const present = utc(now);
  return ({ startedAt, alarmDueAt, ...step }) => {
    const ahead = isAhead(startedAt, now) || (step.doneAt !== null && isAhead(step.doneAt, now));
    const alarmAt = alarmBefore(alarmDueAt ?? step.dueAt, notAfter(startedAt, now), calendar);
    return { ...step, doneAt: step.doneAt === null ? null : utc(step.doneAt), alarmAt, state: stateOf(step, alarmAt, present), clock: ahead ? 'ahead' : 'sound' };
  };
}

function stateOf({ doneAt, lateFrom }: Pick<Step, 'doneAt' | 'lateFrom'>, alarmAt: string, now: string): DeadlineState {
  if (doneAt !== null) return utc(doneAt) > now || utc(doneAt) < lateFrom ? 'done-in-time' : 'done-late';
  return now >= lateFrom ? 'late' : now >= alarmAt ? 'soon' : 'running';
}

/**
 * A deadline of days is alarmed when the working day before its last begins; a nearer one after half of the office time that it leaves, thirty minutes before at least, and at once
 * if it does not leave as much. Never before the step began, never after it is due.
 */
function alarmBefore(dueAt: string, startedAt: string, calendar: WorkCalendar): string {
  if (startedAt >= dueAt) return dueAt;
  const [from, to] = [vietnamDay(startedAt), vietnamDay(dueAt)];
  let alarm: string;
  // more than two working days: a due day far away is not counted out day by day
  if (to > from && calendar.addWorkingDays(from, 2) < to) {
    alarm = calendar.startOfWorkingDay(calendar.addWorkingDays(to, -1));
  } else {
    const minutes = calendar.officeMinutesBetween(startedAt, dueAt);
    alarm = minutes === 0 ? startedAt : calendar.officeMinutesBefore(dueAt, Math.max(minutes / 2, 30));
  }
  return alarm < startedAt ? startedAt : alarm;
}

/** The earlier of the two, UTC. */
function notAfter(at: string, now: string): string {
  return utc(at) < utc(now) ? utc(at) : utc(now);
}

/** Desks and servers differ by seconds; nobody is told of that. */
const clockToleranceMs = 120_000;

function isAhead(at: string, now: string): boolean {
  return Date.parse(at) > Date.parse(now) + clockToleranceMs;
}

/** One form, so that texts compare as times do. */
function utc(at: string): string {
  return new Date(at).toISOString();
}
