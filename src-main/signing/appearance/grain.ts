import type { Pixels } from './png.ts';

/** Grain stronger than this (standard deviation, of 255) is evened out before anything is judged. */
const visible = 3.5;

/** The scan with its grain evened out: the mean of 3 × 3 pixels, where there is grain to speak of. In place. */
export function evenGrain(pixels: Pixels): void {
  if (grainOf(pixels) > visible) blur(pixels);
}

/** From neighbours that differ: the median of |a − b| is 0.954 σ of a normal distribution, and edges are few. */
function grainOf({ width, height, rgba }: Pixels): number {
  const counts = new Uint32Array(256);
  let total = 0;
  const step = Math.max(1, Math.floor(height / 400));
  for (let y = 0; y < height; y += step) {
    for (let x = 1; x < width; x++) {
      const at = (y * width + x) * 4 + 1;
      counts[Math.abs(rgba[at]! - rgba[at - 4]!)]! += 1;
      total += 1;
    }
  }
  let median = 0;
  for (let seen = counts[0]!; seen < total / 2 && median < 255; ) seen += counts[++median]!;
  return median / 0.954;
}

/** Rows of sums of three, then sums of three rows; the outermost pixels stand for those beyond the edge. */
function blur({ width, height, rgba }: Pixels): void {
  const stride = width * 3;
  const rows = [new Uint16Array(stride), new Uint16Array(stride), new Uint16Array(stride)];
  const sumRow = (y: number, into: Uint16Array): void => {
    const from = Math.min(height - 1, y) * width * 4;
    for (let x = 0, to = 0; x < width; x++, to += 3) {
      const at = from + x * 4;
      const left = x === 0 ? at : at - 4;
      const right = x === width - 1 ? at : at + 4;
      into[to] = rgba[left]! + rgba[at]! + rgba[right]!;
      into[to + 1] = rgba[left + 1]! + rgba[at + 1]! + rgba[right + 1]!;
      into[to + 2] = rgba[left + 2]! + rgba[at + 2]! + rgba[right + 2]!;
    }
  };
  sumRow(0, rows[0]!);
  rows[1]!.set(rows[0]!);
  for (let y = 0; y < height; y++) {
    const [above, own, below] = [rows[y % 3]!, rows[(y + 1) % 3]!, rows[(y + 2) % 3]!];
    if (y + 1 < height) sumRow(y + 1, below);
    else below.set(own);
    for (let x = 0, at = y * width * 4, from = 0; x < width; x++, at += 4, from += 3) {
      rgba[at] = (above[from]! + own[from]! + below[from]! + 4) / 9;
      rgba[at + 1] = (above[from + 1]! + own[from + 1]! + below[from + 1]! + 4) / 9;
      rgba[at + 2] = (above[from + 2]! + own[from + 2]! + below[from + 2]! + 4) / 9;
    }
  }
}
