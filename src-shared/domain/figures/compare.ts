import { figureIds, type FigureId } from './definitions.ts';
import { placeOf, reportOf, type FigureValue, type ReportQuestion } from './report.ts';
import { cellsOf, subtractTally, type Tally } from './tally.ts';

/** `documents`: so many were counted otherwise, at the least; two that changed places with each other in one cell are not seen. */
export type FigureChange = { readonly figure: FigureId; readonly before: FigureValue; readonly after: FigureValue; readonly documents: number };

/**
 * What a report of the same period says otherwise than it did: work of last month that came over the line this month changes last month's figures, and whoever gave them up is told which.
 * `before` is the tally as it was reported, with its own day of asking: a term that ran then and is over now is a change like another.
 */
export function compareReports(before: { readonly tally: Tally; readonly asOf: string }, after: { readonly tally: Tally; readonly asOf: string }, period: Omit<ReportQuestion, 'asOf'>): readonly FigureChange[] {
  const [was, is] = [before, after].map(({ tally, asOf }) => ({ inside: withinPeriod(tally, { ...period, asOf }), rows: reportOf(tally, { ...period, asOf }).rows })) as [Side, Side];
  const moved = documentsMoved(subtractTally(is.inside, was.inside));
  return figureIds.flatMap((figure) => {
    const documents = moved.get(figure) ?? 0;
    return documents === 0 ? [] : [{ figure, before: valueIn(was, figure), after: valueIn(is, figure), documents }];
  });
}

type Side = { readonly inside: Tally; readonly rows: ReturnType<typeof reportOf>['rows'] };

function withinPeriod(tally: Tally, question: ReportQuestion): Tally {
  const kept = new Map<string, number>();
  for (const cell of cellsOf(tally)) {
    if (question.units !== null && !question.units.has(cell.unit)) continue;
    if (cell.by !== '' || placeOf(cell, question) !== 'in') continue;
    kept.set(`${cell.unit}|${cell.day}|${cell.figure}|${cell.part}|`, cell.n);
  }
  return kept;
}

/** What came into a part and what left it: whatever moved from one day to another did both, and is one. A document stands in several parts; the part in which most moved tells how many there are. */
function documentsMoved(difference: Tally): ReadonlyMap<string, number> {
  const flows = new Map<string, { figure: string; up: number; down: number }>();
  for (const { figure, part, n } of cellsOf(difference)) {
    if (part === 'minutes') continue;
    // a time that is another one leaves one quarter and comes into another
    const group = `${figure}|${part.startsWith('q:') ? 'q' : part}`;
    const flow = flows.get(group) ?? { figure, up: 0, down: 0 };
    flows.set(group, n > 0 ? { ...flow, up: flow.up + n } : { ...flow, down: flow.down - n });
  }
  const most = new Map<string, number>();
  for (const { figure, up, down } of flows.values()) most.set(figure, Math.max(most.get(figure) ?? 0, up, down));
  return most;
}

function valueIn({ rows }: Side, figure: FigureId): FigureValue {
  const row = rows.find((one) => one.figure === figure && one.by === '');
  if (row === undefined) throw new Error(`a report without ${figure}`);
  return row.value;
}
