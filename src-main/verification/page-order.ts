import { broken, dictOf, entryOf, type PdfFile, type PdfObject } from '../pdf/index.ts';

/** Deeper page trees than any producer's; loops end here. */
const maxTreeDepth = 64;
const maxVisited = 200_000;

/**
 * The number from 1 of the page that is this object; null when the tree does not lead to it. Climbs from the page and counts what stands before it: a
 * page near the front is found at once, however long the document.
 */
export function findPageNumber(file: PdfFile, page: number): number | null {
  let before = 0;
  let visited = 0;
  let child = page;
  const root = entryOf(file.catalog, 'Pages');
  for (let depth = 0; depth < maxTreeDepth; depth += 1) {
    if (root.kind === 'ref' && root.num === child) return before + 1;
    const parent = entryOf(file.readObject(child), 'Parent');
    const kids = file.get(file.resolve(parent), 'Kids');
    if (parent.kind !== 'ref' || kids.kind !== 'array') return null;
    const at = kids.items.findIndex((kid) => kid.kind === 'ref' && kid.num === child);
    if (at < 0 || (visited += at) > maxVisited) return null;
    for (const kid of kids.items.slice(0, at)) before += pagesUnder(file, kid);
    child = parent.num;
  }
  return null;
}

function pagesUnder(file: PdfFile, kid: PdfObject): number {
  const dict = file.resolve(kid);
  if (!dictOf(dict)?.entries.has('Kids')) return 1;
  const count = file.get(dict, 'Count');
  if (count.kind !== 'number' || !Number.isSafeInteger(count.value) || count.value < 0) throw broken('cây trang hỏng');
  return count.value;
}

/** Object numbers of the pages, in order, the first so many. Throws `pdf.broken` on a loop. */
export function* pagesInOrder(file: PdfFile, most: number): Generator<number> {
  const above = new Set<number>();
  let given = 0;
  let visited = 0;
  function* walk(node: PdfObject, depth: number): Generator<number> {
    if (depth > maxTreeDepth || node.kind !== 'ref' || above.has(node.num) || (visited += 1) > maxVisited) throw broken('cây trang hỏng');
    const kids = file.get(file.resolve(node), 'Kids');
    if (kids.kind !== 'array') {
      given += 1;
      yield node.num;
      return;
    }
    above.add(node.num);
    for (const kid of kids.items) {
      if (given >= most) return;
      yield* walk(kid, depth + 1);
    }
    above.delete(node.num);
  }
  if (most > 0) yield* walk(entryOf(file.catalog, 'Pages'), 0);
}
