import type { FigureValue } from './report.ts';

/** How numbers are written: as their readers write them. */
export type NumberLocale = 'vi-VN' | 'en-GB';

/** What one figure says, without its unit: a count, a percent, or office hours to a tenth. Null: nothing to judge. */
export function valueWords(value: FigureValue, locale: NumberLocale): string | null {
  const number = plainNumber(value);
  return number === null ? null : value.kind === 'share' || value.kind === 'time' ? tenths(number, locale) : wholes(number, locale);
}

/** `+3`, `−0,5`, `0`, in the figure's own unit; null where one of them says nothing. */
export function changeWords(value: FigureValue, earlier: FigureValue, locale: NumberLocale): string | null {
  const change = changeOf(value, earlier);
  if (change === null || change === 0) return change === null ? null : '0';
  return `${change > 0 ? '+' : '−'}${value.kind === 'share' || value.kind === 'time' ? tenths(Math.abs(change), locale) : wholes(Math.abs(change), locale)}`;
}

/** To a tenth, as it is shown. */
export function changeOf(value: FigureValue, earlier: FigureValue): number | null {
  const [now, then] = [plainNumber(value), plainNumber(earlier)];
  return now === null || then === null ? null : Math.round((now - then) * 10) / 10;
}

/** The one number that stands for a figure: a time in hours. Null: nothing to judge. */
export function plainNumber(value: FigureValue): number | null {
  return value.kind === 'share' ? value.percent : value.kind === 'time' ? (value.averageMinutes === null ? null : hoursOf(value.averageMinutes)) : value.n;
}

/** To a tenth, as `averageMinutes` is rounded to a minute. */
export function hoursOf(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}

export function tenths(value: number, locale: NumberLocale): string {
  return value.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

export function wholes(value: number, locale: NumberLocale): string {
  return value.toLocaleString(locale);
}
