import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { mapPoint, multiply, type Matrix } from './geometry.ts';
import { lineBox } from './blanks.ts';
import { readScan, type InkGrid } from './scan.ts';
import { walkPage } from './walk-page.ts';

/** More boxes than this are a drawing; what is left out of them lies among the others. */
const maxBoxes = 60_000;
/** A box as large as this share of the page is its paper: a scan, a coloured ground, a frame around everything. */
const paperShare = 0.6;

/**
 * Rectangles of all that is to be seen on the page: text, pictures, lines, what annotations and filled fields show. A place clear of them
 * is a free place, but for fields that wait to be filled.
 */
export async function readInk(page: PDFPageProxy, toMm: Matrix, size: { readonly widthMm: number; readonly heightMm: number }): Promise<readonly RectMm[]> {
  const boxes: RectMm[] = [];
  const add = (ctm: Matrix, left: number, bottom: number, right: number, top: number): void => {
    const box = clip(boundsOf(ctm, left, bottom, right, top), size);
    if (box !== null && box.width * box.height < paperShare * size.widthMm * size.heightMm && boxes.length < maxBoxes) boxes.push(box);
  };
  const pictures: { readonly ctm: Matrix; readonly id: string | null; readonly box: RectMm }[] = [];
  await walkPage(page, toMm, { annotations: true }, {
    glyph: (unicode, width, ctm, text) => {
      if (unicode.trim() !== '') add(multiply(ctm, text.matrix), 0, text.rise - lineBox.below * text.size, width, text.rise + lineBox.above * text.size);
    },
    image: (ctm, id) => {
      const box = clip(boundsOf(ctm, 0, 0, 1, 1), size);
      if (box !== null) pictures.push({ ctm, id, box });
    },
    path: ([left, bottom, right, top], ctm, white) => {
      if (!white) add(ctm, left, bottom, right, top);
    },
  });
  // A scan is one picture of the page or many strips of it: then what is written on it counts, not its paper
  const isScan = pictures.reduce((sum, { box }) => sum + box.width * box.height, 0) >= paperShare * size.widthMm * size.heightMm;
  for (const { ctm, id, box } of pictures) {
    const grid = isScan && id !== null ? await readScan(page, id, { widthMm: Math.hypot(ctm[0], ctm[1]), heightMm: Math.hypot(ctm[2], ctm[3]) }) : null;
    if (grid !== null) addGrid(grid, (left, bottom, right, top) => add(ctm, left, bottom, right, top));
    // What cannot be looked at may hold writing anywhere
    else boxes.push(box);
  }
  return boxes;
}

/** Runs of inked squares, in the picture's unit square. */
function addGrid({ columns, rows, inked }: InkGrid, add: (left: number, bottom: number, right: number, top: number) => void): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const from = column;
      while (column < columns && inked[row * columns + column] === 1) column += 1;
      if (column > from) add(from / columns, 1 - (row + 1) / rows, column / columns, 1 - row / rows);
    }
  }
}

function boundsOf(ctm: Matrix, left: number, bottom: number, right: number, top: number): RectMm {
  const corners = [mapPoint(ctm, left, bottom), mapPoint(ctm, right, bottom), mapPoint(ctm, left, top), mapPoint(ctm, right, top)];
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The part that lies on the page; null when none does. A line has no width or no height. */
function clip(box: RectMm, { widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number }): RectMm | null {
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(widthMm, box.x + box.width), Math.min(heightMm, box.y + box.height)];
  return right >= left && bottom >= top && Number.isFinite(right + bottom) ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}
