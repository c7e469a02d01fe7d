import { instantAt, type WorkCalendar } from '../calendar.ts';
import { dossierDeadlines } from '../deadlines.ts';
import type { DocumentId } from '../ids.ts';
import { applyDossier, type DossierEvent } from '../records/dossier-rules.ts';
import type { DossierState } from '../records/dossier.ts';
import { vietnamDay } from '../vietnam-day.ts';
import { neverNow, stepOf } from './document-fact.ts';
import type { DossierFact } from './facts.ts';

/** Null: the log is empty. */
export function dossierFact(id: DocumentId, events: readonly DossierEvent[], calendar: WorkCalendar): DossierFact | null {
  let state: DossierState | null = null;
  let closedAt: string | null = null;
  for (const event of events) {
    state = applyDossier(id, state, event);
    if (event.type === 'dossierClosed') closedAt = event.at;
    if (event.type === 'dossierReopened') closedAt = null;
  }
  if (state === null) return null;
  const { unit, keeper, createdAt, endDate, construction, retention, keptUntil, handOver } = state;
  // the minutes name a day and no hour
  const handedOverAt = handOver === null ? null : instantAt(handOver.date, '12:00');
  const deadlines = endDate === null ? [] : dossierDeadlines({ endedOn: endDate, construction, retentionYears: retention === 'permanent' ? null : retention, keptUntil, noticedAt: null, handedOverAt }, neverNow, calendar);
  return {
    of: 'dossier', id, unit: unit.code, keeper,
    openedOn: vietnamDay(createdAt),
    closedOn: closedAt === null ? null : vietnamDay(closedAt),
    handedOverOn: handOver?.date ?? null,
    // whether a notice was given is not in the log; only the hand-over itself is judged
    steps: deadlines.filter(({ step }) => step === 'handover').map((one) => stepOf(one, instantAt(endDate ?? '', '00:00'))),
  };
}
