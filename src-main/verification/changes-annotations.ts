import { dictOf, entryOf, type PdfDict, type PdfObject } from '../pdf/index.ts';
import type { Step } from './changes.ts';
import { sameContent } from './equal.ts';
import { largestPicture } from './painted-area.ts';

/** A signature's picture that takes more of a page than this hides what was signed: a seal of 36 mm takes 2 %. */
const largestShare = 0.15;
/** ISO 216 A4 in points, for a page without a box. */
const a4Points = 595 * 842;
const maxTreeDepth = 64;

/** `/Annots` of one page before and after: everything that was there stays, in its order; what is new must be a widget of a new signature field. */
export function compareAnnotations(step: Step, page: number, was: PdfObject, now: PdfObject): void {
  const old = listOf(step.before.resolve(was));
  const next = listOf(step.after.resolve(now));
  if (old === null || next === null) return step.report({ kind: 'forbidden', what: 'danh sách chú thích của trang bị hỏng' });
  let at = 0;
  for (const item of next) {
    const expected = old[at];
    if (expected !== undefined && sameContent(step.before, expected, step.after, item)) at += 1;
    else judgeAdded(step, page, item);
  }
  if (at < old.length) step.report({ kind: 'forbidden', what: 'chú thích hoặc trường trên trang bị gỡ' });
}

function judgeAdded(step: Step, page: number, item: PdfObject): void {
  const dict = step.after.resolve(item);
  const num = item.kind === 'ref' ? item.num : 0;
  // A stream that calls itself a widget could be a page's content too.
  if (dict.kind !== 'dict') return step.report({ kind: 'content-added', what: 'chú thích không đọc được' });
  const subtype = entryOf(dict, 'Subtype');
  const name = subtype.kind === 'name' ? subtype.value.slice(0, 40) : '?';
  const existed = step.references.referrers.has(num) && step.fieldsBefore.byNumber.get(num)?.type !== 'Sig';
  if (name !== 'Widget' || step.fieldsAfter.byNumber.get(num)?.type !== 'Sig' || existed) {
    return step.report({ kind: 'content-added', what: name === 'Widget' ? 'trường biểu mẫu mới trên trang' : `chú thích ${name} trên trang` });
  }
  coverPage(step, page, dict);
}

/** Counts what a signature's widget may hide of its page; past the limit, over all later revisions, it is content. */
export function coverPage(step: Step, page: number, widget: PdfDict): void {
  const share = (step.covered.get(page) ?? 0) + shareOfPage(step, page, widget);
  step.covered.set(page, share);
  if (share > largestShare) step.report({ kind: 'content-added', what: 'khung chữ ký mới che phần lớn trang' });
}

/**
 * Share of a page that a widget can hide: its rectangle, or, where its picture is only images and lines of text, the largest image. The seal of a
 * document that was not prepared may span number, date and seal (signing.md §3) and hides nothing between them.
 */
function shareOfPage(step: Step, page: number, widget: PdfDict): number {
  const rect = numbersOf(step, step.after.get(widget, 'Rect'));
  if (rect === null) return 1;
  const whole = pageArea(step, page);
  const share = areaOf(rect) / whole;
  return share <= largestShare ? share : pictureArea(step, widget, areaOf(rect)) / whole;
}

/** The visible box, inherited if need be (7.7.3.4). */
function pageArea(step: Step, page: number): number {
  for (const key of ['CropBox', 'MediaBox']) {
    let node: PdfObject = step.after.readObject(page);
    for (let depth = 0; depth < maxTreeDepth && dictOf(node) !== null; depth += 1) {
      const box = numbersOf(step, step.after.get(node, key));
      if (box !== null) return Math.max(1, areaOf(box));
      node = step.after.get(node, 'Parent');
    }
  }
  return a4Points;
}

function pictureArea(step: Step, widget: PdfDict, area: number): number {
  const appearance = step.after.get(widget, 'AP');
  const normal = step.after.get(appearance, 'N');
  const box = numbersOf(step, step.after.get(normal, 'BBox'));
  if (appearance.kind !== 'dict' || [...appearance.entries.keys()].some((key) => key !== 'N') || normal.kind !== 'stream' || box === null) return area;
  const largest = largestPicture(step.after, normal);
  return largest === null ? area : (largest * area) / Math.max(1, areaOf(box));
}

function areaOf(box: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = box;
  return Math.abs(c - a) * Math.abs(d - b);
}

function numbersOf(step: Step, object: PdfObject): readonly number[] | null {
  if (object.kind !== 'array' || object.items.length !== 4) return null;
  const numbers = object.items.map((item) => step.after.resolve(item)).map((item) => (item.kind === 'number' ? item.value : Number.NaN));
  return numbers.every(Number.isFinite) ? numbers : null;
}

function listOf(object: PdfObject): readonly PdfObject[] | null {
  if (object.kind === 'null') return [];
  return object.kind === 'array' ? object.items : null;
}
