import type { RectMm } from '../../../src-shared/contract/signing.ts';

export type Point = { readonly x: number; readonly y: number };
export type Area = { readonly widthMm: number; readonly heightMm: number };

/** Where a box of a size may stand: which of its top left corners, each with what it costs; the cheapest free one is taken. */
export type Search = { readonly width: number; readonly height: number; readonly cost: (at: Point) => number };

/** Between a mark and the paper's edge: what a desk printer reaches. */
const edgeMm = 6;
const cellsAcross = 420;

/** A page's places that are `clearMm` away from all that is taken. Squares of half a millimetre on A4; a sheet of any size has as many. */
export function createFreePlaces(page: Area, taken: readonly RectMm[], clearMm: number): (search: Search) => RectMm | null {
  const cell = Math.max(page.widthMm, page.heightMm) / (cellsAcross * Math.SQRT2);
  const [columns, rows] = [Math.ceil(page.widthMm / cell), Math.ceil(page.heightMm / cell)];
  const sums = sumOf(columns, rows, taken, cell, clearMm);
  const isFree = (left: number, top: number, right: number, bottom: number): boolean => {
    const at = (x: number, y: number): number => sums[y * (columns + 1) + x]!;
    return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top) === 0;
  };
  return ({ width, height, cost }) => {
    const [wide, high] = [Math.ceil(width / cell) + 1, Math.ceil(height / cell) + 1];
    const edge = Math.ceil(edgeMm / cell);
    let best: { readonly rect: RectMm; readonly cost: number } | null = null;
    for (let row = edge; row + high <= rows - edge; row += 1) {
      for (let column = edge; column + wide <= columns - edge; column += 1) {
        const price = cost({ x: column * cell, y: row * cell });
        if (price >= (best?.cost ?? Infinity) || !isFree(column, row, column + wide, row + high)) continue;
        best = { rect: { x: column * cell, y: row * cell, width, height }, cost: price };
      }
    }
    return best?.rect ?? null;
  };
}

/** How many taken squares lie above and left of each corner, so that a box is asked in four readings. */
function sumOf(columns: number, rows: number, taken: readonly RectMm[], cell: number, clearMm: number): Int32Array {
  const used = new Uint8Array(columns * rows);
  for (const { x, y, width, height } of taken) {
    const [left, top] = [Math.max(0, Math.floor((x - clearMm) / cell)), Math.max(0, Math.floor((y - clearMm) / cell))];
    const [right, bottom] = [Math.min(columns, Math.ceil((x + width + clearMm) / cell)), Math.min(rows, Math.ceil((y + height + clearMm) / cell))];
    for (let row = top; row < bottom; row += 1) used.fill(1, row * columns + left, row * columns + Math.max(left, right));
  }
  const sums = new Int32Array((columns + 1) * (rows + 1));
  for (let row = 0; row < rows; row += 1) {
    let run = 0;
    for (let column = 0; column < columns; column += 1) {
      run += used[row * columns + column]!;
      sums[(row + 1) * (columns + 1) + column + 1] = sums[row * (columns + 1) + column + 1]! + run;
    }
  }
  return sums;
}
