import { addDays } from '../holidays.ts';

/** Days `yyyy-mm-dd`, both ends counted. */
export type Span = { readonly from: string; readonly to: string };

export const periodNames = ['month', 'last-month', 'quarter', 'last-quarter', 'year', 'last-year'] as const;
export type PeriodName = (typeof periodNames)[number];

/**
 * The days of a period that is called by its name on this day, and those it is laid beside. What runs still ends today, and is laid beside as much of the one before it: twenty-three days of November beside twenty-three of
 * October, so that nobody takes a month that is not over for a bad one.
 */
export function namedPeriod(name: PeriodName, today: string): { readonly period: Span; readonly compare: Span } {
  switch (name) {
    case 'month':
      return running(monthStart(today), monthsLater(today, -1));
    case 'quarter':
      return running(quarterStart(today), monthsLater(today, -3), 3);
    case 'year':
      return running(`${today.slice(0, 4)}-01-01`, monthsLater(today, -12), 12);
    case 'last-month':
      return { period: monthOf(monthsLater(monthStart(today), -1)), compare: monthOf(monthsLater(monthStart(today), -2)) };
    case 'last-quarter': {
      const from = quarterStart(today);
      return { period: { from: monthsLater(from, -3), to: addDays(from, -1) }, compare: { from: monthsLater(from, -6), to: addDays(monthsLater(from, -3), -1) } };
    }
    case 'last-year': {
      const year = Number(today.slice(0, 4));
      return { period: yearOf(year - 1), compare: yearOf(year - 2) };
    }
  }

  function running(from: string, sameDay: string, months = 1): { readonly period: Span; readonly compare: Span } {
    return { period: { from, to: today }, compare: { from: monthsLater(from, -months), to: sameDay } };
  }
}

/** As many days, ending on the day before. */
export function spanBefore({ from, to }: Span): Span {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  return { from: addDays(from, -days), to: addDays(from, -1) };
}

/** The `count` months up to the one with this day in it, which ends on that day. */
export function monthsUpTo(to: string, count: number): readonly Span[] {
  return Array.from({ length: count }, (_, at) => {
    const month = monthOf(monthsLater(monthStart(to), at - count + 1));
    return { from: month.from, to: month.to < to ? month.to : to };
  });
}

/** The same day so many months on, or the last of that month where it has none such. */
function monthsLater(day: string, months: number): string {
  const at = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`;
  const last = lastOf(first);
  const same = `${first.slice(0, 8)}${day.slice(8, 10)}`;
  return same < last ? same : last;
}

function monthOf(day: string): Span {
  return { from: monthStart(day), to: lastOf(day) };
}

function quarterStart(day: string): string {
  return monthsLater(monthStart(day), -((Number(day.slice(5, 7)) - 1) % 3));
}

function monthStart(day: string): string {
  return `${day.slice(0, 8)}01`;
}

function lastOf(day: string): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);
}

function yearOf(year: number): Span {
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}
