import type { Pixels } from './png.ts';

/** The paper beneath the ink, on a coarse grid: how bright it is there, and its colour, which is the same all over. */
export type Paper = {
  readonly cellPx: number;
  readonly columns: number;
  readonly rows: number;
  /** 0…255 a cell, as `lightness` of a pixel. */
  readonly level: Float32Array;
  /** Paper's red, green and blue, the brightest of them 1. */
  readonly tint: readonly [number, number, number];
};

/** So many cells along the longer side: finer than any shadow, coarser than the grain of paper. */
const cellsAlong = 160;
/** Of the samples of a cell, this share is darker than what counts as its colour: thin strokes do not show in it. */
const share = 0.65;
/** A cell less even in its colours than this is ink, whatever its brightness: a broad red star is no shadow. */
const inkSaturation = 0.25;
/** Strokes up to twice this many cells are bridged from the paper on both sides; what is broader counts as shadow. */
const bridgeCells = 9;

/**
 * Paper as it was lit: gradients, shadows and its own yellow are followed, strokes are not. Grey closing (dilation, then erosion) leaves any
 * slope and any large dark field as it is, and fills what is narrower than its window. Null when no paper is to be seen.
 */
export function findPaper(pixels: Pixels): Paper | null {
  const cellPx = Math.max(4, Math.ceil(Math.max(pixels.width, pixels.height) / cellsAlong));
  const columns = Math.ceil(pixels.width / cellPx);
  const rows = Math.ceil(pixels.height / cellPx);
  const colours = cellColours(pixels, cellPx, columns, rows);
  const tint = findTint(colours);
  const level = new Float32Array(columns * rows);
  for (let cell = 0; cell < level.length; cell++) {
    const [red, green, blue] = [colours[cell * 3]! / tint[0], colours[cell * 3 + 1]! / tint[1], colours[cell * 3 + 2]! / tint[2]];
    const least = Math.min(red, green, blue);
    // Not known: the cell is full of ink.
    level[cell] = least < Math.max(red, green, blue) * (1 - inkSaturation) || least <= 0 ? -1 : least;
  }
  const closed = close(level, columns, rows);
  return fillUnknown(closed, columns, rows) ? { cellPx, columns, rows, level: soften(closed, columns, rows), tint } : null;
}

/** How light a pixel is, paper's own colour taken out: ink of any colour lacks one of the three lights. */
export function lightnessTables(tint: Paper['tint']): readonly [Float32Array, Float32Array, Float32Array] {
  const table = (part: number): Float32Array => Float32Array.from({ length: 256 }, (_, value) => value / part);
  return [table(tint[0]), table(tint[1]), table(tint[2])];
}

function cellColours({ width, height, rgba }: Pixels, cellPx: number, columns: number, rows: number): Uint8Array {
  const colours = new Uint8Array(columns * rows * 3);
  const counts = new Uint16Array(columns * 3 * 256);
  const samples = new Uint32Array(columns);
  const step = Math.max(1, Math.floor(cellPx / 12));
  for (let row = 0; row < rows; row++) {
    counts.fill(0);
    samples.fill(0);
    const last = Math.min(height, (row + 1) * cellPx);
    for (let y = row * cellPx; y < last; y += step) {
      for (let x = 0; x < width; x += step) {
        const column = Math.floor(x / cellPx);
        const at = (y * width + x) * 4;
        const bin = column * 768;
        counts[bin + rgba[at]!]! += 1;
        counts[bin + 256 + rgba[at + 1]!]! += 1;
        counts[bin + 512 + rgba[at + 2]!]! += 1;
        samples[column]! += 1;
      }
    }
    for (let column = 0; column < columns; column++) {
      for (let part = 0; part < 3; part++) colours[(row * columns + column) * 3 + part] = percentile(counts.subarray(column * 768 + part * 256, column * 768 + part * 256 + 256), samples[column]! * share);
    }
  }
  return colours;
}

function percentile(counts: Uint16Array, wanted: number): number {
  for (let value = 0, seen = 0; value < 256; value++) {
    seen += counts[value]!;
    if (seen >= wanted) return value;
  }
  return 255;
}

/** The median colour of the brighter half: paper is what there is most of, and the lightest of it. */
function findTint(colours: Uint8Array): Paper['tint'] {
  const cells = Array.from({ length: colours.length / 3 }, (_, cell) => [colours[cell * 3]!, colours[cell * 3 + 1]!, colours[cell * 3 + 2]!] as const);
  const bright = cells.toSorted((a, b) => Math.max(...b) - Math.max(...a)).slice(0, Math.ceil(cells.length / 2));
  const median = (part: 0 | 1 | 2): number => Math.max(1, bright.map((cell) => cell[part]).toSorted((a, b) => a - b)[bright.length >> 1]!);
  const paper = [median(0), median(1), median(2)] as const;
  const most = Math.max(...paper);
  return [paper[0] / most, paper[1] / most, paper[2] / most];
}

/** With a border as broad as the window, of which nothing is known: else a slope would be levelled out towards the edges. */
function close(level: Float32Array, columns: number, rows: number): Float32Array {
  const [broad, high] = [columns + 2 * bridgeCells, rows + 2 * bridgeCells];
  const padded = new Float32Array(broad * high).fill(-1);
  for (let row = 0; row < rows; row++) padded.set(level.subarray(row * columns, (row + 1) * columns), (row + bridgeCells) * broad + bridgeCells);
  const closed = extreme(extreme(padded, broad, high, Math.max), broad, high, Math.min);
  const inner = new Float32Array(level.length);
  for (let row = 0; row < rows; row++) inner.set(closed.subarray((row + bridgeCells) * broad + bridgeCells, (row + bridgeCells) * broad + bridgeCells + columns), row * columns);
  return inner;
}

/** The largest or smallest known value within the window, first along rows, then along columns; -1 where nothing is known. */
function extreme(level: Float32Array, columns: number, rows: number, choose: (a: number, b: number) => number): Float32Array {
  const pass = (from: Float32Array, length: number, lines: number, along: number, across: number): Float32Array => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let at = 0; at < length; at++) {
        let value = -1;
        const last = Math.min(length - 1, at + bridgeCells);
        for (let near = Math.max(0, at - bridgeCells); near <= last; near++) {
          const one = from[line * across + near * along]!;
          if (one >= 0) value = value < 0 ? one : choose(value, one);
        }
        to[line * across + at * along] = value;
      }
    }
    return to;
  };
  return pass(pass(level, columns, rows, 1, columns), rows, columns, columns, 1);
}

/** From the known neighbours inwards, ring by ring. False when nothing is known at all. */
function fillUnknown(level: Float32Array, columns: number, rows: number): boolean {
  let unknown = [...level.keys()].filter((cell) => level[cell]! < 0);
  while (unknown.length > 0) {
    const found = unknown.map((cell) => [cell, meanAround(level, columns, rows, cell)] as const).filter(([, value]) => value >= 0);
    if (found.length === 0) return false;
    for (const [cell, value] of found) level[cell] = value;
    unknown = unknown.filter((cell) => level[cell]! < 0);
  }
  return true;
}

function soften(level: Float32Array, columns: number, rows: number): Float32Array {
  return Float32Array.from(level, (_, cell) => meanAround(level, columns, rows, cell));
}

function meanAround(level: Float32Array, columns: number, rows: number, cell: number): number {
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
      const value = level[y * columns + x]!;
      if (value < 0) continue;
      sum += value;
      count += 1;
    }
  }
  return count === 0 ? -1 : sum / count;
}
