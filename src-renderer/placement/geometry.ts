import type { Placement, RectMm } from '../../src-shared/contract/signing.ts';
import { clamp, roundMm, type SizeMm } from '../../src-shared/domain/place.ts';

/**
 * Frames on a page, in millimetres from the top left of the page as displayed. The page's pixels are that times one number,
 * because both pdf.js' viewport and the contract's rectangles already have the page's rotation in them.
 */
export type Corner = 'nw' | 'ne' | 'sw' | 'se';
export const corners: readonly Corner[] = ['nw', 'ne', 'sw', 'se'];

const smallestMm = 5;
/** A frame let go this near to its proper place is meant to be there. */
const snapMm = 2.5;
/** Sizes this near are the same frame, whose own size is then taken as well. */
const sameSizeMm = 1;

/** CSS places for a frame, px. */
export function toPx(rect: RectMm, pxPerMm: number): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  return { left: rect.x * pxPerMm, top: rect.y * pxPerMm, width: rect.width * pxPerMm, height: rect.height * pxPerMm };
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

/** The place of `targets` that the frame is as good as on, middle over middle; the frame itself when it is near none. */
export function snap(place: Placement, targets: readonly Placement[]): Placement {
  const near = targets.find((target) => target.page === place.page && Math.abs(offset(place, target, 'x', 'width')) <= snapMm && Math.abs(offset(place, target, 'y', 'height')) <= snapMm);
  if (!near) return place;
  const sameSize = Math.abs(near.rect.width - place.rect.width) <= sameSizeMm && Math.abs(near.rect.height - place.rect.height) <= sameSizeMm;
  if (sameSize) return near;
  return { page: place.page, rect: { ...place.rect, x: roundMm(place.rect.x + offset(place, near, 'x', 'width')), y: roundMm(place.rect.y + offset(place, near, 'y', 'height')) } };
}

/** Whether the frame stands on one of the places, to a tenth of a millimetre. */
export function standsOn(place: Placement, targets: readonly Placement[]): boolean {
  return targets.some((target) => target.page === place.page && Math.abs(offset(place, target, 'x', 'width')) < 0.1 && Math.abs(offset(place, target, 'y', 'height')) < 0.1);
}

export function samePlace(a: Placement | null, b: Placement | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function offset(place: Placement, target: Placement, side: 'x' | 'y', length: 'width' | 'height'): number {
  return target.rect[side] + target.rect[length] / 2 - place.rect[side] - place.rect[length] / 2;
}

function withWidth(rect: RectMm, corner: Corner, wanted: number, aspect: number, page: SizeMm): RectMm {
  const [west, north] = [corner.endsWith('w'), corner.startsWith('n')];
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  const room = Math.min(west ? right : page.widthMm - rect.x, (north ? bottom : page.heightMm - rect.y) * aspect);
  const width = roundMm(clamp(wanted, Math.min(smallestMm * Math.max(1, aspect), room), room));
  const height = roundMm(width / aspect);
  return { x: roundMm(west ? right - width : rect.x), y: roundMm(north ? bottom - height : rect.y), width, height };
}
