import { holidayOn } from '../../../src-shared/domain/holidays.ts';
import type { DayOverride } from '../../../src-shared/domain/records/office.ts';
import { useI18n } from '../../i18n/context.tsx';
import { formatDate } from '../../i18n/format.ts';
import { standingOfDay, weeksOf } from './year-days.ts';

type YearCalendarProps = { readonly year: number; readonly days: readonly DayOverride[]; /** Null: to be looked at only. */ readonly onPick: ((date: string) => void) | null };

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/** Twelve months on one wall. A press on a day sets it; by the keyboard that is the button above, so that nobody tabs through a year. */
export function YearCalendar({ year, days, onPick }: YearCalendarProps) {
  const { t, locale } = useI18n();
  const own = new Map(days.map((day) => [day.date, day]));
  const language = locale === 'vi' ? 'vi-VN' : 'en-GB';
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => new Date(Date.UTC(2024, 0, day, 12)));
  const monthName = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  const weekdayName = (style: 'narrow' | 'long'): Intl.DateTimeFormat => new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });

  function aboutDay(date: string): string {
    const standing = standingOfDay(date, own);
    const holiday = holidayOn(date);
    const name = own.get(date)?.name || (holiday && (locale === 'vi' ? holiday.name : holiday.nameEn));
    return [formatDate(date), standing === 'work' || standing === 'weekend' ? null : t(`days.standing.${standing}`), name].filter(Boolean).join(', ');
  }

  return (
    <div className="year">
      {months.map((month) => (
        <table key={month} className="year-month">
          <caption>{monthName.format(new Date(Date.UTC(year, month - 1, 1, 12)))}</caption>
          <thead><tr>{weekdays.map((day) => <th key={day.getUTCDate()} scope="col" abbr={weekdayName('long').format(day)}>{weekdayName('narrow').format(day)}</th>)}</tr></thead>
          <tbody>
            {weeksOf(year, month).map((week, at) => (
              <tr key={at}>
                {week.map((date, place) => {
                  if (date === null) return <td key={`none ${place}`} />;
                  const className = `year-day year-day-${standingOfDay(date, own)}`;
                  const number = Number(date.slice(8));
                  return <td key={date}>{onPick ? <button type="button" tabIndex={-1} className={className} title={aboutDay(date)} aria-label={`${number}, ${aboutDay(date)}`} onClick={() => onPick(date)}>{number}</button> : <span className={className} title={aboutDay(date)}>{number}</span>}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
