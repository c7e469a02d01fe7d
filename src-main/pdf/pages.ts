import { broken } from './fault.ts';
import { dictOf, entryOf, isName, pdfNull, type PdfDict, type PdfObject } from './object.ts';
import type { ObjectReader } from './file.ts';

/** `[left, bottom, right, top]` in the page's own units, sorted. */
export type Box = readonly [number, number, number, number];

export type Page = {
  readonly num: number;
  readonly gen: number;
  readonly dict: PdfDict;
  readonly mediaBox: Box;
  /** Clipped to the media box (14.11.2). */
  readonly cropBox: Box;
  /** 0, 90, 180 or 270, clockwise. */
  readonly rotate: number;
  /** Points per unit of the page (14.11.2); 1 unless said. */
  readonly userUnit: number;
};

/** Deeper page trees than any producer's; loops end here. */
const maxTreeDepth = 64;
/** Pages and nodes that are counted, over all pages that are asked for. */
const maxVisited = 2_000_000;
/** More objects than a file can number (Annex C). */
const maxPages = 8_388_607;
const inherited = ['MediaBox', 'CropBox', 'Rotate', 'Resources'] as const;

type Inherited = Readonly<Record<string, PdfObject>>;

export type PageTree = { readonly count: number; /** `index` counts from 0; null past the last page. */ readonly find: (index: number) => Page | null };

/** A missing tree or count is `pdf.broken`. What was counted is remembered, so that page after page costs no more than one walk over the tree. */
export function createPageTree(reader: ObjectReader, catalog: PdfDict): PageTree {
  const count = countPages(reader, catalog);
  /** Of each node by its number: how many pages come before each of its kids, as far as they were asked for. */
  const counted = new Map<number, number[]>();
  let visited = 0;

  /** The kid that the page is under, and how many pages of the node come before it. */
  function findKid(num: number, kids: readonly PdfObject[], left: number): { readonly kid: PdfObject; readonly before: number } {
    const before = counted.get(num) ?? [0];
    // A direct node has no number of its own
    if (num > 0) counted.set(num, before);
    while (before.length <= kids.length && before.at(-1)! <= left) {
      if ((visited += 1) > maxVisited) throw broken('cây trang quá lớn');
      before.push(before.at(-1)! + pagesUnder(reader, kids[before.length - 1]!));
    }
    if (before.at(-1)! <= left) throw broken('cây trang đếm sai số trang');
    let low = 0;
    let high = before.length - 1;
    // The last kid that no more pages come before
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (before[middle]! <= left) low = middle;
      else high = middle;
    }
    return { kid: kids[low]!, before: before[low]! };
  }

  function find(index: number): Page | null {
    if (!Number.isInteger(index) || index < 0 || index >= count) return null;
    let node = entryOf(catalog, 'Pages');
    let left = index;
    let handed: Inherited = {};
    const above = new Set<number>();
    for (let depth = 0; depth < maxTreeDepth; depth += 1) {
      const dict = dictOf(reader.resolve(node));
      if (dict === null) throw broken('cây trang hỏng');
      if (node.kind === 'ref') {
        if (above.has(node.num)) throw broken('cây trang trỏ vòng');
        above.add(node.num);
      }
      handed = { ...handed, ...own(dict) };
      const kids = reader.get(dict, 'Kids');
      if (kids.kind !== 'array') return node.kind === 'ref' ? readPage(reader, node.num, node.gen, dict, handed) : refuseDirect();
      const found = findKid(node.kind === 'ref' ? node.num : 0, kids.items, left);
      left -= found.before;
      node = found.kid;
    }
    throw broken('cây trang quá sâu');
  }
  return { count, find };
}

/** What the root says of its /Count. */
function countPages(reader: ObjectReader, catalog: PdfDict): number {
  const root = dictOf(reader.get(catalog, 'Pages'));
  if (root === null) throw broken('thiếu cây trang');
  const kids = reader.get(root, 'Kids');
  const count = reader.get(root, 'Count');
  if (kids.kind !== 'array' || count.kind !== 'number' || !Number.isSafeInteger(count.value) || count.value < 0 || count.value > maxPages) throw broken('cây trang hỏng');
  if (kids.items.length === 0) return 0;
  return count.value;
}

function pagesUnder(reader: ObjectReader, kid: PdfObject): number {
  const dict = dictOf(reader.resolve(kid));
  if (dict === null) throw broken('cây trang hỏng');
  if (reader.get(dict, 'Kids').kind !== 'array') return 1;
  const count = reader.get(dict, 'Count');
  if (count.kind !== 'number' || !Number.isSafeInteger(count.value) || count.value < 0) throw broken('cây trang hỏng');
  return count.value;
}

function own(dict: PdfDict): Inherited {
  return Object.fromEntries(inherited.filter((key) => dict.entries.has(key)).map((key) => [key, entryOf(dict, key)]));
}

function readPage(reader: ObjectReader, num: number, gen: number, dict: PdfDict, handed: Inherited): Page {
  // 7.7.3.3: a node that lost its kids, or an object of any other kind, is no page to sign on; a verifier would call its change forbidden
  if (!isName(reader.get(dict, 'Type'), 'Page')) throw broken('một trang không ghi /Type /Page');
  const mediaBox = boxOf(reader, handed['MediaBox'] ?? pdfNull);
  if (mediaBox === null) throw broken('trang không có khổ giấy');
  const cropBox = boxOf(reader, handed['CropBox'] ?? pdfNull);
  const rotate = reader.resolve(handed['Rotate'] ?? pdfNull);
  const turns = rotate.kind === 'number' ? rotate.value : 0;
  if (turns % 90 !== 0) throw broken('góc xoay của trang không hợp lệ');
  const userUnit = reader.get(dict, 'UserUnit');
  return {
    num, gen, dict, mediaBox,
    cropBox: (cropBox === null ? null : intersect(mediaBox, cropBox)) ?? mediaBox,
    rotate: ((turns % 360) + 360) % 360,
    userUnit: userUnit.kind === 'number' && userUnit.value > 0 ? userUnit.value : 1,
  };
}

function boxOf(reader: ObjectReader, object: PdfObject): Box | null {
  const array = reader.resolve(object);
  if (array.kind !== 'array' || array.items.length !== 4) return null;
  const numbers = array.items.map((item) => reader.resolve(item)).map((item) => (item.kind === 'number' ? item.value : Number.NaN));
  const [a, b, c, d] = [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!];
  const box: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}

function intersect(a: Box, b: Box): Box | null {
  const box: Box = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return box[2] > box[0] && box[3] > box[1] ? box : null;
}

function refuseDirect(): never {
  throw broken('trang không phải đối tượng riêng');
}
