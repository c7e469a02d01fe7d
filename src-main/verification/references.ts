import { broken, entryOf, referencesIn, type PdfFile } from '../pdf/index.ts';

/** Who refers to an object: its number, `manyReferrers`, or `trailerReferrer`. Absent: nobody that is reachable. */
export type References = { readonly referrers: Map<number, number> };

export const manyReferrers = -1;
export const trailerReferrer = 0;

/** A file of more reachable objects is not examined for changes; the measured 300,000 are well inside. */
const maxObjects = 600_000;

/**
 * Walks everything that the trailer reaches. Numbers that are referred to but not (yet) in the file are in it too: an object put there later would
 * fill a hole that the signed revision left open on purpose. Throws `pdf.broken` past the limit.
 */
export function walkReferences(file: PdfFile): References {
  const references: References = { referrers: new Map() };
  addReferences(references, file, trailerReferrer, entryOf(file.trailer, 'Root'));
  addReferences(references, file, trailerReferrer, entryOf(file.trailer, 'Info'));
  return references;
}

/** Adds what an object of a later revision refers to, and what lies below it that was not reachable before. */
export function addReferences(references: References, file: PdfFile, referrer: number, object: Parameters<typeof referencesIn>[0]): void {
  const { referrers } = references;
  const open: number[] = [];
  const visit = (from: number) => (num: number): void => {
    const known = referrers.get(num);
    if (known === undefined) {
      if (referrers.size >= maxObjects) throw broken('quá nhiều đối tượng');
      referrers.set(num, from);
      open.push(num);
    } else if (known !== from) referrers.set(num, manyReferrers);
  };
  referencesIn(object, visit(referrer));
  for (let num = open.pop(); num !== undefined; num = open.pop()) {
    referencesIn(file.readObject(num), visit(num));
    // What an object stream needs to be read (an indirect /Length) decides what its objects are.
    const entry = file.findEntry(num);
    if (entry?.kind === 'compressed') visit(num)(entry.container);
  }
}
