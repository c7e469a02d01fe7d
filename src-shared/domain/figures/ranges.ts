import { addDays } from '../holidays.ts';
import type { FigureDefinition } from './definitions.ts';
import type { ReportQuestion } from './report.ts';

/** Days `yyyy-mm-dd`, both ends counted. Null: no day. */
export type DayRange = { readonly from: string; readonly to: string } | null;

const first = '0000-01-01';
const last = '9999-12-31';

/** The days of `placeOf` as two spans, for whoever reads a figure out of a table: the same cells are `in` and `ahead`. */
export function rangesOf({ kind, day }: Pick<FigureDefinition, 'kind' | 'day'>, { from, to, asOf }: Omit<ReportQuestion, 'units'>): { readonly in: DayRange; readonly ahead: DayRange } {
  const terms = day === 'due';
  const end = terms ? least(to, addDays(asOf, -1)) : least(to, asOf);
  return { in: span(kind === 'stock' ? first : from, end), ahead: terms ? null : span(addDays(asOf, 1), last) };
}

function span(from: string, to: string): DayRange {
  return from <= to ? { from, to } : null;
}

function least(a: string, b: string): string {
  return a < b ? a : b;
}
