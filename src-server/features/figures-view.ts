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

type Cells = ReadonlyMap<string, readonly Cell[]>;
type Months = { readonly from: string; readonly to: string };

const trendMonths = 12;
const mostEntries = 100_000;
/** What a month's rows are called in a tally: a day that is in it whatever else is asked. */
const firstDay = (month: string): string => `${month}-01`;

/** A unit's figures beside the average of all, and where all of them may be seen, each. Offices that became one are one, from their first day on. */
export async function viewFigures(tx: Tx, question: ViewQuestion): Promise<FiguresResponse> {
  const { unit, from, to, today } = question;
  const directory = await tx.directory.changedSince(0, '', mostEntries);
  const successors = successorsOf(directory);
  const nameOf = new Map<string, string>(directory.map(({ code, name }) => [code, name]));
  const trend = monthsUpTo(daysOf(to).to, trendMonths).map((days) => days.from.slice(0, 7));
  const held = await readMonths(tx, { from: [from, trend[0] ?? from].toSorted()[0] ?? from, to }, today, successors);
  const stock = await readStock(tx, { from, to }, today, successors);
  const units = [...new Set([...held.keys(), ...stock.keys()])].sort();
  const span = within(held, { from, to }, stock);
  return {
    from, to, asOf: today, unit: { code: unit.code, name: unit.name }, units: units.length,
    figures: beside(span, unit.code, units.length, { from, to }, today),
    months: trend.map((month) => ({ month, figures: beside(within(held, { from: month, to: month }, new Map()), unit.code, units.length, { from: month, to: month }, today).filter(({ figure }) => figure !== 'overdue') })),
    all: question.all ? units.map((code) => ({ code: code as OrganizationCode, name: nameOf.get(code) ?? code, figures: tell(span.get(code) ?? [], { from, to }, today) })) : null,
  };
}

/** All units together, month by month, the last of them the one before `today`'s: what is told to anybody is over. */
export async function viewTogether(tx: Tx, today: string): Promise<{ readonly units: number; readonly months: readonly { readonly month: string; readonly figures: ToldFigure[] }[] }> {
  const months = monthsUpTo(addDays(firstDay(today.slice(0, 7)), -1), trendMonths).map((days) => days.from.slice(0, 7));
  const held = await readMonths(tx, { from: months[0] ?? '', to: months.at(-1) ?? '' }, today, new Map());
  return {
    units: held.size,
    months: months.map((month) => ({ month, figures: tell([...within(held, { from: month, to: month }, new Map()).values()].flat(), { from: month, to: month }, today).filter(({ figure }) => figure !== 'overdue') })),
  };
}

/** What is counted of each month, without what bears a day that has not come and without terms that are not over. */
async function readMonths(tx: Tx, { from, to }: Months, today: string, successors: ReadonlyMap<string, string>): Promise<Cells> {
  const cells = new Map<string, Cell[]>();
  const put = (cell: Cell): void => {
    if (cell.figure === 'overdue') return;
    const unit = successors.get(cell.unit) ?? cell.unit;
    const held = cells.get(unit);
    if (held === undefined) cells.set(unit, [cell]);
    else held.push(cell);
  };
  for (const { unit, month, figure, part, n } of await tx.figures.months(from, to)) put({ unit, figure, part, by: '', day: firstDay(month), n });
  const end = daysOf(to).to;
  if (end < today) return cells;
  const counted = (await tx.figures.cursors()).map(({ unit }) => unit);
  const period = { from: firstDay(from), to: end, asOf: today };
  for (const cell of await tx.figures.days({ units: counted, from: today, to: end, figure: null })) {
    if (cell.by === '' && placeOf(cell, period) !== 'in') put({ ...cell, day: firstDay(cell.day.slice(0, 7)), n: -cell.n });
  }
  return cells;
}

/** What was left undone at the period's end, or yesterday: a day before the period, so that it is in no month. */
async function readStock(tx: Tx, { from, to }: Months, today: string, successors: ReadonlyMap<string, string>): Promise<Cells> {
  const yesterday = addDays(today, -1);
  const end = daysOf(to).to;
  const cells = new Map<string, Cell[]>();
  for (const { unit, n } of await tx.figures.stock('overdue', end < yesterday ? end : yesterday)) {
    const now = successors.get(unit) ?? unit;
    cells.set(now, [...(cells.get(now) ?? []), { unit, figure: 'overdue', part: 'n', by: '', day: addDays(firstDay(from), -1), n }]);
  }
  return cells;
}

function within(held: Cells, { from, to }: Months, stock: Cells): Cells {
  const [first, last] = [firstDay(from), firstDay(to)];
  return new Map([...new Set([...held.keys(), ...stock.keys()])].map((unit) => [unit, [...(stock.get(unit) ?? []), ...(held.get(unit) ?? []).filter(({ day }) => day >= first && day <= last)]]));
}

function beside(cells: Cells, unit: string, units: number, months: Months, today: string): FiguresResponse['figures'] {
  const own = tell(cells.get(unit) ?? [], months, today);
  const whole = valuesOf([...cells.values()].flat(), months, today);
  return own.map((one) => ({ ...one, average: averageOf(whole.get(one.figure), units) }));
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
