import { broken } from './fault.ts';
import type { PdfDict } from './object.ts';

/** Where one object is. A reference to a free entry is the null object (7.3.10). */
export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly gen: number }
  | { readonly kind: 'compressed'; readonly container: number; readonly index: number };

/** One run of entries, kept as the file's own bytes and read entry by entry. */
export type Subsection = { readonly first: number; readonly count: number; readonly read: (index: number) => XrefEntry };

export type XrefSection = {
  readonly kind: 'table' | 'stream';
  /** Of `xref`, or of the stream's `N G obj`. */
  readonly offset: number;
  /** Right after the trailer dictionary, or after the stream's dictionary and data. */
  readonly end: number;
  readonly trailer: PdfDict;
  readonly subsections: readonly Subsection[];
  /** 7.5.8.4: the cross-reference stream of a hybrid's table. */
  readonly hybrid: XrefSection | null;
};

/** The section's entry for an object, or null when the section says nothing of it. */
export function findInSection(section: XrefSection, num: number): XrefEntry | null {
  const own = findInRuns(section.subsections, num);
  if (section.hybrid === null || (own !== null && own.kind !== 'free')) return own;
  return findInRuns(section.hybrid.subsections, num) ?? own;
}

/** One more than the highest object number that the section has an entry for. */
export function topOfSection(section: XrefSection): number {
  const last = section.subsections.at(-1);
  const own = last === undefined ? 0 : last.first + last.count;
  return section.hybrid === null ? own : Math.max(own, topOfSection(section.hybrid));
}

/** Each is an object of our own. The most scattered update of a large document stays inside. */
export const maxSubsections = 100_000;

/** Sorted by first number; two entries for one object in one section are two readings. */
export function sortSubsections(subsections: readonly Subsection[]): readonly Subsection[] {
  const sorted = subsections.filter((run) => run.count > 0).sort((a, b) => a.first - b.first);
  for (let i = 1; i < sorted.length; i += 1) {
    if (sorted[i]!.first < sorted[i - 1]!.first + sorted[i - 1]!.count) throw broken(`bảng tham chiếu ghi hai lần đối tượng ${sorted[i]!.first}`);
  }
  return sorted;
}

function findInRuns(runs: readonly Subsection[], num: number): XrefEntry | null {
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle]!;
    if (num < run.first) high = middle - 1;
    else if (num >= run.first + run.count) low = middle + 1;
    else return run.read(num - run.first);
  }
  return null;
}
