import { figures, findFigure, type FigureId } from '../../../src-shared/domain/figures/definitions.ts';
import { outcomes, type DrillQuestion, type Outcome } from '../../../src-shared/domain/figures/outcomes.ts';
import { rangesOf, type DayRange } from '../../../src-shared/domain/figures/ranges.ts';
import type { ReportQuestion } from '../../../src-shared/domain/figures/report.ts';
import { tallyOf, type Cell, type Tally } from '../../../src-shared/domain/figures/tally.ts';
import type { WritableDb } from '../driver.ts';
import { dayNumber, dayText, type Coded } from './figure-cells.ts';
import type { FigureWords } from './figure-words.ts';

type Period = Omit<ReportQuestion, 'units'>;
type Sum = { readonly unit: number; readonly dimension: number; readonly part: number; readonly n: number };
type Listed = { readonly figure: number; readonly outcomes: string; readonly from: number; readonly to: number; readonly units: string; readonly by: string };

export type FigureSums = {
  readonly add: (cells: Iterable<Coded>) => void;
  /** Enough of the tally to answer this question, and nothing beside: a year is summed up into one day of it, and what is ahead into one after it. */
  readonly tally: (period: Period, only?: readonly FigureId[]) => Tally;
  /** Ids of documents or dossiers. `oldest`: the longest overdue first. */
  readonly drill: (question: DrillQuestion & Period & { readonly units: readonly string[]; readonly offset: number; readonly limit: number; readonly oldest: boolean }) => { readonly total: number; readonly rows: readonly { readonly id: string; readonly day: string }[] };
};

const drilled = `FROM figure_entry e WHERE e.figure = :figure AND e.outcome IN (SELECT value FROM json_each(:outcomes)) AND e.day BETWEEN :from AND :to
  AND e.unit IN (SELECT value FROM json_each(:units)) AND (:by = '' OR instr(e.bys, :by) > 0)`;

export function createFigureSums(db: WritableDb, words: FigureWords): FigureSums {
  const put = db.write<[number, number, number, number, number, number]>(`
    INSERT INTO figure_tally (figure, day, unit, dimension, part, n) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (figure, day, unit, dimension, part) DO UPDATE SET n = n + excluded.n`);
  const sweep = db.write<[number, number, number, number, number]>('DELETE FROM figure_tally WHERE figure = ? AND day = ? AND unit = ? AND dimension = ? AND part = ? AND n = 0');
  const sums = db.read<[number, number, number], Sum>('SELECT unit, dimension, part, sum(n) AS n FROM figure_tally WHERE figure = ? AND day BETWEEN ? AND ? GROUP BY unit, dimension, part');
  const count = db.read<[Listed], { n: number }>(`SELECT count(DISTINCT e.given) AS n ${drilled}`);
  const page = (order: 'ASC' | 'DESC') => db.read<[Listed & { readonly offset: number; readonly limit: number }], { id: string; day: number }>(`
    SELECT g.id AS id, p.day AS day FROM (SELECT e.given AS given, ${order === 'ASC' ? 'min' : 'max'}(e.day) AS day ${drilled} GROUP BY e.given ORDER BY 2 ${order}, 1 ${order} LIMIT :limit OFFSET :offset) p
      CROSS JOIN figure_given g ON g.row = p.given ORDER BY p.day ${order}, p.given ${order}`);
  const pages = { newest: page('DESC'), oldest: page('ASC') };

  return {
    add: (cells) => {
      const moved = new Map<string, readonly [number, number, number, number, number]>();
      const by = new Map<string, number>();
      for (const [figure, day, unit, dimension, part, n] of cells) {
        const key = `${figure}.${day}.${unit}.${dimension}.${part}`;
        moved.set(key, [figure, day, unit, dimension, part]);
        by.set(key, (by.get(key) ?? 0) + n);
      }
      for (const [key, cell] of moved) {
        const n = by.get(key) ?? 0;
        if (n === 0) continue;
        put.run(...cell, n);
        if (n < 0) sweep.run(...cell);
      }
    },
    tally: (period, only) => tallyOf(sumsOf(period, only)),
    drill: ({ figure, by, part, units, offset, limit, oldest, ...period }) => {
      const definition = findFigure(figure);
      const code = words.find(`figure:${figure}`);
      const dimension = words.find(`by:${by}`);
      const range = definition === null ? null : rangesOf(definition, period)[part === 'ahead' ? 'ahead' : 'in'];
      if (code === null || dimension === null || range === null) return { total: 0, rows: [] };
      const found: Listed = {
        figure: code, outcomes: JSON.stringify(part === 'ahead' ? outcomes : [part satisfies Outcome]), from: dayNumber(range.from), to: dayNumber(range.to),
        units: JSON.stringify(units.flatMap((unit) => words.find(`unit:${unit}`) ?? [])), by: by === '' ? '' : `,${dimension},`,
      };
      const rows = pages[oldest ? 'oldest' : 'newest'].all({ ...found, offset, limit });
      return { total: count.get(found)?.n ?? 0, rows: rows.map(({ id, day }) => ({ id, day: dayText(day) })) };
    },
  };

  function* sumsOf(period: Period, only?: readonly FigureId[]): Generator<Cell> {
    for (const definition of figures) {
      if (only?.includes(definition.id) === false) continue;
      const code = words.find(`figure:${definition.id}`);
      if (code === null) continue;
      const { in: inside, ahead } = rangesOf(definition, period);
      for (const range of [inside, ahead]) yield* sumsIn(definition.id, code, range);
    }
  }

  function* sumsIn(figure: string, code: number, range: DayRange): Generator<Cell> {
    if (range === null) return;
    // any day of the span says the same of itself as all others do
    for (const row of sums.all(code, dayNumber(range.from), dayNumber(range.to))) yield cellOf(row, figure, range.to);
  }

  function cellOf({ unit, dimension, part, n }: Sum, figure: string, day: string): Cell {
    const plain = (code: number, of: string): string => words.wordOf(code).slice(of.length);
    return { unit: plain(unit, 'unit:'), figure, day, part: plain(part, 'part:'), by: plain(dimension, 'by:'), n };
  }
}
