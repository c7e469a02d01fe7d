import type { CanvasElement } from 'pdfmake/interfaces.js';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { colours } from './colours.ts';

export type Sign = VerificationReport['verdict'];

export const signColours: Readonly<Record<Sign, string>> = {
  'valid': colours.good, 'valid-extended': colours.good, 'changed': colours.amber, 'invalid': colours.bad, 'indeterminate': colours.open, 'unsigned': colours.quiet,
};

type Point = readonly [x: number, y: number];

/** A verdict as a shape that needs no colour: each has an outline of its own. Drawn on 24 units, scaled to `size`. */
export function drawSign(sign: Sign, size: number, [left, top]: Point = [0, 0]): CanvasElement[] {
  const colour = signColours[sign];
  const scale = size / 24;
  const lineWidth = 2 * scale;
  const at = ([x, y]: Point): { x: number; y: number } => ({ x: left + x * scale, y: top + y * scale });
  // pdfmake moves the points of a polyline anew each time a table's head is repeated; single strokes stay where they are
  const line = (...points: readonly Point[]): CanvasElement[] => points.slice(1).map((to, index) => {
    const [from, end] = [at(points[index] ?? to), at(to)];
    return { type: 'line', x1: from.x, y1: from.y, x2: end.x, y2: end.y, lineWidth, lineColor: colour, lineCap: 'round' };
  });
  const outline = (...points: readonly Point[]): CanvasElement[] => line(...points, ...points.slice(0, 1));
  const dot = (point: Point, radius: number): CanvasElement => ({ type: 'ellipse', ...at(point), r1: radius * scale, r2: radius * scale, color: colour });
  switch (sign) {
    case 'valid':
      return [{ type: 'ellipse', ...at([12, 12]), r1: 10.5 * scale, r2: 10.5 * scale, lineWidth, lineColor: colour }, ...line([7, 12.4], [10.6, 16], [17, 8.6])];
    case 'valid-extended':
      // the ring is open where something was added
      return [...line(...arc([11, 11], 9.5, 75, 375)), ...line([6.4, 11.4], [9.8, 14.8], [15.6, 7.9]), ...line([19.5, 16], [19.5, 23]), ...line([16, 19.5], [23, 19.5])];
    case 'changed':
      return [...outline([12, 2.2], [23, 21.6], [1, 21.6]), ...line([12, 9], [12, 14.6]), dot([12, 18], 1.3)];
    case 'invalid':
      return [...outline([7.3, 1.5], [16.7, 1.5], [22.5, 7.3], [22.5, 16.7], [16.7, 22.5], [7.3, 22.5], [1.5, 16.7], [1.5, 7.3]), ...line([8, 8], [16, 16]), ...line([16, 8], [8, 16])];
    case 'indeterminate':
      return [...outline([12, 0.8], [23.2, 12], [12, 23.2], [0.8, 12]), ...line(...arc([12, 9.6], 2.9, 180, 400), [12, 13], [12, 14.4]), dot([12, 17.6], 1.2)];
    case 'unsigned':
      return [...outline([2, 2], [22, 2], [22, 22], [2, 22]), ...line([7, 12], [17, 12])];
  }
}

/** Degrees clockwise from the right. */
function arc([x, y]: Point, radius: number, from: number, to: number): readonly Point[] {
  return Array.from({ length: 17 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / 16) * Math.PI) / 180;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
  });
}
