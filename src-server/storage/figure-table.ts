import type { LogEvent } from '../../src-shared/domain/document.ts';
import type { Cell } from '../../src-shared/domain/figures/tally.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { GoneReason } from '../../src-shared/protocol/wire.ts';

/**
 * How far a unit's figures are: place `seq` of its feed, reckoned by the rules of version `rules` with the office's own days in `calendar` (JSON of `DayOverride`s).
 * `unread`: documents whose log these rules could not read; they are in no figure.
 */
export type FigureCursor = { readonly unit: OrganizationCode; readonly seq: number; readonly rules: number; readonly calendar: string; readonly unread: number };
/** A document whose place in the feed is after the unit's cursor. `fact`: what it counts as now, JSON; null: as nothing. */
export type FigureChange = { readonly unit: OrganizationCode; readonly id: DocumentId; readonly seq: number; readonly gone: GoneReason | ''; readonly events: readonly LogEvent[]; readonly fact: string | null };
export type FigureFact = { readonly unit: OrganizationCode; readonly id: DocumentId; readonly body: string | null };
/** A month's cells without dimensions. */
export type FigureMonth = { readonly unit: OrganizationCode; readonly month: string; readonly figure: string; readonly part: string; readonly n: number };
/** What was given up for a month, and on which day: never written over. `cells`: JSON. */
export type FrozenReport = { readonly unit: OrganizationCode; readonly month: string; readonly asOf: string; readonly cells: string };
export type CellQuestion = { readonly units: readonly OrganizationCode[]; readonly from: string; readonly to: string; /** Null: all. */ readonly figure: string | null };
/** Counts of years before this program, from an older book; apart from what is reckoned. */
export type ImportedCount = { readonly unit: OrganizationCode; readonly month: string; readonly figure: string; readonly n: number };
export type FigureImport = { readonly id: string; readonly atMs: number; readonly by: string; readonly source: string; readonly rows: number };

/** The figures of the province: facts, tallies by day and by month, months given up, counts from older books. */
export type FigureTable = {
  /** Units whose feed is ahead of their figures, or whose figures were made by other rules; by code, at most `limit`, above `after`. */
  readonly behind: (rules: number, after: string, limit: number) => Promise<readonly { readonly unit: OrganizationCode; readonly counter: number }[]>;
  /** Their cursors, locked until the transaction ends: nobody else brings these units forward. Place 0 for a unit without one. */
  readonly own: (units: readonly OrganizationCode[], rules: number) => Promise<readonly FigureCursor[]>;
  /** Of these units, by unit and place, at most `limit`; whole logs. */
  readonly changed: (units: readonly OrganizationCode[], limit: number) => Promise<readonly FigureChange[]>;
  readonly putFacts: (facts: readonly FigureFact[]) => Promise<void>;
  /** Adds to what stands, days and months alike; a cell of 0 goes. Each cell at most once. */
  readonly addCells: (cells: readonly Cell[]) => Promise<void>;
  readonly putCursors: (cursors: readonly FigureCursor[]) => Promise<void>;
  /** Facts and tallies of a unit go: other rules make them anew. */
  readonly forget: (unit: OrganizationCode) => Promise<void>;
  readonly cursors: () => Promise<readonly FigureCursor[]>;
  /** Days between, both ends counted, with every dimension. */
  readonly days: (question: CellQuestion) => Promise<readonly Cell[]>;
  /** Of these units in these months (`yyyy-mm`), without dimensions. */
  readonly months: (units: readonly OrganizationCode[], months: readonly string[]) => Promise<readonly FigureMonth[]>;
  /** Of all units together, month by month; without the counts by quarters of an hour, of which averages have no need. */
  readonly monthsTogether: (months: readonly string[]) => Promise<readonly Omit<FigureMonth, 'unit'>[]>;
  /** Of every unit, these months together; without quarters. */
  readonly monthsSummed: (months: readonly string[]) => Promise<readonly Omit<FigureMonth, 'month'>[]>;
  /** Units of which anything is counted in these months, by code. */
  readonly unitsIn: (months: readonly string[]) => Promise<readonly OrganizationCode[]>;
  /** Of every unit the days between, both ends counted, without dimensions and quarters. */
  readonly daysOfAll: (from: string, to: string) => Promise<readonly Omit<Cell, 'by'>[]>;
  /** What was left undone of every unit: cells of this figure to this day, summed, without dimensions. */
  readonly stock: (figure: string, to: string) => Promise<readonly { readonly unit: OrganizationCode; readonly n: number }[]>;
  /** Nothing where the month was given up already. */
  readonly freeze: (reports: readonly FrozenReport[], atMs: number) => Promise<void>;
  readonly frozen: (unit: OrganizationCode, month: string) => Promise<FrozenReport | null>;
  /** Units with a cursor and without a report of this month. */
  readonly unfrozen: (month: string, limit: number) => Promise<readonly OrganizationCode[]>;
  /** False, and nothing is kept: a count of the same unit, month and figure is there. */
  readonly putImport: (head: FigureImport, counts: readonly ImportedCount[]) => Promise<boolean>;
  readonly imports: () => Promise<readonly FigureImport[]>;
  readonly imported: (units: readonly OrganizationCode[] | null, from: string, to: string) => Promise<readonly ImportedCount[]>;
  /** How many counts went with it; 0: there is no such import. */
  readonly dropImport: (id: string) => Promise<number>;
  /** True while `node` has this work to itself until `untilMs`. Two at once would still be right (`own`), only slower. */
  readonly hold: (node: string, nowMs: number, untilMs: number) => Promise<boolean>;
  readonly letGo: (node: string) => Promise<void>;
};
