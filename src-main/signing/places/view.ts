import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { identity, matrixFrom, pointsPerMm, type Matrix } from './geometry.ts';

/** A page as displayed. `toMm` maps its user space to millimetres from the top left. */
export type PageView = { readonly widthMm: number; readonly heightMm: number; readonly toMm: Matrix };

export function viewOf(page: PDFPageProxy): PageView {
  const { width, height, transform } = page.getViewport({ scale: 1 / pointsPerMm });
  return { widthMm: width, heightMm: height, toMm: matrixFrom(transform) ?? identity };
}
