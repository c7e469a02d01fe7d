import type { FigureId } from './definitions.ts';
import type { Cell } from './tally.ts';

/** What a document is of a figure: counted, in time (or signed), not, or of an order of times that cannot be. A document with two tasks may be several. */
export const outcomes = ['n', 'met', 'missed', 'unclear'] as const;
export type Outcome = (typeof outcomes)[number];

/** `bys`: in which dimensions it is that, the empty one included. */
export type FigureEntry = { readonly figure: string; readonly outcome: Outcome; readonly day: string; readonly bys: readonly string[] };

/** From a figure to its documents: what the cells of one fact make it. Of a share `of` is not an outcome: what is in it is met or missed. */
export function entriesOf(cells: readonly Cell[]): readonly FigureEntry[] {
  const sums = new Map<string, { figure: string; day: string; by: string; parts: Map<string, number> }>();
  for (const { figure, day, by, part, n } of cells) {
    const key = JSON.stringify([figure, day, by]);
    let one = sums.get(key);
    if (one === undefined) sums.set(key, (one = { figure, day, by, parts: new Map() }));
    one.parts.set(part, (one.parts.get(part) ?? 0) + n);
  }
  const entries = new Map<string, { figure: string; outcome: Outcome; day: string; bys: string[] }>();
  for (const { figure, day, by, parts } of sums.values()) {
    const [n, of, met, unclear] = ['n', 'of', 'met', 'unclear'].map((part) => parts.get(part) ?? 0) as [number, number, number, number];
    for (const outcome of [...(n > 0 ? ['n' as const] : []), ...(met > 0 ? ['met' as const] : []), ...(of > met ? ['missed' as const] : []), ...(unclear > 0 ? ['unclear' as const] : [])]) {
      const key = `${figure}|${outcome}|${day}`;
      const entry = entries.get(key);
      if (entry === undefined) entries.set(key, { figure, outcome, day, bys: [by] });
      else entry.bys.push(by);
    }
  }
  return [...entries.values()];
}

/** `part` `ahead`: what bears a day that has not come, whatever it is. */
export type DrillQuestion = { readonly figure: FigureId; readonly by: string; readonly part: Outcome | 'ahead' };
