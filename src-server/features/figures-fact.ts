import { createCalendar, type WorkCalendar } from '../../src-shared/domain/calendar.ts';
import type { DocumentEvent, LogEvent } from '../../src-shared/domain/document.ts';
import { countFact } from '../../src-shared/domain/figures/count.ts';
import { documentFact } from '../../src-shared/domain/figures/document-fact.ts';
import { dossierFact } from '../../src-shared/domain/figures/dossier-fact.ts';
import type { Fact } from '../../src-shared/domain/figures/facts.ts';
import type { Cell } from '../../src-shared/domain/figures/tally.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { isRecordEvent } from '../../src-shared/domain/log.ts';
import { applyOffice, type OfficeEvent } from '../../src-shared/domain/records/office-rules.ts';
import type { DayOverride, OfficeState } from '../../src-shared/domain/records/office.ts';
import type { DossierEvent } from '../../src-shared/domain/records/dossier-rules.ts';
import type { FigureChange } from '../storage/figure-table.ts';

/** Raised whenever the same log makes another fact, or the same fact other counts: everything is reckoned anew then. */
export const figureRules = 1;

/** What a changed log is to the figures. `days`: the office's own, which are a part of every fact of the unit. */
export type ReadLog = { readonly kind: 'fact'; readonly fact: Fact | null } | { readonly kind: 'days'; readonly days: readonly DayOverride[] } | { readonly kind: 'unread' };

/** Total: a log that these rules cannot read, of a newer program or a broken one, stands in no figure and holds nobody up. */
export function readLog({ unit, id, gone, events }: Pick<FigureChange, 'unit' | 'id' | 'gone' | 'events'>, calendar: WorkCalendar): ReadLog {
  // what was taken out of a unit's sight is counted there no more; where it is now it is counted by that unit's own log
  if (gone !== '' || events.length === 0) return { kind: 'fact', fact: null };
  try {
    const [first] = events as [LogEvent];
    if (!isRecordEvent(first)) return { kind: 'fact', fact: ofUnit(unit, documentFact(id, events as readonly DocumentEvent[], calendar)) };
    if (first.type === 'dossierOpened') return { kind: 'fact', fact: ofUnit(unit, dossierFact(id, events as readonly DossierEvent[], calendar)) };
    if (first.type !== 'officeBegun') return { kind: 'fact', fact: null };
    let office: OfficeState | null = null;
    for (const event of events) office = applyOffice(id, office, event as OfficeEvent);
    return { kind: 'days', days: office?.days ?? [] };
  } catch {
    return { kind: 'unread' };
  }
}

/** The unit in whose feed the log is counts it: nobody else holds it, and nobody else can be asked about it. */
function ofUnit(unit: OrganizationCode, fact: Fact | null): Fact | null {
  return fact === null ? null : { ...fact, unit };
}

/** What changes in the tallies when a fact becomes another: one sum for each cell, none of 0. */
export class CellChanges {
  readonly #cells = new Map<string, { cell: Cell; n: number }>();

  replace(before: Fact | null, after: Fact | null): void {
    if (before !== null) for (const cell of countFact(before)) this.#add(cell, -cell.n);
    if (after !== null) for (const cell of countFact(after)) this.#add(cell, cell.n);
  }

  /** In one order: rows are locked in it. */
  cells(): readonly Cell[] {
    return [...this.#cells.entries()].filter(([, { n }]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { cell, n }]) => ({ ...cell, n }));
  }

  #add(cell: Cell, n: number): void {
    const key = `${cell.unit}|${cell.day}|${cell.figure}|${cell.part}|${cell.by}`;
    const known = this.#cells.get(key);
    if (known === undefined) this.#cells.set(key, { cell, n });
    else known.n += n;
  }
}

export function calendarOf(days: string): WorkCalendar {
  return createCalendar(JSON.parse(days) as readonly DayOverride[]);
}
