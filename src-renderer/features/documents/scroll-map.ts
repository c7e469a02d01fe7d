/**
 * Chromium draws no box higher than about 33.5 million px; 300,000 rows in large type are higher. Past `mostPx` the box is that high and the
 * place in the list (`topPx`, in the list's own px) is kept apart from the scroller's: small moves go one to one, far ones by proportion.
 */
export type ScrollMap = { readonly wholePx: number; readonly boxPx: number; readonly heightPx: number };
export type Place = { readonly topPx: number; readonly scrollPx: number };

export const mostPx = 16_000_000;

export function scrollMapOf(total: number, rowPx: number, heightPx: number): ScrollMap {
  const wholePx = total * rowPx;
  return { wholePx, boxPx: Math.min(wholePx, mostPx), heightPx };
}

/** Where the list is after the scroller moved to `scrollPx`. */
export function placeAfterScroll(map: ScrollMap, before: Place, scrollPx: number): Place {
  const by = scrollPx - before.scrollPx;
  const far = Math.abs(by) > map.heightPx * 2;
  return { scrollPx, topPx: clampTop(map, map.boxPx === map.wholePx ? scrollPx : far ? scrollPx * ratioOf(map) : before.topPx + by) };
}

/** Where the scroller must stand for the list to be at `topPx`. */
export function placeAt(map: ScrollMap, topPx: number): Place {
  const top = clampTop(map, topPx);
  return { topPx: top, scrollPx: map.boxPx === map.wholePx ? top : Math.round(top / ratioOf(map)) };
}

function clampTop(map: ScrollMap, topPx: number): number {
  return Math.max(0, Math.min(map.wholePx - map.heightPx, topPx));
}

function ratioOf(map: ScrollMap): number {
  return Math.max(1, map.wholePx - map.heightPx) / Math.max(1, map.boxPx - map.heightPx);
}
