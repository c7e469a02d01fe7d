/** What may be spent on one file, for all of its signatures together (signing.md §6.5). */
export const maxPages = 50;
export const deadlineMs = 5_000;

/**
 * Pages are drawn at 100 dpi. Drawn twice by one renderer, equal pages come out equal to the bit, so that a changed digit of 4 pt is as plain
 * as one of 40; more would only cost time. A larger page is drawn coarser, down to where a letter is still some pixels high.
 */
export const dpi = 100;
export const minDpi = 50;
/** A page's pixels: A0 at 50 dpi is 3.9 million. */
export const maxPagePixels = 4_000_000;
export const maxSidePixels = 12_000;
/** A4 at 600 dpi has 35 million: in black and white it is drawn, in colour the memory ends it. A picture above is not drawn, and its page not compared. */
export const maxImagePixels = 36_000_000;
/** All bitmaps that one drawing may hold at once: the page, its transparency groups, masks and patterns. */
export const maxLivePixels = 64_000_000;

/** What the drawing process may grow to, everything counted; then it is ended. A colour scan of 400 dpi takes 460. */
export const maxProcessMb = 640;
/** Above it, what is not needed any more is collected after each page: pictures lie outside of what the collector counts. */
export const collectAboveMb = 300;
export const heapMb = 320;

/** What is drawn at an edge reaches half a pixel past it, places are rounded, and a border lies half outside. */
export const lawfulMarginMm = 0.6;
