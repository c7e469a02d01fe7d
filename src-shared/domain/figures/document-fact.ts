import { apply } from '../apply.ts';
import type { WorkCalendar } from '../calendar.ts';
import { deadlinesOf, usualDeadlines, type DeadlineInput, type DeadlineSettings, type LegalDeadline } from '../deadlines.ts';
import { timesOf } from '../deadlines/times.ts';
import type { DocumentEvent, DocumentState } from '../document.ts';
import type { DocumentId } from '../ids.ts';
import { vietnamDay } from '../vietnam-day.ts';
import { factEnds, type DocumentFact, type FactEnd, type SpanFact, type StepFact } from './facts.ts';

/** A moment after every other: the terms of `deadlinesOf` do not depend on it, only its judgement does, and that is made by day here. */
export const neverNow = '9999-12-31T00:00:00.000Z';

/** Null: the log is empty. */
export function documentFact(id: DocumentId, events: readonly DocumentEvent[], calendar: WorkCalendar, settings: DeadlineSettings = usualDeadlines): DocumentFact | null {
  const times = timesOf(id, events);
  const seen = walk(id, events);
  if (times === null || seen === null) return null;
  const { state } = seen;
  const incoming = state.direction === 'incoming';
  return {
    of: 'document', id, unit: state.unit.code, kind: state.kind,
    // the day that the printed book has (NĐ 30/2020 App IV), where it is in the book already
    arrivedOn: incoming ? (state.arrival?.arrivalDate ?? vietnamDay(state.createdAt)) : null,
    channel: incoming ? (state.channel ?? 'system') : null,
    sentOn: seen.sentAt === null ? null : vietnamDay(seen.sentAt),
    signedByPerson: seen.signedByPerson,
    signedByOrganisation: seen.signedByOrganisation,
    steps: deadlinesOf(times, neverNow, calendar, settings).map((one) => stepOf(one, startOf(one, times, seen.taskStarts))),
    spans: [...spanOf('assign', seen.presentedAt, seen.assignedAt, calendar), ...spanOf('handle', state.createdAt, state.stage === 'finished' ? seen.finishedAt : null, calendar)],
    end: isEnd(state.stage) && seen.stageAt !== null ? { end: state.stage, on: vietnamDay(seen.stageAt) } : null,
  };
}

type Seen = {
  state: DocumentState;
  /** First times, but of the finish: what was opened again is finished when it is finished at last. */
  sentAt: string | null; presentedAt: string | null; assignedAt: string | null; finishedAt: string | null;
  stageAt: string | null;
  signedByPerson: boolean; signedByOrganisation: boolean;
  taskStarts: ReadonlyMap<string, string>;
};

function walk(id: DocumentId, events: readonly DocumentEvent[]): Seen | null {
  let state: DocumentState | null = null;
  const at: Omit<Seen, 'state' | 'taskStarts'> = { sentAt: null, presentedAt: null, assignedAt: null, finishedAt: null, stageAt: null, signedByPerson: false, signedByOrganisation: false };
  for (const event of events) {
    const before: DocumentState | null = state;
    state = apply(id, before, event);
    if (before?.stage !== state.stage) at.stageAt = event.at;
    if (before?.stage !== 'finished' && state.stage === 'finished') at.finishedAt = event.at;
    if (event.type === 'presented') at.presentedAt ??= event.at;
    if (event.type === 'assigned') at.assignedAt ??= event.at;
    if (event.type === 'sent') at.sentAt ??= event.at;
    // what goes back to its drafter has no signature any more (NĐ 30/2020 Art 11)
    if (state.stage === 'draft' || state.stage === 'submitted' || state.stage === 'returned') at.signedByPerson = at.signedByOrganisation = false;
    if (event.type === 'approved') at.signedByPerson = event.signer !== '';
    if (event.type === 'issued') at.signedByOrganisation = event.signer !== '';
  }
  if (state === null) return null;
  return { ...at, state, taskStarts: new Map(state.tasks.map(({ person, givenAt }) => [person, givenAt])) };
}

function startOf({ step, subject }: LegalDeadline, times: DeadlineInput, taskStarts: ReadonlyMap<string, string>): string {
  if (step === 'task') return taskStarts.get(subject ?? '') ?? neverNow;
  if (times.direction === 'outgoing') return times.signedAt ?? neverNow;
  return step === 'recall' ? (times.recallAskedAt ?? neverNow) : times.arrivedAt;
}

export function stepOf({ step, subject, lateFrom, doneAt }: LegalDeadline, startedAt: string): StepFact {
  return { step, person: subject, startedAt: utc(startedAt), lateFrom: utc(lateFrom), doneAt: doneAt === null ? null : utc(doneAt) };
}

function spanOf(span: SpanFact['span'], from: string | null, to: string | null, calendar: WorkCalendar): readonly SpanFact[] {
  if (from === null || to === null) return [];
  const impossible = Date.parse(to) < Date.parse(from);
  return [{ span, endedOn: vietnamDay(to), minutes: impossible ? null : Math.floor(calendar.officeMinutesBetween(from, to)) }];
}

function isEnd(stage: string): stage is FactEnd {
  return (factEnds as readonly string[]).includes(stage);
}

/** One form, so that texts compare as times do. */
function utc(at: string): string {
  return new Date(at).toISOString();
}
