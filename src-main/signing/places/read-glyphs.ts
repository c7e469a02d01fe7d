import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { mapPoint, multiply, type Matrix } from './geometry.ts';
import { walkPage } from './walk-page.ts';

/** One glyph on the page as displayed, in millimetres from its top left. `size` is the font's size, `y` the baseline. */
export type Glyph = { readonly text: string; readonly left: number; readonly right: number; readonly y: number; readonly size: number };

/** Every upright glyph of the page's own text with its exact place; not what annotations and fields show. */
export async function readGlyphs(page: PDFPageProxy, toMm: Matrix): Promise<readonly Glyph[]> {
  const glyphs: Glyph[] = [];
  await walkPage(page, toMm, { annotations: false }, {
    glyph: (unicode, width, ctm, text) => {
      const full = multiply(ctm, text.matrix);
      const [left, y] = mapPoint(full, 0, text.rise);
      const [right, endY] = mapPoint(full, width, text.rise);
      const [, top] = mapPoint(full, 0, text.rise + text.size);
      // Only what reads from left to right: a stamp on its side is no date line.
      if (right > left && Math.abs(endY - y) < 0.05 * (right - left) + 0.01 && top < y) glyphs.push({ text: unicode, left, right, y, size: y - top });
    },
  });
  return glyphs;
}
