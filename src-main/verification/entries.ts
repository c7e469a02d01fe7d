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

/** The same place, the same object: tools that list every object in every update say nothing new of it. */
export function sameEntry(a: XrefEntry | null, b: XrefEntry): boolean {
  if (a?.kind === 'offset' && b.kind === 'offset') return a.offset === b.offset && a.gen === b.gen;
  if (a?.kind === 'compressed' && b.kind === 'compressed') return a.container === b.container && a.index === b.index;
  return a?.kind === 'free' && b.kind === 'free';
}

/** Whether a revision wrote none of these objects anew. What lies in an object stream may have changed with the stream. */
export function leavesAlone(history: History, index: number, nums: ReadonlySet<number>): boolean {
  const before = history.states[index - 1]?.file;
  if (before === undefined) return false;
  for (const [num, entry] of readRevisionEntries(history, index)) if (nums.has(num) && !sameEntry(before.findEntry(num), entry)) return false;
  return [...nums].every((num) => before.findEntry(num)?.kind !== 'compressed' || !isContainerWritten(history, index, num));
}

function isContainerWritten(history: History, index: number, num: number): boolean {
  const [before, after] = [history.states[index - 1]?.file, history.states[index]?.file];
  const entry = before?.findEntry(num);
  if (entry?.kind !== 'compressed') return false;
  const [was, now] = [before?.findEntry(entry.container), after?.findEntry(entry.container)];
  return was === undefined || was === null || now === undefined || now === null || !sameEntry(was, now);
}

/** Sections that the revision before does not have. */
export function ownSections(history: History, index: number, file: PdfFile): PdfFile['sections'] {
  const before: State | undefined = history.states[index - 1];
  return file.sections.slice(0, file.sections.length - (before?.file.sections.length ?? 0));
}
