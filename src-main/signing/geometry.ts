import type { RectMm } from '../../src-shared/contract/signing.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { pdfArray, pdfNumber, type Page, type PdfArray } from '../pdf/index.ts';

const pointsPerMm = 72 / 25.4;
/** A frame that a hand dragged to the very edge may stand out by a rounding. */
const toleranceMm = 0.2;

/** `[left, bottom, right, top]` in the page's own units. */
export type PdfRect = readonly [number, number, number, number];

export function mmToPt(mm: number): number {
  return mm * pointsPerMm;
}

/** The page as displayed, in millimetres. */
export function displayedSizeMm(page: Page): { readonly widthMm: number; readonly heightMm: number } {
  const mmPerUnit = page.userUnit / pointsPerMm;
  const width = (page.cropBox[2] - page.cropBox[0]) * mmPerUnit;
  const height = (page.cropBox[3] - page.cropBox[1]) * mmPerUnit;
  return page.rotate % 180 === 0 ? { widthMm: width, heightMm: height } : { widthMm: height, heightMm: width };
}

/**
 * From millimetres at the top left of the page as displayed to the page's own space (ISO 32000-2 8.3.2.3, 14.11.2): what a viewer shows
 * is the crop box, turned clockwise by /Rotate, in units of 1/72 inch times /UserUnit. Errors: `placement.outside-page`.
 */
export function toPageRect(page: Page, rect: RectMm): Result<PdfRect> {
  const shown = displayedSizeMm(page);
  const inside = rect.x >= -toleranceMm && rect.y >= -toleranceMm && rect.x + rect.width <= shown.widthMm + toleranceMm && rect.y + rect.height <= shown.heightMm + toleranceMm;
  if (!inside || !(rect.width > 0) || !(rect.height > 0)) return fail('placement.outside-page');
  const units = pointsPerMm / page.userUnit;
  const [x, y, w, h] = [rect.x * units, rect.y * units, rect.width * units, rect.height * units];
  const [left, bottom, right, top] = page.cropBox;
  if (page.rotate === 90) return ok([left + y, bottom + x, left + y + h, bottom + x + w]);
  if (page.rotate === 180) return ok([right - x - w, bottom + y, right - x, bottom + y + h]);
  if (page.rotate === 270) return ok([right - y - h, top - x - w, right - y, top - x]);
  return ok([left + x, top - y - h, left + x + w, top - y]);
}

/** The inverse of `toPageRect`. */
export function toDisplayedRect(page: Page, rect: PdfRect): RectMm {
  const mm = page.userUnit / pointsPerMm;
  const [left, bottom, right, top] = page.cropBox;
  const [l, b, r, t] = rect;
  if (page.rotate === 90) return { x: (b - bottom) * mm, y: (l - left) * mm, width: (t - b) * mm, height: (r - l) * mm };
  if (page.rotate === 180) return { x: (right - r) * mm, y: (b - bottom) * mm, width: (r - l) * mm, height: (t - b) * mm };
  if (page.rotate === 270) return { x: (top - t) * mm, y: (right - r) * mm, width: (t - b) * mm, height: (r - l) * mm };
  return { x: (l - left) * mm, y: (top - t) * mm, width: (r - l) * mm, height: (t - b) * mm };
}

/** 12.5.5: the form's matrix turns it so that it stands upright on the turned page; the viewer then fits it into /Rect. */
export function uprightMatrix(rotate: number): PdfArray | null {
  const matrix = { 90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0] }[rotate];
  return matrix === undefined ? null : pdfArray(matrix.map(pdfNumber));
}

export function unionMm(rects: readonly RectMm[]): RectMm {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return { x, y, width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x, height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y };
}

export function rectArray(rect: PdfRect): PdfArray {
  return pdfArray(rect.map((value) => pdfNumber(value)));
}
