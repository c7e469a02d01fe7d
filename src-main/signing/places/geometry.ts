/** `[a b c d e f]` of ISO 32000-2 8.3.3: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** What `inner` maps, `outer` maps again. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  return [
    outer[0] * inner[0] + outer[2] * inner[1],
    outer[1] * inner[0] + outer[3] * inner[1],
    outer[0] * inner[2] + outer[2] * inner[3],
    outer[1] * inner[2] + outer[3] * inner[3],
    outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
    outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
  ];
}

export function mapPoint(matrix: Matrix, x: number, y: number): readonly [number, number] {
  return [matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]];
}

/** Arrays and typed arrays come out of pdf.js as one or the other, or as objects with numbered keys. */
export function matrixFrom(value: unknown): Matrix | null {
  if (typeof value !== 'object' || value === null) return null;
  const at = (index: number): number => Number(Reflect.get(value, String(index)));
  const matrix: Matrix = [at(0), at(1), at(2), at(3), at(4), at(5)];
  return matrix.every(Number.isFinite) ? matrix : null;
}

export const pointsPerMm = 72 / 25.4;
