import type { Placement } from '../../src-shared/contract/signing.ts';
import { move, pageOf, type SizeMm } from '../../src-shared/domain/place.ts';
import { resize, snap, type Corner } from './geometry.ts';

type DragOptions = {
  readonly from: Placement;
  readonly corner: Corner | null;
  readonly pages: readonly SizeMm[];
  readonly pxPerMm: number;
  readonly targets: readonly Placement[];
  readonly onCarry: (place: Placement) => void;
  readonly onEnd: (place: Placement) => void;
};

type Held = { readonly clientX: number; readonly clientY: number; readonly altKey: boolean };

/** Near this to the edge of the pages they scroll under the hand. */
const edgePx = 36;
const scrollPx = 12;

/**
 * Follows the pointer from the frame that was taken. Listens on the window, not on the frame: over a page's edge the frame leaves one page's box
 * for the next one's. Esc puts it back, Alt keeps it from snapping.
 */
export function startDrag(event: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element }, options: DragOptions): void {
  const { from, corner, pages, pxPerMm, targets, onCarry, onEnd } = options;
  const scroller = event.currentTarget.closest<HTMLElement>('.viewer-pages');
  const start = { x: event.clientX, y: event.clientY };
  const box = boxOf(scroller, from.page);
  if (!scroller || !box) return;
  const grip = { x: (start.x - box.left) / pxPerMm - from.rect.x, y: (start.y - box.top) / pxPerMm - from.rect.y };
  let now = from;
  let last: Held | null = null;
  let frame = requestAnimationFrame(scroll);

  function follow(held: Held): void {
    const page = corner ? from.page : pageUnder(held.clientY) ?? now.page;
    const over = boxOf(scroller, page);
    if (!over) return;
    const [x, y] = [(held.clientX - over.left) / pxPerMm, (held.clientY - over.top) / pxPerMm];
    const size = pageOf(pages, page);
    if (corner) now = { page, rect: resize(from.rect, corner, x - from.rect.x - grip.x, y - from.rect.y - grip.y, size) };
    else {
      const free = { page, rect: move(from.rect, x - grip.x - from.rect.x, y - grip.y - from.rect.y, size) };
      now = held.altKey ? free : snap(free, targets);
    }
    onCarry(now);
  }

  function pageUnder(clientY: number): number | null {
    for (const element of scroller?.querySelectorAll<HTMLElement>('[data-page-number]') ?? []) {
      const { top, bottom } = element.getBoundingClientRect();
      if (clientY >= top && clientY <= bottom) return Number(element.dataset['pageNumber']);
    }
    return null;
  }

  function scroll(): void {
    frame = requestAnimationFrame(scroll);
    if (!last || !scroller) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const by = last.clientY < top + edgePx ? -scrollPx : last.clientY > bottom - edgePx ? scrollPx : 0;
    const before = scroller.scrollTop;
    if (by !== 0) scroller.scrollTop += by;
    if (scroller.scrollTop !== before) follow(last);
  }

  function onMove(moved: PointerEvent): void {
    // Read at once: a kept event tells nothing of where the pointer is when the page scrolls under it
    last = { clientX: moved.clientX, clientY: moved.clientY, altKey: moved.altKey };
    follow(last);
  }

  function end(place: Placement): void {
    cancelAnimationFrame(frame);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, true);
    onEnd(place);
  }
  const onUp = (): void => end(now);
  const onCancel = (): void => end(from);
  function onKey(pressed: KeyboardEvent): void {
    if (pressed.key !== 'Escape') return;
    pressed.preventDefault();
    pressed.stopPropagation();
    end(from);
  }

  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, true);
}

/** The page as it lies on the screen now. */
function boxOf(scroller: HTMLElement | null, page: number): DOMRect | null {
  return scroller?.querySelector(`[data-page-number="${page}"] .page-overlay`)?.getBoundingClientRect() ?? null;
}
