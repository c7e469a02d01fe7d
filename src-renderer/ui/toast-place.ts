export type Rect = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
export type Size = { readonly width: number; readonly height: number };

const edge = 16;
const step = 24;

/**
 * Where a box of `size` covers none of `taken` (what a person may want to press), in px of the window: in the middle of the bottom if it
 * is free, else the free place nearest to it; where nothing is free, the place that covers least.
 */
export function findFreePlace(window: Size, size: Size, taken: readonly Rect[]): { readonly left: number; readonly top: number } {
  const middle = Math.max(edge, (window.width - size.width) / 2);
  const lowest = Math.max(edge, window.height - size.height - edge);
  let best = { left: middle, top: lowest };
  let least = Number.POSITIVE_INFINITY;
  for (const place of placesFrom(window, size, middle, lowest)) {
    const covered = taken.reduce((sum, rect) => sum + overlap(rect, place, size), 0);
    if (covered === 0) return place;
    if (covered < least) [best, least] = [place, covered];
  }
  return best;
}

/** Every place of a coarse grid, the nearest to the preferred one first. */
function placesFrom(window: Size, size: Size, middle: number, lowest: number): readonly { readonly left: number; readonly top: number }[] {
  const lefts = range(edge, Math.max(edge, window.width - size.width - edge), middle);
  const tops = range(edge / 4, lowest, lowest);
  const far = (place: { readonly left: number; readonly top: number }): number => Math.abs(place.left - middle) + Math.abs(place.top - lowest);
  return tops.flatMap((top) => lefts.map((left) => ({ left, top }))).sort((a, b) => far(a) - far(b));
}

function range(from: number, to: number, and: number): readonly number[] {
  const values = [and, from, to];
  for (let at = from; at < to; at += step) values.push(at);
  return values;
}

/** px² */
function overlap(rect: Rect, place: { readonly left: number; readonly top: number }, size: Size): number {
  const wide = Math.min(rect.right, place.left + size.width) - Math.max(rect.left, place.left);
  const high = Math.min(rect.bottom, place.top + size.height) - Math.max(rect.top, place.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}
