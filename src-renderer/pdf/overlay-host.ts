import type { PageView } from './engine.ts';

/** The box in a page that carries what React lays over it. */
export function createHost(): HTMLElement {
  const host = document.createElement('div');
  host.className = 'page-overlay';
  // pdf.js empties a page's box, child by child, whenever the page is drawn anew or leaves the screen. A frame in the hand, and the
  // focus in it, must outlive that.
  host.remove = () => undefined;
  return host;
}

/** Lays the host as the page lies: overlays count from the top left of the page as it is displayed unturned. */
export function turnHost(host: HTMLElement, page: PageView, rotation: number): void {
  const sideways = rotation % 180 !== 0;
  const [width, height] = sideways ? [page.height, page.width] : [page.width, page.height];
  const moves: Readonly<Record<number, string>> = { 0: 'none', 90: `translateX(${height}px) rotate(90deg)`, 180: `translate(${width}px, ${height}px) rotate(180deg)`, 270: `translateY(${width}px) rotate(270deg)` };
  host.style.width = `${width}px`;
  host.style.height = `${height}px`;
  host.style.transform = moves[rotation] ?? 'none';
}
