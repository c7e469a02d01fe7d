import type { WorkCalendar } from '../../../src-shared/domain/calendar.ts';
import { deadlinesOf } from '../../../src-shared/domain/deadlines.ts';
import type { RecipientState, Urgency } from '../../../src-shared/domain/document.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** What a receiver owes: its notice of receipt, or its answer to a recall. `dueAt` ISO 8601 UTC; `article` as an office cites it. */
export type Owed = { readonly what: 'acknowledge' | 'recall'; readonly dueAt: string; readonly article: string; readonly late: boolean };

/**
 * What the law asks of a receiver where it stands now, judged by the same rules as our own arrivals: the notice of receipt on the day (NĐ 30/2020 Art 21.2), what is recalled
 * cancelled (Art 18.4b). Of what comes after the receipt a sender is told the state, and no deadline: that is the receiver's own.
 */
export function owedBy({ status, asked, at }: RecipientState, urgency: Urgency, calendar: WorkCalendar, now: string): Owed | null {
  const waits = status === 'sent' || status === '01' ? 'acknowledge' : status === '13' && asked === 'recall' ? 'recall' : null;
  if (waits === null) return null;
  const steps = deadlinesOf(
    { direction: 'incoming', urgency, electronic: true, endedAt: null, tasks: [], arrivedAt: at, acknowledgedAt: null, registeredAt: null, presentedAt: null, recallAskedAt: waits === 'recall' ? at : null, recallAnsweredAt: null },
    now, calendar,
  );
  const step = steps.find((one) => one.step === waits);
  return step === undefined ? null : { what: waits, dueAt: step.dueAt, article: step.article, late: step.state === 'late' };
}

export const deliveryFilters = ['all', 'late', 'not-received', 'refused', 'asked', 'in-hand', 'done'] as const;
export type DeliveryFilter = (typeof deliveryFilters)[number];

/** Whether a receiver is of those that are looked for; `late` is judged beforehand. */
export function isOf(filter: DeliveryFilter, { status }: Pick<RecipientState, 'status'>, late: boolean): boolean {
  switch (filter) {
    case 'all': return true;
    case 'late': return late;
    case 'not-received': return status === 'planned' || status === 'sent' || status === '01';
    case 'refused': return status === '02';
    case 'asked': return status === '13' || status === '15' || status === '16';
    case 'in-hand': return status === '03' || status === '04' || status === '05';
    case 'done': return status === '06';
  }
}

/** The state in words: an answer by what was asked. */
export function wordsForStatus({ status, asked }: Pick<RecipientState, 'status' | 'asked'>): MessageKey {
  return (status === '13' || status === '15' || status === '16') && asked !== undefined ? `asked.${asked}.${status}` : `delivery.${status}`;
}

/** Those that somebody has to see to stand first: late, refused, not agreed. Else the order in which they were named. */
export function weightOf({ status }: Pick<RecipientState, 'status'>, late: boolean): number {
  return late ? 0 : status === '02' || status === '16' ? 1 : status === '13' ? 2 : 3;
}
