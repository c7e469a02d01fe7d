import { addMonths, instantAt, type WorkCalendar } from './calendar.ts';
import { addDays } from './holidays.ts';
import { vietnamDay } from './vietnam-day.ts';

/** How far a person may go at once in the practice office. */
export const practiceSteps = ['next-morning', 'next-week', 'quarter-end', 'year-end'] as const;
export type PracticeStep = (typeof practiceSteps)[number];

/** The second 31 January to come: whenever somebody begins, one whole year lies before them with its end, and the soft tokens' three years hold out. */
export function lastPracticeDay(builtOn: string): string {
  const year = Number(builtOn.slice(0, 4));
  return `${builtOn <= `${year}-01-31` ? year + 1 : year + 2}-01-31`;
}

/** The instant to which a step leads: always the opening of the office on a working day, later than `now`. Null: beyond the practice's last day. */
export function practiceGoal(step: PracticeStep, now: string, lastDay: string, calendar: WorkCalendar): string | null {
  const goal = calendar.startOfWorkingDay(dayOf(step, vietnamDay(now), now, calendar));
  return vietnamDay(goal) > lastDay ? null : goal;
}

function dayOf(step: PracticeStep, today: string, now: string, calendar: WorkCalendar): string {
  switch (step) {
    case 'next-morning': {
      // before the office opens, this morning is the next one
      const opens = calendar.startOfWorkingDay(today);
      return vietnamDay(opens > now ? opens : calendar.nextWorkingMorning(now).opensAt);
    }
    case 'next-week':
      return addDays(today, 7 - ((weekday(today) + 6) % 7));
    case 'quarter-end':
      return lastWorkingDay(today, (Math.floor((month(today) - 1) / 3) + 1) * 3, 3, calendar);
    case 'year-end':
      return lastWorkingDay(today, 12, 12, calendar);
  }
}

/** Of the month `inMonth` of this year, or of the one `everyMonths` later where that day is here or has passed. */
function lastWorkingDay(today: string, inMonth: number, everyMonths: number, calendar: WorkCalendar): string {
  for (let first = `${today.slice(0, 4)}-${String(inMonth).padStart(2, '0')}-01`; ; first = addMonths(first, everyMonths)) {
    const last = calendar.addWorkingDays(addMonths(first, 1), -1);
    if (last > today) return last;
  }
}

/** Sunday 0. */
function weekday(date: string): number {
  return new Date(instantAt(date, '12:00')).getUTCDay();
}

function month(date: string): number {
  return Number(date.slice(5, 7));
}
