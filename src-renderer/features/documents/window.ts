/** Which rows of a long list are worth drawing, and which pages of rows must be asked for. All counts, no DOM. */
export type Window = { readonly first: number; readonly last: number };

/** Rows `[first, last)` that show, with `overscan` more on both sides. `rowPx` > 0. */
export function visibleRows(scrollTopPx: number, heightPx: number, rowPx: number, total: number, overscan: number): Window {
  const first = Math.max(0, Math.floor(scrollTopPx / rowPx) - overscan);
  const last = Math.min(total, Math.ceil((scrollTopPx + heightPx) / rowPx) + overscan);
  return { first: Math.min(first, last), last };
}

/** The offsets of the pages that hold the window; the first page is always among them, because it tells the total. */
export function pagesFor(window: Window, pageSize: number): readonly number[] {
  const pages = new Set([0]);
  for (let page = Math.floor(window.first / pageSize); page * pageSize < window.last; page++) pages.add(page * pageSize);
  return [...pages].sort((a, b) => a - b);
}

/** Where to scroll so that row `index` is whole on the screen; the present place when it already is. */
export function scrollToShow(index: number, scrollTopPx: number, heightPx: number, rowPx: number): number {
  const top = index * rowPx;
  if (top < scrollTopPx) return top;
  return top + rowPx > scrollTopPx + heightPx ? top + rowPx - heightPx : scrollTopPx;
}
