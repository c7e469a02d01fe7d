import { writePng } from '../../../src-main/signing/appearance/write-png.ts';

export type Rgb = readonly [number, number, number];
/** How much ink lies at a point: 0 none, 1 all. */
export type Drawing = (x: number, y: number) => number;
export type Scan = {
  readonly width: number;
  readonly height: number;
  readonly drawing: Drawing;
  readonly ink: Rgb;
  readonly paper: Rgb;
  /** Light on the paper, 1 is full. */
  readonly light?: Drawing;
  /** Standard deviation of the grain, in 0…255. */
  readonly grain?: number;
};

/** How much ink lies on each pixel, from its middle. */
export function coverageOf({ width, height, drawing }: Pick<Scan, 'width' | 'height' | 'drawing'>): Float32Array {
  const coverage = new Float32Array(width * height);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at++) coverage[at] = drawing(x + 0.5, y + 0.5);
  return coverage;
}

/** A scan of a drawing on paper, as a PNG without transparency. The same words make the same grain. */
export async function drawScan(scan: Scan): Promise<Uint8Array> {
  return writePng({ width: scan.width, height: scan.height, rgba: drawPixels(scan) }, 100, 1);
}

export function drawPixels({ width, height, drawing, ink, paper, light = () => 1, grain = 0 }: Scan): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  const next = createGrain();
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const share = drawing(x + 0.5, y + 0.5);
      const lit = light(x, y);
      for (let part = 0; part < 3; part++) {
        const value = (paper[part]! * (1 - share) + ink[part]! * share) * lit + grain * next();
        rgba[at + part] = Math.max(0, Math.min(255, Math.round(value)));
      }
      rgba[at + 3] = 255;
    }
  }
  return rgba;
}

/** Near enough to a normal distribution: the sum of twelve even ones (xorshift, always the same). */
function createGrain(): () => number {
  let state = 0x2545f491;
  const even = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += even();
    return sum;
  };
}

/** A flourish of a pen `thick` pixels wide, `width` × `height` around the middle. */
export function penStroke(middleX: number, middleY: number, width: number, height: number, thick: number): Drawing {
  const points = Array.from({ length: 160 }, (_, index) => {
    const t = (index / 159) * Math.PI * 2;
    return [middleX + (width / 2) * Math.cos(t * 1.5 + 0.3), middleY + (height / 2) * Math.sin(t * 2.5)] as const;
  });
  const [left, top] = [middleX - width / 2 - thick, middleY - height / 2 - thick];
  const cell = Math.max(8, thick * 2);
  const columns = Math.ceil((width + thick * 2) / cell) + 1;
  const near: number[][] = [];
  for (const index of points.keys()) {
    const [x1, y1] = points[index]!;
    const [x2, y2] = points[Math.min(points.length - 1, index + 1)]!;
    for (let y = Math.floor((Math.min(y1, y2) - thick - top) / cell); y <= Math.floor((Math.max(y1, y2) + thick - top) / cell); y++) {
      for (let x = Math.floor((Math.min(x1, x2) - thick - left) / cell); x <= Math.floor((Math.max(x1, x2) + thick - left) / cell); x++) {
        const key = y * columns + x;
        (near[key] ??= []).push(index);
      }
    }
  }
  return (x, y) => {
    if (x < left || y < top) return 0;
    const column = Math.floor((x - left) / cell);
    if (column >= columns) return 0;
    let distance = thick;
    const strokes = near[Math.floor((y - top) / cell) * columns + column];
    if (strokes === undefined) return 0;
    for (const index of strokes) distance = Math.min(distance, toSegment(x, y, points[index]!, points[Math.min(points.length - 1, index + 1)]!));
    return Math.max(0, Math.min(1, thick / 2 - distance + 0.5));
  };
}

function toSegment(x: number, y: number, [x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}

/** A round seal: two rims, marks between them as letters would be, and a broad star. */
export function roundSeal(middleX: number, middleY: number, radius: number): Drawing {
  const ring = (distance: number, at: number, thick: number): number => Math.max(0, Math.min(1, thick / 2 - Math.abs(distance - at) + 0.5));
  return (x, y) => {
    const distance = Math.hypot(x - middleX, y - middleY);
    if (distance > radius + 2) return 0;
    const angle = Math.atan2(y - middleY, x - middleX);
    const rims = Math.max(ring(distance, radius - radius * 0.03, radius * 0.06), ring(distance, radius * 0.62, radius * 0.02));
    const letters = Math.cos(angle * 36) > 0.2 && Math.abs(distance - radius * 0.78) < radius * 0.08 ? 1 : 0;
    const star = distance < radius * (0.28 + 0.16 * Math.cos(angle * 5)) ? 1 : 0;
    return Math.max(rims, letters, star);
  };
}
