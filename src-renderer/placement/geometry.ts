import type { RectMm } from '../../src-shared/contract/signing.ts';

/**
 * Frames on a page, in millimetres from the top left of the page as displayed. The page's pixels are that times one number,
 * because both pdf.js' viewport and the contract's rectangles already have the page's rotation in them.
 */
export type SizeMm = { readonly widthMm: number; readonly heightMm: number };
export type Corner = 'nw' | 'ne' | 'sw' | 'se';
export const corners: readonly Corner[] = ['nw', 'ne', 'sw', 'se'];

const smallestMm = 5;

/** CSS places for a frame, px. */
export function toPx(rect: RectMm, pxPerMm: number): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  return { left: rect.x * pxPerMm, top: rect.y * pxPerMm, width: rect.width * pxPerMm, height: rect.height * pxPerMm };
}

/** Moves by millimetres, stopped by the page's edges. */
export function move(rect: RectMm, byX: number, byY: number, page: SizeMm): RectMm {
  return {
    ...rect,
    x: round(clamp(rect.x + byX, 0, page.widthMm - rect.width)),
    y: round(clamp(rect.y + byY, 0, page.heightMm - rect.height)),
  };
}

/** Pulls one corner, the opposite one stays; the shape (width / height) is kept and the page's edges are not crossed. */
export function resize(rect: RectMm, corner: Corner, byX: number, byY: number, page: SizeMm): RectMm {
  const [west, north] = [corner.endsWith('w'), corner.startsWith('n')];
  const aspect = rect.width / rect.height;
  // The farther of the two pulls leads, so the corner follows the hand whichever way it goes.
  const widthByX = rect.width + (west ? -byX : byX);
  const widthByY = (rect.height + (north ? -byY : byY)) * aspect;
  const wanted = Math.abs(widthByX - rect.width) > Math.abs(widthByY - rect.width) ? widthByX : widthByY;
  return withWidth(rect, corner, wanted, aspect, page);
}

/** The same shape at another width, the top left corner in place. */
export function setWidth(rect: RectMm, widthMm: number, page: SizeMm): RectMm {
  return withWidth(rect, 'se', widthMm, rect.width / rect.height, page);
}

/** A frame of this size about the same middle, inside the page. */
export function fitShape(rect: RectMm, size: { readonly width: number; readonly height: number }, page: SizeMm): RectMm {
  const middle = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
  return move({ x: middle.x - size.width / 2, y: middle.y - size.height / 2, ...size }, 0, 0, page);
}

/** The largest size of the image's shape that the box holds. */
export function containedIn(box: { readonly width: number; readonly height: number }, image: SizeMm): { readonly width: number; readonly height: number } {
  const factor = Math.min(box.width / image.widthMm, box.height / image.heightMm);
  return { width: round(image.widthMm * factor), height: round(image.heightMm * factor) };
}

function withWidth(rect: RectMm, corner: Corner, wanted: number, aspect: number, page: SizeMm): RectMm {
  const [west, north] = [corner.endsWith('w'), corner.startsWith('n')];
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  const room = Math.min(west ? right : page.widthMm - rect.x, (north ? bottom : page.heightMm - rect.y) * aspect);
  const width = round(clamp(wanted, Math.min(smallestMm * Math.max(1, aspect), room), room));
  const height = round(width / aspect);
  return { x: round(west ? right - width : rect.x), y: round(north ? bottom - height : rect.y), width, height };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(Math.max(least, most), value));
}

// A tenth of a millimetre is finer than any printer's paper feed and keeps the form readable.
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
