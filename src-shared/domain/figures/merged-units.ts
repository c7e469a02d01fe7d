import type { DirectoryEntry } from '../organization.ts';
import { cellsOf, tallyOf, type Tally } from './tally.ts';

/**
 * Which office of today stands for which of before (1 July 2025 and later): along successors, from one to the next. An office whose work was divided among several stands for itself: nobody can say
 * which of them a figure of the past belongs to. So does whoever a ring of successors leads back to.
 */
export function successorsOf(directory: readonly Pick<DirectoryEntry, 'code' | 'successors'>[]): ReadonlyMap<string, string> {
  const next = new Map(directory.flatMap(({ code, successors }) => (successors.length === 1 ? [[code as string, successors[0] as string] as const] : [])));
  const last = new Map<string, string>();
  for (const code of next.keys()) {
    const seen = new Set([code]);
    let at = code;
    for (let to = next.get(at); to !== undefined; to = next.get(at)) {
      if (seen.has(to)) {
        at = code;
        break;
      }
      seen.add(to);
      at = to;
    }
    if (at !== code) last.set(code, at);
  }
  return last;
}

/** The same figures under the codes of today. The tally by the codes of the day is left as it is: a merger takes nothing from the past. */
export function rollUp(tally: Tally, successors: ReadonlyMap<string, string>): Tally {
  return tallyOf([...cellsOf(tally)].map((cell) => ({ ...cell, unit: successors.get(cell.unit) ?? cell.unit })));
}
