import { dictOf, entryOf, isName, pdfNull, type PdfDict, type PdfObject } from '../pdf/index.ts';
import { isPopupOfNew, nameAnnotation } from './annotation-names.ts';
import type { Step } from './changes.ts';
import { readDrawn } from './drawn.ts';
import { sameContent } from './equal.ts';
import { isSigned, shortName } from './fields.ts';
import { largestPicture } from './painted-area.ts';
import { spotOn, spotsOf } from './place.ts';

/** A signature's picture that takes more of a page than this hides what was signed: a seal of 36 mm takes 2 %. */
const largestShare = 0.15;
/** ISO 216 A4 in points, for a page without a box. */
const a4Points = 595 * 842;
const maxTreeDepth = 64;

/** `/Annots` of one page before and after: everything that was there stays, in its order; what is new must be a widget of a new signature field. */
export function compareAnnotations(step: Step, page: number, was: PdfObject, now: PdfObject): void {
  const old = listOf(step.before.resolve(was));
  const next = listOf(step.after.resolve(now));
  if (old === null || next === null) return step.report({ kind: 'forbidden', what: 'Danh sách chú thích của trang bị hỏng', spots: spotsOf(spotOn(step.before, page, pdfNull)) });
  const kept = new Set(old.flatMap((item) => (item.kind === 'ref' ? [item.num] : [])));
  const fresh = new Set(next.flatMap((item) => (item.kind === 'ref' && !kept.has(item.num) && !step.references.referrers.has(item.num) ? [item.num] : [])));
  let at = 0;
  let isReordered = false;
  for (const item of next) {
    const expected = old[at];
    if (expected !== undefined && sameContent(step.before, expected, step.after, item)) at += 1;
    else if (item.kind === 'ref' && kept.has(item.num)) isReordered = true;
    else judgeAdded(step, page, item, fresh);
  }
  if (at === old.length && !isReordered) return;
  const left = new Set(next.flatMap((item) => (item.kind === 'ref' ? [item.num] : [])));
  const gone = old.filter((item) => (item.kind === 'ref' ? !left.has(item.num) : !next.some((each) => sameContent(step.before, item, step.after, each))));
  for (const item of gone) reportGone(step, page, item);
  if (gone.length === 0) step.report({ kind: 'forbidden', what: 'Thứ tự chồng lên nhau của các chú thích bị đổi', spots: spotsOf(spotOn(step.before, page, pdfNull)) });
}

function reportGone(step: Step, page: number, item: PdfObject): void {
  const annotation = step.before.resolve(item);
  const spots = spotsOf(spotOn(step.before, page, entryOf(annotation, 'Rect')));
  const field = item.kind === 'ref' ? step.fieldsBefore.byNumber.get(item.num) : undefined;
  if (field !== undefined || isName(entryOf(annotation, 'Subtype'), 'Widget')) step.report({ kind: 'forbidden', what: field === undefined ? 'Ô biểu mẫu bị gỡ khỏi trang' : `${field.type === 'Sig' ? 'Khung chữ ký' : 'Trường'} “${shortName(field)}” bị gỡ khỏi trang`, spots });
  else step.report({ kind: 'annotation-changed', what: `Gỡ ${nameAnnotation(annotation)} có sẵn`, spots });
}

function judgeAdded(step: Step, page: number, item: PdfObject, fresh: ReadonlySet<number>): void {
  const dict = step.after.resolve(item);
  const num = item.kind === 'ref' ? item.num : 0;
  const spots = spotsOf(spotOn(step.after, page, step.after.get(dict, 'Rect')));
  // A stream that calls itself a widget could be a page's content too.
  if (dict.kind !== 'dict') return step.report({ kind: 'content-added', what: 'Thêm chú thích không đọc được', spots });
  const field = step.fieldsAfter.byNumber.get(num);
  const before = step.fieldsBefore.byNumber.get(num);
  // an empty field may come onto its page when it is signed; a signature is not shown on one more page
  const existed = step.references.referrers.has(num) && (before?.type !== 'Sig' || isSigned(step.before, before));
  if (!isName(entryOf(dict, 'Subtype'), 'Widget') || field?.type !== 'Sig' || existed) {
    if (isPopupOfNew(step.after, dict, fresh)) return;
    return step.report({ kind: 'content-added', what: field === undefined || field.type === 'Sig' ? `Thêm ${nameAnnotation(dict)}` : `Thêm trường biểu mẫu “${shortName(field)}”`, spots });
  }
  coverPage(step, page, dict);
}

/** Counts what a signature's widget may hide of its page; past the limit, over all later revisions, it is content. */
export function coverPage(step: Step, page: number, widget: PdfDict): void {
  const share = (step.covered.get(page) ?? 0) + shareOfPage(step, page, widget);
  step.covered.set(page, share);
  if (isOpaque(step, widget)) step.report({ kind: 'content-added', what: 'Khung chữ ký mới có nền đục, che phần trang bên dưới', spots: spotsOf(spotOn(step.after, page, step.after.get(widget, 'Rect'))) });
  if (share > largestShare) step.report({ kind: 'content-added', what: 'Khung chữ ký mới che phần lớn trang', spots: spotsOf(spotOn(step.after, page, step.after.get(widget, 'Rect'))) });
}

/** A picture that fills most of its frame before it draws anything takes away what the page says there, however small it is. */
function isOpaque(step: Step, widget: PdfDict): boolean {
  const normal = step.after.get(step.after.get(widget, 'AP'), 'N');
  const box = numbersOf(step, step.after.get(normal, 'BBox'));
  return normal.kind === 'stream' && box !== null && areaOf(box) > 0 && readDrawn(step.after, normal, pdfNull).filled * 2 > areaOf(box);
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
