import { createCalendar, type WorkCalendar } from '../../src-shared/domain/calendar.ts';
import type { DocumentEvent, LogEvent } from '../../src-shared/domain/document.ts';
import { documentFact } from '../../src-shared/domain/figures/document-fact.ts';
import { dossierFact } from '../../src-shared/domain/figures/dossier-fact.ts';
import type { Fact } from '../../src-shared/domain/figures/facts.ts';
import { figuresVersion } from '../../src-shared/domain/figures/version.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { isRecordEvent } from '../../src-shared/domain/log.ts';
import type { DossierEvent } from '../../src-shared/domain/records/dossier-rules.ts';
import type { OfficeState } from '../../src-shared/domain/records/office.ts';
import type { DeskStore } from '../ports/store.ts';
import type { WritableDb } from './driver.ts';
import { createFigureCells, type Coded } from './tables/figure-cells.ts';
import { createFigureSums } from './tables/figure-sums.ts';
import { createFigureWords } from './tables/figure-words.ts';

type Walk = { readonly basis: string; readonly stage: 'documents' | 'records' | 'over'; readonly after: number; readonly done: number; readonly total: number };
type Parts = { readonly readLog: (id: DocumentId) => readonly LogEvent[]; readonly office: () => OfficeState | null };

export type Figures = Pick<DeskStore, 'figureWork' | 'figureStanding' | 'figureTally' | 'figureRows' | 'figureUnits'> & {
  /** In the transaction that changes its log: it is counted again later. */
  readonly touch: (id: DocumentId) => void;
};

/** Looked at between two looks at the clock. */
const atOnce = 16;

/**
 * The figures are made later than the log, and told so. With a log only its id is written, in the same transaction, so that nothing is forgotten and whoever signs or receives waits for no figure: to make a fact
 * takes the whole log and the calendar, and to count it thirty cells. What is queued, and everything when the definitions or the calendar are others, is counted in steps of some milliseconds.
 */
export function createFigures(db: WritableDb, { readLog, office }: Parts): Figures {
  const words = createFigureWords(db);
  const cells = createFigureCells(db, words);
  const sums = createFigureSums(db, words);
  const queue = db.write<[string]>('INSERT OR IGNORE INTO figure_due (id) VALUES (?)');
  const unqueue = db.write<[string]>('DELETE FROM figure_due WHERE id = ?');
  const due = db.read<[], { id: DocumentId }>(`SELECT id FROM figure_due LIMIT ${atOnce}`);
  const dueCount = db.read<[], { n: number }>('SELECT count(*) AS n FROM figure_due');
  const findWalk = db.read<[], Walk>('SELECT basis, stage, after, done, total FROM figure_walk WHERE one = 1');
  const putWalk = db.write<[string, string, number, number, number]>(`
    INSERT INTO figure_walk (one, basis, stage, after, done, total) VALUES (1, ?, ?, ?, ?, ?)
    ON CONFLICT (one) DO UPDATE SET basis = excluded.basis, stage = excluded.stage, after = excluded.after, done = excluded.done, total = excluded.total`);
  const documents = db.read<[number], { row: number; id: DocumentId }>(`SELECT row, id FROM document WHERE row > ? ORDER BY row LIMIT ${atOnce}`);
  const records = db.read<[number], { row: number; id: DocumentId }>(`SELECT row, id FROM record WHERE row > ? ORDER BY row LIMIT ${atOnce}`);
  const howMany = db.read<[], { n: number }>('SELECT coalesce((SELECT sum(documents) FROM tally), 0) + (SELECT count(*) FROM record) AS n');
  let calendar: { readonly days: string; readonly calendar: WorkCalendar } | null = null;
  /** The most that was left since nothing was. */
  let peak = 0;

  return {
    touch: (id) => void queue.run(id),
    figureWork: (budgetMs) => {
      try {
        return db.transaction(() => work(budgetMs));
      } catch (error) {
        words.forget();
        throw error;
      }
    },
    figureStanding: () => {
      const walk = present();
      const left = (dueCount.get()?.n ?? 0) + (walk.stage === 'over' ? 0 : Math.max(1, walk.total - walk.done));
      peak = left === 0 ? 0 : Math.max(peak, left, walk.stage === 'over' ? 0 : walk.total);
      return { left, total: peak };
    },
    figureTally: sums.tally,
    figureRows: sums.drill,
    figureUnits: () => words.startingWith('unit:').map((word) => word.slice('unit:'.length)),
  };

  /** True: there is more. What has changed goes first. */
  function work(budgetMs: number): boolean {
    // half of the time is for the tally, into which a step is put at its end
    const endMs = performance.now() + budgetMs / 2;
    const moved: Coded[] = [];
    let walk = present();
    let left = true;
    do {
      const changed = due.all();
      for (const { id } of changed) {
        give(id, moved);
        unqueue.run(id);
      }
      if (changed.length > 0) continue;
      if (walk.stage === 'over') left = false;
      else walk = step(walk, moved);
    } while (left && performance.now() < endMs);
    putWalk.run(walk.basis, walk.stage, walk.after, walk.done, walk.total);
    sums.add(moved);
    return left;
  }

  function step(walk: Walk, moved: Coded[]): Walk {
    const rows = (walk.stage === 'documents' ? documents : records).all(walk.after);
    for (const { id } of rows) give(id, moved);
    const done = walk.done + rows.length;
    if (rows.length === atOnce) return { ...walk, after: rows.at(-1)?.row ?? walk.after, done };
    return walk.stage === 'documents' ? { ...walk, stage: 'records', after: 0, done } : { ...walk, stage: 'over', after: 0, done };
  }

  function give(id: DocumentId, moved: Coded[]): void {
    cells.give(id, factOf(id), (cell) => void moved.push(cell));
  }

  function factOf(id: DocumentId): Fact | null {
    const log = readLog(id);
    const [first] = log;
    if (first === undefined) return null;
    if (!isRecordEvent(first)) return documentFact(id, log as readonly DocumentEvent[], officeCalendar());
    return first.type === 'dossierOpened' ? dossierFact(id, log as readonly DossierEvent[], officeCalendar()) : null;
  }

  /** Begins anew where the last walk was by another calendar or other definitions. */
  function present(): Walk {
    const basis = `${figuresVersion} ${daysOf()}`;
    const found = findWalk.get();
    return found?.basis === basis ? found : { basis, stage: 'documents', after: 0, done: 0, total: howMany.get()?.n ?? 0 };
  }

  function daysOf(): string {
    return JSON.stringify((office()?.days ?? []).map(({ date, kind }) => [date, kind]));
  }

  function officeCalendar(): WorkCalendar {
    const days = daysOf();
    if (calendar?.days !== days) calendar = { days, calendar: createCalendar(office()?.days ?? []) };
    return calendar.calendar;
  }
}
