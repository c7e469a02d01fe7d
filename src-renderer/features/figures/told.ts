import type { Output } from '../../../src-shared/contract/index.ts';
import { findFigure, type FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import type { Drill } from './place.ts';

export type Told = Output<'figures.report'>;
export type ToldReport = Told['report'];
export type Value = ToldReport['rows'][number]['value'];
export type Row = ToldReport['rows'][number];

/** What a figure says in one dimension. Of a dimension in which nothing was counted there is no row: that is nothing, not unknown. */
export function valueOf(report: ToldReport, figure: FigureId, by = ''): Value {
  return report.rows.find((row) => row.figure === figure && row.by === by)?.value ?? nothing(figure);
}

/** Which documents a number opens on: of a share those that lower it. Null: there is nothing behind it. */
export function drillOf(figure: FigureId, value: Value, by = ''): Drill | null {
  if (value.kind === 'share') return value.of === 0 ? null : { figure, by, part: value.met < value.of ? 'missed' : 'met' };
  return value.n === 0 ? null : { figure, by, part: 'n' };
}

export function isEmpty({ rows }: ToldReport): boolean {
  return rows.every(({ value, ahead }) => ahead === 0 && (value.kind === 'share' ? value.of === 0 && value.unclear === 0 : value.n === 0));
}

export type PersonFigures = { readonly id: string; readonly name: string; readonly overdue: Value; readonly onTime: Value };

/** Everybody of whom anything was counted, who has most overdue first. */
export function peopleOf({ report, people }: Pick<Told, 'report' | 'people'>): readonly PersonFigures[] {
  const ids = new Set(report.rows.filter(({ figure, by }) => by.startsWith('person:') && (figure === 'overdue' || figure === 'on-time-task')).map(({ by }) => by.slice('person:'.length)));
  const count = (value: Value): number => (value.kind === 'share' ? value.of - value.met : value.n);
  return [...ids]
    .map((id) => ({ id, name: people.find((one) => one.id === id)?.name ?? id, overdue: valueOf(report, 'overdue', `person:${id}`), onTime: valueOf(report, 'on-time-task', `person:${id}`) }))
    .toSorted((a, b) => count(b.overdue) - count(a.overdue) || count(b.onTime) - count(a.onTime) || a.name.localeCompare(b.name, 'vi'));
}

function nothing(figure: FigureId): Value {
  switch (findFigure(figure)?.kind) {
    case 'share':
      return { kind: 'share', of: 0, met: 0, percent: null, unclear: 0 };
    case 'time':
      return { kind: 'time', n: 0, averageMinutes: null, p90Minutes: null, atLeast: false, unclear: 0 };
    case 'stock':
      return { kind: 'stock', n: 0 };
    default:
      return { kind: 'count', n: 0 };
  }
}
