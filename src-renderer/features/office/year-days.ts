import { addDays, holidayOn, isWeekend, isWorkingDay } from '../../../src-shared/domain/holidays.ts';
import type { DayOverride } from '../../../src-shared/domain/records/office.ts';

/** How a day stands: worked; a weekend; the country's holiday; or as the office has set it. `worked-weekend`: a Saturday that the country works in exchange. */
export type DayStanding = 'work' | 'weekend' | 'holiday' | 'worked-weekend' | 'own-off' | 'own-working';

export function standingOfDay(date: string, own: ReadonlyMap<string, DayOverride>): DayStanding {
  const override = own.get(date);
  if (override !== undefined) return override.kind === 'off' ? 'own-off' : 'own-working';
  if (holidayOn(date) !== null) return 'holiday';
  if (isWeekend(date)) return isWorkingDay(date) ? 'worked-weekend' : 'weekend';
  return 'work';
}

/** The weeks of a month from Monday on; days of the months beside it are null. */
export function weeksOf(year: number, month: number): readonly (readonly (string | null)[])[] {
  const prefix = `${year}-${String(month).padStart(2, '0')}`;
  const first = `${prefix}-01`;
  const lead = (new Date(`${first}T12:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (string | null)[] = Array.from({ length: lead }, () => null);
  for (let date = first; date.startsWith(prefix); date = addDays(date, 1)) cells.push(date);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
