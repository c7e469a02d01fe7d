import type { Fact } from '../../src-shared/domain/figures/facts.ts';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { FigureChange, FigureCursor, FigureFact } from '../storage/figure-table.ts';
import type { Storage, Tx } from '../storage/port.ts';
import { CellChanges, calendarOf, figureRules, readLog } from './figures-fact.ts';

export type StepSize = { readonly units: number; readonly documents: number };
/** `documents`: logs that were read again; `changed`: facts that became others. `after`: where the next step begins; null: every unit is brought forward. */
export type StepOutcome = { readonly documents: number; readonly changed: number; readonly unread: number; readonly after: string | null };

/** What one transaction takes on: on one machine it holds up the people at their desks for so long. */
export const usualStep: StepSize = { units: 600, documents: 100 };

/**
 * Brings some units' figures forward: changed logs become facts, what the old ones counted is subtracted, what the new ones count is added, and the cursors move, all in one transaction. Killed at any
 * moment it has happened or has not; run twice at once the second waits for the first and finds nothing left.
 */
export function stepFigures(storage: Storage, after = '', size: StepSize = usualStep): Promise<StepOutcome> {
  return storage.transaction(async (tx) => {
    const behind = await tx.figures.behind(figureRules, after, size.units);
    if (behind.length === 0) return { documents: 0, changed: 0, unread: 0, after: null };
    const units = behind.map(({ unit }) => unit);
    const cursors = new Map((await tx.figures.own(units, figureRules)).map((cursor) => [cursor.unit, cursor]));
    await beginAnew(tx, cursors);
    const changes = await tx.figures.changed(units, size.documents);
    const done = reckon(changes, cursors);
    await tx.figures.putFacts(done.facts);
    await tx.figures.addCells(done.cells);
    // a page that is not full has everything of these units; else the last one it came to may have more
    const whole = changes.length < size.documents;
    const last = changes.at(-1)?.unit ?? '';
    const counters = new Map(behind.map(({ unit, counter }) => [unit, counter]));
    const moved = units.filter((unit) => whole || unit <= last).map((unit): FigureCursor => {
      const cursor = done.cursors.get(unit) ?? readCursor(cursors, unit);
      return done.anew.has(unit) || (!whole && unit === last) ? cursor : { ...cursor, seq: Math.max(cursor.seq, counters.get(unit) ?? 0) };
    });
    await tx.figures.putCursors(moved);
    const again = done.anew.size > 0 || !whole;
    const least = [...done.anew].sort()[0];
    // back to the one before whoever begins anew: `behind` finds it again
    const next = again ? before(least === undefined || (!whole && last < least) ? last : least) : (units.length < size.units ? null : (units.at(-1) ?? null));
    return { documents: changes.length, changed: done.facts.length, unread: done.unread, after: next };
  });
}

/** Other rules, or none yet: nothing of what was counted can be taken apart any more, so it goes. */
async function beginAnew(tx: Tx, cursors: Map<OrganizationCode, FigureCursor>): Promise<void> {
  for (const [unit, cursor] of cursors) {
    if (cursor.rules === figureRules) continue;
    await tx.figures.forget(unit);
    const fresh = { ...cursor, seq: 0, rules: figureRules, unread: 0 };
    cursors.set(unit, fresh);
    await tx.figures.putCursors([fresh]);
  }
}

type Reckoned = {
  readonly facts: FigureFact[]; readonly cells: ReturnType<CellChanges['cells']>; readonly cursors: ReadonlyMap<OrganizationCode, FigureCursor>; readonly unread: number;
  /** Units whose own days are others now: their logs are read from the beginning, and only what differs moves. */
  readonly anew: ReadonlySet<OrganizationCode>;
};

function reckon(changes: readonly FigureChange[], before: ReadonlyMap<OrganizationCode, FigureCursor>): Reckoned {
  const cells = new CellChanges();
  const facts: FigureFact[] = [];
  const cursors = new Map<OrganizationCode, FigureCursor>();
  const anew = new Set<OrganizationCode>();
  const calendars = new Map<string, ReturnType<typeof calendarOf>>();
  let unread = 0;
  for (const change of changes) {
    const cursor = cursors.get(change.unit) ?? readCursor(before, change.unit);
    const calendar = calendars.get(cursor.calendar) ?? calendarOf(cursor.calendar);
    calendars.set(cursor.calendar, calendar);
    const log = readLog(change, calendar);
    let next = { ...cursor, seq: change.seq };
    if (log.kind === 'days' && JSON.stringify(log.days) !== cursor.calendar) {
      anew.add(change.unit);
      next = { ...next, calendar: JSON.stringify(log.days) };
    }
    if (log.kind === 'unread') {
      unread += 1;
      next = { ...next, unread: next.unread + 1 };
    }
    const body = log.kind === 'fact' && log.fact !== null ? JSON.stringify(log.fact) : null;
    if (body !== change.fact) {
      cells.replace(change.fact === null ? null : (JSON.parse(change.fact) as Fact), log.kind === 'fact' ? log.fact : null);
      facts.push({ unit: change.unit, id: change.id, body });
    }
    cursors.set(change.unit, next);
  }
  for (const unit of anew) {
    const cursor = cursors.get(unit);
    if (cursor !== undefined) cursors.set(unit, { ...cursor, seq: 0, unread: 0 });
  }
  return { facts, cells: cells.cells(), cursors, unread, anew };
}

function readCursor(cursors: ReadonlyMap<OrganizationCode, FigureCursor>, unit: OrganizationCode): FigureCursor {
  const cursor = cursors.get(unit);
  if (cursor === undefined) throw new Error(`${unit} has no cursor`);
  return cursor;
}

/** A text right before `code`: `behind` asks for what comes above it. */
function before(code: string): string {
  return code.slice(0, -1);
}
