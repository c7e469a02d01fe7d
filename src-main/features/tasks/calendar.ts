import { createCalendar, dayMonthYear, type WorkCalendar } from '../../../src-shared/domain/calendar.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/** The country's days and the office's own. */
export function officeCalendar({ store }: Pick<DeskContext, 'store'>): WorkCalendar {
  return createCalendar(store.office()?.days ?? []);
}

/** A date that somebody typed is not moved; with `ask` they are told that nobody is there on it. Error: `deadline.closed-day`, which names the day to propose. */
export function checkDeadlines(context: Pick<DeskContext, 'store'>, dates: readonly (string | null)[], closedDay: 'ask' | 'keep'): Result<null> {
  if (closedDay === 'keep') return ok(null);
  const calendar = officeCalendar(context);
  for (const date of dates) {
    const closed = date === null ? null : calendar.onClosedDay(date);
    if (closed !== null) return fail('deadline.closed-day', { date: dayMonthYear(closed.date), name: closed.name, next: dayMonthYear(closed.nextWorkingDay) });
  }
  return ok(null);
}
