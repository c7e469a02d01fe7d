import { createCalendar, type WorkCalendar } from '../../../src-shared/domain/calendar.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { localDay } from '../../i18n/format.ts';
import { presentMs } from '../../i18n/present.ts';
import type { Translate } from '../../i18n/translate.ts';

/** The office's own days and the country's; the country's alone until the first answer. */
export function useOfficeCalendar(): WorkCalendar {
  const { data } = useQuery('office.settings', {});
  return createCalendar(data?.days ?? []);
}

/** How far `deadline` (`yyyy-mm-dd`) is from today in Vietnam, in words and in weight. Days are working days, as the office counts them. */
export function daysLeft(deadline: string, calendar: WorkCalendar, t: Translate, today: string = localDay(presentMs())): { readonly words: string; readonly tone: 'bad' | 'warn' | 'quiet' } {
  if (deadline === today) return { words: t('task.dueToday'), tone: 'warn' };
  if (deadline > today) {
    const days = calendar.workingDaysBetween(today, deadline);
    return { words: days === 0 ? t('task.dueOnClosedDay') : t('task.daysLeft', { days }), tone: deadline <= calendar.addWorkingDays(today, 1) ? 'warn' : 'quiet' };
  }
  const days = calendar.workingDaysBetween(deadline, today);
  return { words: days === 0 ? t('task.lateSinceClosedDay') : t('task.daysLate', { days }), tone: 'bad' };
}
