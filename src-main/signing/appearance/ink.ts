import { lightnessTables, type Paper } from './paper.ts';
import type { Pixels } from './png.ts';

/** How much darker than its paper each pixel is: `zero` is as light as paper, `zero + scale` is black. One byte a pixel. */
export type Contrast = { readonly width: number; readonly height: number; readonly values: Uint8Array };
export const zero = 64;
export const scale = 160;

export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
/** Where the ink is: its box (right and bottom excluded), and the cells of the paper's grid that hold ink or touch some. */
export type InkArea = { readonly box: Box; readonly isInk: Uint8Array };

/** Of a normal distribution, 3 in a million lie beyond. */
const sigmas = 4.5;
/** Grain that is fainter than this is never ink, however even the paper. */
const leastContrast = 0.06;
/** Paper in light and in shadow, so many kinds of it. */
const bands = 6;
/** A cell with less ink than this share of it is dust, or the tip of a stroke beside it. */
const leastShare = 0.04;
/** A blot that holds less than this share of all ink, and touches no other, is dust. */
const dustShare = 0.003;

export function contrastTo(paper: Paper, { width, height, rgba }: Pixels): Contrast {
  const values = new Uint8Array(width * height);
  const [reds, greens, blues] = lightnessTables(paper.tint);
  const line = new Float32Array(paper.columns);
  for (let y = 0; y < height; y++) {
    readLine(paper, y, line);
    for (let x = 0, at = y * width, from = y * width * 4; x < width; x++, at++, from += 4) {
      // Half a cell to the left: a cell's level is that of its middle.
      const place = x / paper.cellPx - 0.5;
      const column = place < 0 ? 0 : place > paper.columns - 1 ? paper.columns - 1 : place;
      const first = column | 0;
      const second = first + 1 < paper.columns ? first + 1 : first;
      const level = line[first]! + (line[second]! - line[first]!) * (column - first);
      let least = reds[rgba[from]!]!;
      const green = greens[rgba[from + 1]!]!;
      const blue = blues[rgba[from + 2]!]!;
      if (green < least) least = green;
      if (blue < least) least = blue;
      const value = zero + scale * (1 - least / level);
      values[at] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
  return { width, height, values };
}

function readLine(paper: Paper, y: number, line: Float32Array): void {
  const place = Math.min(paper.rows - 1, Math.max(0, y / paper.cellPx - 0.5));
  const first = Math.floor(place);
  const second = Math.min(paper.rows - 1, first + 1);
  for (let column = 0; column < paper.columns; column++) {
    const above = paper.level[first * paper.columns + column]!;
    line[column] = above + (paper.level[second * paper.columns + column]! - above) * (place - first);
  }
}

/**
 * Above this value a pixel is ink. The grain of the paper is measured on its light side, where no ink is, and apart for paper in light and in
 * shadow: the same grain is more of a darker paper.
 */
export function inkThreshold({ width, height, values }: Contrast, { cellPx, columns, level }: Paper): number {
  const [darkest, lightest] = [Math.min(...level), Math.max(...level)];
  const bandOf = Uint8Array.from(level, (one) => Math.min(bands - 1, Math.floor(((one - darkest) / Math.max(1, lightest - darkest)) * bands)));
  const counts = Array.from({ length: bands }, () => new Uint32Array(256));
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / cellPx) * columns;
    for (let cell = row, x = 0; x < width; cell++) {
      const band = counts[bandOf[cell]!]!;
      for (const end = Math.min(width, x + cellPx); x < end; x++, at++) band[values[at]!]! += 1;
    }
  }
  const telling = counts.filter((band) => sum(band) > (width * height) / 100);
  return Math.max(...telling.map(thresholdOf));
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

function thresholdOf(counts: Uint32Array): number {
  let middle = zero;
  for (let value = zero - 32; value <= zero + 32; value++) if (counts[value]! > counts[middle]!) middle = value;
  let squares = 0;
  let count = 0;
  for (let value = Math.max(0, middle - 48); value <= middle; value++) {
    squares += counts[value]! * (value - middle) ** 2;
    count += counts[value]! * (value === middle ? 0.5 : 1);
  }
  return middle + Math.max(leastContrast * scale, sigmas * Math.sqrt(squares / Math.max(1, count)));
}

/** The value that this share of the ink is paler than. */
export function inkStrength({ values }: Contrast, threshold: number, share: number): number {
  const counts = countValues(values);
  const from = Math.ceil(threshold);
  let total = 0;
  for (let value = from; value < 256; value++) total += counts[value]!;
  for (let value = from, seen = 0; value < 256; value++) {
    seen += counts[value]!;
    if (seen >= total * share) return value;
  }
  return 255;
}

function countValues(values: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]! += 1;
  return counts;
}

/** Null when there is no ink. Dust is left out: blots apart from the rest that hold next to nothing of it. */
export function findInkArea({ width, height, values }: Contrast, threshold: number, { cellPx, columns, rows }: Paper): InkArea | null {
  const counts = new Uint32Array(columns * rows);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / cellPx) * columns;
    for (let x = 0; x < width; x++, at++) if (values[at]! > threshold) counts[row + Math.floor(x / cellPx)]! += 1;
  }
  const strong = Uint8Array.from(counts, (count) => (count > cellPx * cellPx * leastShare ? 1 : 0));
  const blots = findBlots(strong, columns, rows);
  const total = counts.reduce((sum, count, cell) => sum + (strong[cell] === 1 ? count : 0), 0);
  const kept = blots.filter((blot) => blot.reduce((sum, cell) => sum + counts[cell]!, 0) >= Math.max(12, total * dustShare));
  if (kept.length === 0) return null;
  const isInk = new Uint8Array(columns * rows);
  for (const cell of kept.flat()) for (const near of around(cell, columns, rows)) isInk[near] = 1;
  return { isInk, box: findBox({ width, height, values }, threshold, isInk, cellPx, columns) };
}

function findBlots(strong: Uint8Array, columns: number, rows: number): readonly (readonly number[])[] {
  const seen = new Uint8Array(strong.length);
  const blots: number[][] = [];
  for (const [start, is] of strong.entries()) {
    if (is === 0 || seen[start] === 1) continue;
    const blot = [start];
    seen[start] = 1;
    // Grows while it is walked.
    for (const cell of blot) {
      for (const near of around(cell, columns, rows)) {
        if (strong[near] === 0 || seen[near] === 1) continue;
        seen[near] = 1;
        blot.push(near);
      }
    }
    blots.push(blot);
  }
  return blots;
}

function around(cell: number, columns: number, rows: number): readonly number[] {
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const near: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) near.push(y * columns + x);
  return near;
}

function findBox({ width, height, values }: Contrast, threshold: number, isInk: Uint8Array, cellPx: number, columns: number): Box {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / cellPx) * columns;
    for (let x = 0; x < width; x++, at++) {
      if (values[at]! <= threshold || isInk[row + Math.floor(x / cellPx)] === 0) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return { left, top, right, bottom };
}
