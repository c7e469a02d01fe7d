import { findFigure, type FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { outcomes, type DrillQuestion } from '../../../src-shared/domain/figures/outcomes.ts';
import { namedPeriod, periodNames, spanBefore, type PeriodName, type Span } from '../../../src-shared/domain/figures/periods.ts';
import { localDate } from '../../../src-shared/domain/ids.ts';

export type Drill = DrillQuestion;
/** Where a person is among the figures: which days, and the figure whose documents are looked at. It stands in the address. */
export type Place = { readonly days: PeriodName | Span; readonly drill: Drill | null };

export const firstPlace: Place = { days: 'month', drill: null };

const parts: readonly string[] = [...outcomes, 'ahead'] satisfies readonly Drill['part'][];

/** `quarter`, `2026-01-01_2026-03-31/on-time-task/missed/person:mai`; what cannot be read is left out. */
export function parsePlace(text: string): Place {
  const [days = '', figure = '', part = '', by = ''] = text.split('/').map(decoded);
  return { days: parseDays(days) ?? firstPlace.days, drill: findFigure(figure) !== null && parts.includes(part) ? { figure: figure as FigureId, part: part as Drill['part'], by } : null };
}

export function placeText({ days, drill }: Place): string {
  const words = [typeof days === 'string' ? days : `${days.from}_${days.to}`, ...(drill === null ? [] : [drill.figure, drill.part, ...(drill.by === '' ? [] : [drill.by])])];
  return words.map(encodeURIComponent).join('/');
}

export function spansOf(days: Place['days'], today: string): { readonly period: Span; readonly compare: Span } {
  return typeof days === 'string' ? namedPeriod(days, today) : { period: days, compare: spanBefore(days) };
}

function parseDays(text: string): Place['days'] | null {
  if ((periodNames as readonly string[]).includes(text)) return text as PeriodName;
  const [from = '', to = ''] = text.split('_');
  return localDate.safeParse(from).success && localDate.safeParse(to).success && from <= to ? { from, to } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}
