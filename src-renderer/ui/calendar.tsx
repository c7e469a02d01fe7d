import { parseDate, type CalendarDate } from '@internationalized/date';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button, Calendar as AriaCalendar, CalendarCell, CalendarGrid, CalendarGridBody, CalendarGridHeader, CalendarHeaderCell, CalendarHeading } from 'react-aria-components';
import { holidayOn, holidays, isWeekend, type Holiday } from '../../src-shared/domain/holidays.ts';
import { useI18n } from '../i18n/context.tsx';
import { useToday } from '../i18n/present.ts';
import { Button as WordButton } from './button.tsx';

type CalendarProps = { readonly label: string; /** `yyyy-mm-dd` */ readonly value: string | null; readonly onChange: (value: string | null) => void; readonly min?: string | undefined };

/** A month as it hangs on an office's wall: the week begins on Monday, weekends are pale, days off are red and named below. */
export function Calendar({ label, value, onChange, min }: CalendarProps) {
  const { locale, t } = useI18n();
  const today = useToday();
  const [shown, setShown] = useState<CalendarDate>(() => parseDate(value ?? today));
  const nameOf = (holiday: Holiday): string => {
    const name = locale === 'vi' ? holiday.name : holiday.nameEn;
    return holiday.provisional ? t('calendar.provisional', { name }) : name;
  };
  return (
    <div className="calendar">
      <AriaCalendar
        aria-label={label}
        firstDayOfWeek="mon"
        value={value === null ? null : parseDate(value)}
        onChange={(date) => onChange(date.toString())}
        focusedValue={shown}
        onFocusChange={setShown}
        autoFocus
        {...(min === undefined ? {} : { minValue: parseDate(min) })}
      >
        <header className="calendar-head">
          <Button slot="previous" className="icon-button" aria-label={t('calendar.previous')}><ChevronLeft aria-hidden size={18} strokeWidth={1.75} /></Button>
          <CalendarHeading className="calendar-month" />
          <Button slot="next" className="icon-button" aria-label={t('calendar.next')}><ChevronRight aria-hidden size={18} strokeWidth={1.75} /></Button>
        </header>
        <CalendarGrid className="calendar-grid" weekdayStyle={locale === 'vi' ? 'narrow' : 'short'}>
          <CalendarGridHeader>{(day) => <CalendarHeaderCell className="calendar-weekday">{day}</CalendarHeaderCell>}</CalendarGridHeader>
          <CalendarGridBody>
            {(date) => {
              const day = date.toString();
              const holiday = holidayOn(day);
              return (
                <CalendarCell
                  date={date}
                  className={`calendar-day${isWeekend(day) ? ' calendar-weekend' : ''}${holiday ? ' calendar-holiday' : ''}${day === today ? ' calendar-today' : ''}`}
                  render={(props) => <div {...props} aria-label={[props['aria-label'], holiday && nameOf(holiday)].filter(Boolean).join(', ')} />}
                />
              );
            }}
          </CalendarGridBody>
        </CalendarGrid>
      </AriaCalendar>
      <MonthHolidays month={shown.toString().slice(0, 7)} nameOf={nameOf} />
      <footer className="calendar-foot">
        <WordButton size="small" onPress={() => onChange(today)} disabled={min !== undefined && today < min}>{t('calendar.today')}</WordButton>
        {value !== null && <WordButton size="small" kind="quiet" onPress={() => onChange(null)}>{t('calendar.clear')}</WordButton>}
      </footer>
    </div>
  );
}

/** Days in a row that are off for the same reason are one line: `16–20/2 Tết Nguyên đán`. */
function MonthHolidays({ month, nameOf }: { readonly month: string; readonly nameOf: (holiday: Holiday) => string }) {
  const { t } = useI18n();
  const lines: { name: string; first: number; last: number }[] = [];
  for (const holiday of holidays.filter(({ date }) => date.startsWith(month))) {
    const day = Number(holiday.date.slice(8));
    const before = lines.at(-1);
    if (before && before.name === nameOf(holiday) && before.last === day - 1) before.last = day;
    else lines.push({ name: nameOf(holiday), first: day, last: day });
  }
  if (lines.length === 0) return null;
  return (
    <ul className="calendar-holidays" aria-label={t('calendar.holidays')}>
      {lines.map(({ name, first, last }) => <li key={first}><strong>{first === last ? first : `${first}–${last}`}/{Number(month.slice(5))}</strong> {name}</li>)}
    </ul>
  );
}
