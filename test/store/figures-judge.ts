import assert from 'node:assert/strict';
import { createCalendar } from '../../src-shared/domain/calendar.ts';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import { countFact, countFacts } from '../../src-shared/domain/figures/count.ts';
import { figureIds, type FigureId } from '../../src-shared/domain/figures/definitions.ts';
import { documentFact } from '../../src-shared/domain/figures/document-fact.ts';
import { dossierFact } from '../../src-shared/domain/figures/dossier-fact.ts';
import type { Fact } from '../../src-shared/domain/figures/facts.ts';
import { entriesOf, outcomes } from '../../src-shared/domain/figures/outcomes.ts';
import { placeOf, reportOf } from '../../src-shared/domain/figures/report.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { isRecordEvent } from '../../src-shared/domain/log.ts';
import type { DossierEvent } from '../../src-shared/domain/records/dossier-rules.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';

const periods = [
  { from: '2026-03-01', to: '2026-03-31', asOf: '2026-04-15' },
  { from: '2025-01-01', to: '2027-12-31', asOf: '2026-03-05' },
  { from: '2026-03-02', to: '2026-03-02', asOf: '2026-03-02' },
  { from: '2026-01-01', to: '2026-12-31', asOf: '2026-01-01' },
];

/** The figures of a desk are those that its logs make from nothing: every figure, in every dimension, and every document behind it. */
export function checkFigures(desk: DeskStore, ids: readonly DocumentId[], where: string): void {
  while (desk.figureWork(4));
  assert.deepEqual(desk.figureStanding(), { left: 0, total: 0 }, `${where}: everything is counted`);
  const facts = ids.flatMap((id) => factOf(desk, id) ?? []);
  const tally = countFacts(facts);
  const units = [...new Set(facts.map(({ unit }) => unit))];
  const entries = facts.flatMap((fact) => entriesOf(countFact(fact)).map((entry) => ({ ...entry, figure: entry.figure as FigureId, id: fact.id })));
  for (const period of periods) {
    const question = { units: null, ...period };
    assert.deepEqual(reportOf(desk.figureTally(period), question), reportOf(tally, question), `${where}: figures of ${period.from} asked on ${period.asOf}`);
    for (const figure of figureIds) {
      for (const part of [...outcomes, 'ahead'] as const) {
        const these = entries.filter((entry) => entry.figure === figure && (part === 'ahead' || entry.outcome === part) && placeOf(entry, period) === (part === 'ahead' ? 'ahead' : 'in'));
        // as a whole, and in one of its dimensions
        for (const by of ['', ...(these.at(-1)?.bys.slice(-1) ?? [])]) {
          const wanted = [...new Set(these.filter(({ bys }) => bys.includes(by)).map(({ id }) => id))].sort();
          const found = desk.figureRows({ figure, by, part, units, ...period, offset: 0, limit: 1000, oldest: false });
          assert.deepEqual([found.total, found.rows.map(({ id }) => id).sort()], [wanted.length, wanted], `${where}: behind ${figure}, ${by}, ${part}, ${period.from} asked on ${period.asOf}`);
        }
      }
    }
  }
}

export function factOf(desk: DeskStore, id: DocumentId): Fact | null {
  const log = desk.readLog(id);
  const [first] = log;
  const calendar = createCalendar(desk.office()?.days ?? []);
  if (first === undefined) return null;
  if (!isRecordEvent(first)) return documentFact(id, log as readonly DocumentEvent[], calendar);
  return first.type === 'dossierOpened' ? dossierFact(id, log as readonly DossierEvent[], calendar) : null;
}
