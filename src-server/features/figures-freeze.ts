import { addDays } from '../../src-shared/domain/holidays.ts';
import { compareReports, type FigureChange } from '../../src-shared/domain/figures/compare.ts';
import { tallyOf, type Cell, type Tally } from '../../src-shared/domain/figures/tally.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { FrozenReport } from '../storage/figure-table.ts';
import type { Storage, Tx } from '../storage/port.ts';

const unitsAtOnce = 20;

/** `yyyy-mm` → its first and last day. */
export function daysOf(month: string): { readonly from: string; readonly to: string } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) };
}

/** The month before the one that `day` lies in. */
export function monthBefore(day: string): string {
  return addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7);
}

/** Keeps what the units' figures of a month that is over say today, as the report that was given up. Once for each unit and month; answers how many. */
export async function freezeMonth(storage: Storage, month: string, today: string, nowMs: number): Promise<number> {
  let count = 0;
  for (;;) {
    const done = await storage.transaction(async (tx) => {
      const units = await tx.figures.unfrozen(month, unitsAtOnce);
      const reports: FrozenReport[] = [];
      for (const unit of units) reports.push({ unit, month, asOf: today, cells: JSON.stringify((await monthCells(tx, unit, month)).map(({ day, figure, part, n }) => [day, figure, part, n])) });
      if (reports.length > 0) await tx.figures.freeze(reports, nowMs);
      return units.length;
    });
    count += done;
    if (done < unitsAtOnce) return count;
  }
}

/** All that a unit's report of the month is made of, without dimensions: the month's days, and what was left undone from before. */
export async function monthCells(tx: Tx, unit: OrganizationCode, month: string): Promise<readonly Cell[]> {
  const { from, to } = daysOf(month);
  const [inside, undone] = [await tx.figures.days({ units: [unit], from, to, figure: null }), await tx.figures.days({ units: [unit], from: '', to: addDays(from, -1), figure: 'overdue' })];
  return [...undone, ...inside].filter(({ by }) => by === '');
}

export type SinceReport = { readonly asOf: string; readonly changes: readonly FigureChange[] };

/** What the month's figures say otherwise than the report that was given up; null: none was. */
export async function changesSinceReport(tx: Tx, unit: OrganizationCode, month: string, today: string): Promise<SinceReport | null> {
  const given = await tx.figures.frozen(unit, month);
  if (given === null) return null;
  const now = tallyOf(await monthCells(tx, unit, month));
  return { asOf: given.asOf, changes: compareReports({ tally: thawed(given), asOf: given.asOf }, { tally: now, asOf: today }, { units: new Set([unit]), ...daysOf(month) }) };
}

function thawed({ unit, cells }: FrozenReport): Tally {
  return tallyOf((JSON.parse(cells) as [string, string, string, number][]).map(([day, figure, part, n]) => ({ unit, day, figure, part, by: '', n })));
}
