import type { Drawing } from '../form-objects.ts';

/** A mark laid out: its own size on paper, and what is drawn in it. */
export type Layout = { readonly widthMm: number; readonly heightMm: number; readonly drawing: Drawing };

const mmPerPt = 25.4 / 72;

export function ptToMm(pt: number): number {
  return pt * mmPerPt;
}
