import { broken, type PdfFile, type XrefEntry } from '../pdf/index.ts';
import type { History, State } from './history.ts';

/** Entries that the sections of one revision hold, by object number, as the revision's own reader takes them. */
export type RevisionEntries = ReadonlyMap<number, XrefEntry>;

/** Some tools list every object again in every update; more than this is not examined. */
const maxEntries = 1_000_000;

/** Throws `pdf.broken` past the limit. */
export function readRevisionEntries(history: History, index: number): RevisionEntries {
  const found = new Map<number, XrefEntry>();
  const state = history.states[index];
  if (state === undefined) return found;
  for (const section of ownSections(history, index, state.file)) {
    for (const runs of [section.subsections, section.hybrid?.subsections ?? []]) {
      for (const run of runs) {
        if (found.size + run.count > maxEntries) throw broken('quá nhiều đối tượng');
        for (let num = run.first; num < run.first + run.count; num += 1) {
          const entry = state.file.findEntry(num);
          if (entry !== null && !found.has(num)) found.set(num, entry);
        }
      }
    }
  }
  return found;
}

/** Sections that the revision before does not have. */
export function ownSections(history: History, index: number, file: PdfFile): PdfFile['sections'] {
  const before: State | undefined = history.states[index - 1];
  return file.sections.slice(0, file.sections.length - (before?.file.sections.length ?? 0));
}
