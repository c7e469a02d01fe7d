import { figures, type FigureId } from '../../src-shared/domain/figures/definitions.ts';
import { successorsOf } from '../../src-shared/domain/figures/merged-units.ts';
import { monthsUpTo } from '../../src-shared/domain/figures/periods.ts';
import { placeOf, reportOf, type FigureValue } from '../../src-shared/domain/figures/report.ts';
import { tallyOf, type Cell } from '../../src-shared/domain/figures/tally.ts';
import { plainNumber } from '../../src-shared/domain/figures/value-words.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import type { FiguresResponse, ToldFigure } from '../../src-shared/protocol/figures.ts';
import type { Tx } from '../storage/port.ts';
import { daysOf } from './figures-freeze.ts';

/** Months, both ends counted; none after the one that `today` lies in. */
export type ViewQuestion = { readonly unit: Organization; readonly from: string; readonly to: string; readonly today: string; /** Of every unit by itself. */ readonly all: boolean };

type Months = { readonly from: string; readonly to: string };
type Cells = readonly Cell[];

const trendMonths = 12;
const mostEntries = 100_000;
/** What a month's rows are called in a tally: a day that is in it whatever else is asked. */
const firstDay = (month: string): string => `${month}-01`;

/** A unit's figures beside the average of all, and where all of them may be seen, each. Offices that became one are one, in their past too. */
export async function viewFigures(tx: Tx, question: ViewQuestion): Promise<FiguresResponse> {
  const { unit, from, to, today } = question;
  const directory = await tx.directory.changedSince(0, '', mostEntries);
  const successors = successorsOf(directory);
  const heirOf = (code: string): string => successors.get(code) ?? code;
  const trend = monthsBefore(to, trendMonths);
  const months = [...new Set([...monthsOf({ from, to }), ...trend])];
  const stock = await readStock(tx, { from, to }, today);
  const notYet = await readNotYet(tx, to, today);
  const before = await readImported(tx, months);
  const counted = await tx.figures.unitsIn(months);
  const units = [...new Set([...counted, ...[...stock, ...before].map((cell) => cell.unit)].map(heirOf))].sort();
  const own = counted.filter((code) => heirOf(code) === unit.code);
  const isOwn = (cell: Cell): boolean => heirOf(cell.unit) === unit.code;
  const ownCells = [...(await tx.figures.months(own, months)).map(monthCell), ...[...before, ...notYet].filter(isOwn)];
  const wholeCells = [...(await tx.figures.monthsTogether(months)).map((row) => monthCell({ ...row, unit: '' })), ...before, ...notYet];
  const beside = (span: Months, ofOwn: Cells, ofAll: Cells): FiguresResponse['figures'] => {
    const whole = valuesOf([...ofAll, ...within(wholeCells, span)], span, today);
    return tell([...ofOwn, ...within(ownCells, span)], span, today).map((one) => ({ ...one, average: averageOf(whole.get(one.figure), units.length) }));
  };
  return {
    from, to, asOf: today, unit: { code: unit.code, name: unit.name }, units: units.length,
    figures: beside({ from, to }, stock.filter(isOwn), stock),
    months: trend.map((month) => ({ month, figures: beside({ from: month, to: month }, [], []).filter(({ figure }) => figure !== 'overdue') })),
    all: question.all ? await eachUnit() : null,
  };

  async function eachUnit(): Promise<NonNullable<FiguresResponse['all']>> {
    const nameOf = new Map<string, string>(directory.map(({ code, name }) => [code, name]));
    const cells = new Map<string, Cell[]>(units.map((code) => [code, []]));
    const summed = (await tx.figures.monthsSummed(monthsOf({ from, to }))).map((row) => monthCell({ ...row, month: from }));
    for (const cell of [...stock, ...summed, ...within([...before, ...notYet], { from, to })]) cells.get(heirOf(cell.unit))?.push(cell);
    return [...cells].map(([code, of]) => ({ code: code as OrganizationCode, name: nameOf.get(code) ?? code, figures: tell(of, { from, to }, today) }));
  }
}

/** All units together, month by month, the last of them the one before `today`'s: what is told to anybody is over. */
export async function viewTogether(tx: Tx, today: string): Promise<{ readonly units: number; readonly months: readonly { readonly month: string; readonly figures: ToldFigure[] }[] }> {
  const months = monthsBefore(addDays(firstDay(today.slice(0, 7)), -1).slice(0, 7), trendMonths);
  const cells = (await tx.figures.monthsTogether(months)).map((row) => monthCell({ ...row, unit: '' }));
  return {
    units: (await tx.figures.unitsIn(months)).length,
    months: months.map((month) => ({ month, figures: tell(within(cells, { from: month, to: month }), { from: month, to: month }, today).filter(({ figure }) => figure !== 'overdue') })),
  };
}

/** What is left undone is told by `readStock`: in a month's row is only what fell due in it. */
function monthCell({ unit, month, figure, part, n }: { readonly unit: string; readonly month: string; readonly figure: string; readonly part: string; readonly n: number }): Cell {
  return { unit, figure, part, by: '', day: firstDay(month), n: figure === 'overdue' ? 0 : n };
}

/** Counts of books before this program: a month has either them or its own. */
async function readImported(tx: Tx, months: readonly string[]): Promise<Cells> {
  const sorted = months.toSorted();
  const asked = new Set(months);
  return (await tx.figures.imported(null, sorted[0] ?? '', sorted.at(-1) ?? '')).filter(({ month }) => asked.has(month)).map((row) => monthCell({ ...row, part: 'n' }));
}

/** Taken off the month that runs: what bears a day that has not come, and terms that are not over. */
async function readNotYet(tx: Tx, to: string, today: string): Promise<Cells> {
  const end = daysOf(to).to;
  if (end < today) return [];
  const period = { from: firstDay(to), to: end, asOf: today };
  return (await tx.figures.daysOfAll(today, end)).filter((cell) => cell.figure !== 'overdue' && placeOf(cell, period) !== 'in').map((cell) => ({ ...cell, by: '', day: firstDay(to), n: -cell.n }));
}

/** What was left undone at the period's end, or yesterday: under a day before the period, so that it is in no month. */
async function readStock(tx: Tx, { from, to }: Months, today: string): Promise<Cells> {
  const yesterday = addDays(today, -1);
  const end = daysOf(to).to;
  return (await tx.figures.stock('overdue', end < yesterday ? end : yesterday)).map(({ unit, n }) => ({ unit, figure: 'overdue', part: 'n', by: '', day: addDays(firstDay(from), -1), n }));
}

function within(cells: Cells, { from, to }: Months): Cells {
  const [first, last] = [firstDay(from), firstDay(to)];
  return cells.filter(({ day }) => day >= first && day <= last);
}

function monthsBefore(to: string, count: number): readonly string[] {
  return monthsUpTo(daysOf(to).to, count).map((days) => days.from.slice(0, 7));
}

function monthsOf({ from, to }: Months): readonly string[] {
  return monthsBefore(to, monthsBetween(from, to) + 1);
}

/** A count for each unit, to a tenth; of shares and times that of all documents, since a mean of means would weigh an office of ten letters like one of ten thousand. */
function averageOf(value: FigureValue | undefined, units: number): number | null {
  if (value === undefined) return null;
  if (value.kind !== 'count' && value.kind !== 'stock') return plainNumber(value);
  return units === 0 ? null : Math.round((value.n / units) * 10) / 10;
}

function tell(cells: readonly Cell[], months: Months, today: string): ToldFigure[] {
  const values = valuesOf(cells, months, today);
  return figures.flatMap(({ id }) => {
    const value = values.get(id);
    return value === undefined ? [] : [{ figure: id, number: plainNumber(value), met: value.kind === 'share' ? value.met : null, of: value.kind === 'share' ? value.of : null }];
  });
}

function valuesOf(cells: readonly Cell[], { from, to }: Months, today: string): ReadonlyMap<FigureId, FigureValue> {
  const { rows } = reportOf(tallyOf(cells), { units: null, from: firstDay(from), to: daysOf(to).to, asOf: today });
  return new Map(rows.filter(({ by }) => by === '').map(({ figure, value }) => [figure, value]));
}

/** 0: the same month. */
export function monthsBetween(from: string, to: string): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}
