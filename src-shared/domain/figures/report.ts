import { figureIds, figures, findFigure, type FigureDefinition, type FigureId } from './definitions.ts';
import { longestQuarters, percentileOf, quarterMinutes } from './spread.ts';
import { cellsOf, type Cell, type Tally } from './tally.ts';

export type FigureValue =
  | { readonly kind: 'count' | 'stock'; readonly n: number }
  /** `percent` in tenths, rounded down: what is not all is never told as 100. Null: nothing to judge. */
  | { readonly kind: 'share'; readonly of: number; readonly met: number; readonly percent: number | null; readonly unclear: number }
  /** Office time, in minutes. `atLeast`: the percentile is a year of work or more (`longestQuarters`). */
  | { readonly kind: 'time'; readonly n: number; readonly averageMinutes: number | null; readonly p90Minutes: number | null; readonly atLeast: boolean; readonly unclear: number };

/** `ahead`: what bears a day that has not come, of a figure that has no terms; a clock was wrong, and it is in no period yet. */
export type FigureRow = { readonly figure: FigureId; readonly by: string; readonly value: FigureValue; readonly ahead: number };

export type Report = {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** The last day whose terms are judged: the period's, or the day before it is asked. */
  readonly judgedTo: string;
  /** Every figure with an empty `by`, a figure of nothing too; the dimensions only where something was counted. */
  readonly rows: readonly FigureRow[];
};

/** `units` null: all. Days `yyyy-mm-dd`, both ends counted; `asOf` the day of asking. */
export type ReportQuestion = { readonly units: ReadonlySet<string> | null; readonly from: string; readonly to: string; readonly asOf: string };

export function reportOf(tally: Tally, question: ReportQuestion): Report {
  const groups = new Map<string, Group>(figures.map((figure) => [`${figure.id}|`, emptyGroup(figure, '')]));
  for (const cell of cellsOf(tally)) {
    if (question.units !== null && !question.units.has(cell.unit)) continue;
    const definition = findFigure(cell.figure);
    const when = placeOf(cell, question);
    if (definition === null || when === 'elsewhere') continue;
    const key = `${cell.figure}|${cell.by}`;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = emptyGroup(definition, cell.by)));
    if (when === 'in') group.parts.set(cell.part, (group.parts.get(cell.part) ?? 0) + cell.n);
    else if (headcount.has(cell.part)) group.ahead += cell.n;
  }
  const rows = [...groups.values()].filter(({ by, parts, ahead }) => by === '' || parts.size > 0 || ahead > 0).map(({ figure, by, parts, ahead }) => ({ figure: figure.id, by, value: valueOf(figure, parts), ahead }));
  rows.sort((a, b) => figureIds.indexOf(a.figure) - figureIds.indexOf(b.figure) || (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
  return { from: question.from, to: question.to, asOf: question.asOf, judgedTo: question.to < question.asOf ? question.to : dayBefore(question.asOf), rows };
}

/** Whether a day's cell belongs to the question; the SQL that reads only the days that are needed asks the same. */
export function placeOf({ figure, day }: Pick<Cell, 'figure' | 'day'>, { from, to, asOf }: Omit<ReportQuestion, 'units'>): 'in' | 'ahead' | 'elsewhere' {
  const definition = findFigure(figure);
  if (definition === null) return 'elsewhere';
  // a term is judged when its day is over
  if (definition.day === 'due') return day <= to && day < asOf && (definition.kind === 'stock' || day >= from) ? 'in' : 'elsewhere';
  if (day > asOf) return 'ahead';
  return day >= from && day <= to ? 'in' : 'elsewhere';
}

/** Of the parts that count a document, one each: `minutes` and `q:N` would count it again. */
const headcount: ReadonlySet<string> = new Set(['n', 'of', 'unclear']);

type Group = { readonly figure: FigureDefinition; readonly by: string; readonly parts: Map<string, number>; ahead: number };

function emptyGroup(figure: FigureDefinition, by: string): Group {
  return { figure, by, parts: new Map(), ahead: 0 };
}

function valueOf({ kind }: FigureDefinition, parts: ReadonlyMap<string, number>): FigureValue {
  const part = (name: string): number => parts.get(name) ?? 0;
  if (kind === 'count' || kind === 'stock') return { kind, n: part('n') };
  if (kind === 'share') {
    const [of, met] = [part('of'), part('met')];
    return { kind, of, met, percent: of === 0 ? null : Math.floor((met * 1000) / of) / 10, unclear: part('unclear') };
  }
  const n = part('n');
  const quarters = percentileOf(new Map([...parts].flatMap(([name, count]) => (name.startsWith('q:') ? [[Number(name.slice(2)), count] as const] : []))), 90);
  return {
    kind, n,
    averageMinutes: n === 0 ? null : Math.round(part('minutes') / n),
    p90Minutes: quarters === null ? null : quarters * quarterMinutes,
    atLeast: quarters === longestQuarters,
    unclear: part('unclear'),
  };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
