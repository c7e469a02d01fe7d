import { attempt, dictOf, entryOf, isName, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';
import { namePages } from './blame.ts';
import { compareAnnotations } from './changes-annotations.ts';
import type { Step } from './changes.ts';
import { differingKeys, sameObject } from './equal.ts';
import { findPageNumber, pagesInOrder } from './page-order.ts';

/** Pages that are told apart when the tree was written anew. */
const maxPages = 20_000;
const maxNamed = 8;

/**
 * The page tree (7.7.3): nothing in it may change. This rule says which pages came, went or moved; returns the nodes that it has spoken of.
 */
export function comparePages(step: Step): ReadonlySet<number> {
  const nodes = new Set<number>();
  for (const [num, { was, now }] of step.touched) if (isNode(was) || (isNode(now) && was.kind === 'null')) nodes.add(num);
  if (nodes.size === 0 && sameObject(entryOf(step.before.catalog, 'Pages'), entryOf(step.after.catalog, 'Pages'))) return nodes;
  const was = attempt(() => [...pagesInOrder(step.before, maxPages)]);
  const now = attempt(() => [...pagesInOrder(step.after, maxPages)]);
  if (!was.ok || !now.ok) step.report({ kind: 'forbidden', what: 'Cây trang của tệp bị sửa và không còn đọc được' });
  else if (!sayDifference(step, was.value, now.value)) step.report({ kind: 'forbidden', what: `Thuộc tính chung của các trang bị thay${keysOf(step, nodes)}` });
  return nodes;
}

function isNode(object: PdfObject): boolean {
  return isName(entryOf(object, 'Type'), 'Pages') || (object.kind === 'dict' && object.entries.has('Kids') && object.entries.has('Count'));
}

function keysOf(step: Step, nodes: ReadonlySet<number>): string {
  const keys = new Set([...nodes].flatMap((num) => differingKeys(dictOf(step.before.readObject(num)), dictOf(step.after.readObject(num)))));
  return keys.size === 0 ? '' : ` (${[...keys].slice(0, maxNamed).map((key) => `/${key.slice(0, 40)}`).join(', ')})`;
}

/** False when both trees lead to the same pages. */
function sayDifference(step: Step, was: readonly number[], now: readonly number[]): boolean {
  const [old, next] = [new Set(was), new Set(now)];
  const gone = numbersOf(was, (num) => !next.has(num));
  const seen = new Set<number>();
  const came = numbersOf(now, (num) => {
    const isNew = !old.has(num) || seen.has(num);
    seen.add(num);
    return isNew;
  });
  if (gone.length > 0) step.report({ kind: 'forbidden', what: `${nameMany(gone)} bị xóa`, spots: spotsOf(gone) });
  if (came.length > 0) step.report({ kind: 'forbidden', what: `${nameMany(came)} được thêm vào sau khi ký`, spots: spotsOf(came) });
  const kept = was.filter((num) => next.has(num));
  const order = now.filter((num) => old.has(num));
  const place = new Map(was.map((num, i) => [num, i + 1]));
  const moved = kept.length === order.length ? kept.flatMap((num, i) => (order[i] === num ? [] : [place.get(num) ?? 0])) : [];
  if (moved.length > 0) step.report({ kind: 'forbidden', what: `${nameMany(moved)} bị chuyển chỗ`, spots: spotsOf(moved) });
  return gone.length + came.length + moved.length > 0;
}

function numbersOf(pages: readonly number[], wanted: (num: number) => boolean): readonly number[] {
  return pages.flatMap((num, i) => (wanted(num) ? [i + 1] : []));
}

function nameMany(numbers: readonly number[]): string {
  const named = namePages(numbers.slice(0, maxNamed));
  return `T${named.slice(1)}${numbers.length > maxNamed ? ` và ${numbers.length - maxNamed} trang khác` : ''}`;
}

function spotsOf(numbers: readonly number[]): readonly { readonly page: number; readonly place: null }[] {
  return numbers.slice(0, maxNamed).map((page) => ({ page, place: null }));
}

const keyWords: Readonly<Record<string, string>> = {
  Contents: 'Nội dung', Resources: 'Phông chữ hoặc hình', MediaBox: 'Khổ giấy', CropBox: 'Khổ giấy', Rotate: 'Chiều xoay', UserUnit: 'Khổ giấy', Group: 'Cách vẽ', AA: 'Lệnh tự chạy', B: 'Mạch bài',
};

/** One page: nothing of it may change but its list of annotations, which has its own rule. */
export function comparePage(step: Step, num: number, was: PdfDict, now: PdfDict): void {
  const keys = differingKeys(was, now).filter((key) => key !== 'Annots');
  const number = numberOf(step.before, num);
  const spots = number === null ? [] : [{ page: number, place: null }];
  const page = number === null ? 'một trang' : namePages([number]);
  for (const subject of new Set(keys.map((key) => (Object.hasOwn(keyWords, key) ? keyWords[key] : `Mục /${key.slice(0, 40)}`)))) step.report({ kind: 'forbidden', what: `${subject} ${subject === 'Nội dung' ? '' : 'của '}${page} bị thay`, spots });
  if (now.duplicates.length > 0) step.report({ kind: 'forbidden', what: `${page.replace(/^./, (letter) => letter.toUpperCase())} bị ghi hai lần một mục`, spots });
  compareAnnotations(step, num, entryOf(was, 'Annots'), entryOf(now, 'Annots'));
}

function numberOf(file: PdfFile, page: number): number | null {
  const found = attempt(() => findPageNumber(file, page));
  return found.ok ? found.value : null;
}
