import { mergeBoxes, type PixelBox } from './boxes.ts';

/** RGBA, row by row. */
export type Drawing = { readonly width: number; readonly height: number; readonly pixels: Uint8Array; readonly pixelsPerMm: number };

/** Differing pixels are gathered in squares of so many before they are joined. */
const cell = 8;

export function isSameDrawing(a: Drawing, b: Drawing): boolean {
  return a.width === b.width && a.height === b.height && Buffer.compare(a.pixels, b.pixels) === 0;
}

/**
 * Where two drawings of one size differ, outside of `ignored`. No tolerance: one renderer on one machine draws what is the same the same to the bit,
 * and a threshold would be the forger's room (white on almost white).
 */
export function findDifferences(a: Drawing, b: Drawing, ignored: readonly PixelBox[]): readonly PixelBox[] {
  const { width, height } = a;
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const columns = Math.ceil(width / cell);
  const cells = new Map<number, PixelBox>();
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    if (Buffer.compare(a.pixels.subarray(row * 4, (row + width) * 4), b.pixels.subarray(row * 4, (row + width) * 4)) === 0) continue;
    const here = ignored.filter((box) => box.top <= y && y < box.bottom);
    for (let x = 0; x < width; x += 1) {
      if (left[row + x] === right[row + x] || here.some((box) => box.left <= x && x < box.right)) continue;
      const at = Math.floor(y / cell) * columns + Math.floor(x / cell);
      const known = cells.get(at);
      cells.set(at, known === undefined ? { left: x, top: y, right: x + 1, bottom: y + 1 } : { left: Math.min(known.left, x), top: known.top, right: Math.max(known.right, x + 1), bottom: y + 1 });
    }
  }
  return mergeBoxes(joinCells(cells, columns), a.pixelsPerMm);
}

/** Cells that touch become one box. */
function joinCells(cells: ReadonlyMap<number, PixelBox>, columns: number): readonly PixelBox[] {
  const open = new Map(cells);
  const boxes: PixelBox[] = [];
  for (const start of cells.keys()) {
    if (!open.has(start)) continue;
    let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
    const waiting = [start];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const box = open.get(at);
      if (box === undefined) continue;
      open.delete(at);
      [left, top, right, bottom] = [Math.min(left, box.left), Math.min(top, box.top), Math.max(right, box.right), Math.max(bottom, box.bottom)];
      const column = at % columns;
      for (const dx of [-1, 0, 1]) {
        if (column + dx < 0 || column + dx >= columns) continue;
        for (const dy of [-columns, 0, columns]) waiting.push(at + dx + dy);
      }
    }
    boxes.push({ left, top, right, bottom });
  }
  return boxes;
}

function wordsOf({ pixels }: Drawing): Uint32Array {
  return new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4);
}
