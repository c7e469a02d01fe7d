import type { PagePlace } from '../../../src-shared/contract/verification.ts';
import type { PixelBox } from './boxes.ts';
import { findDifferences, isSameDrawing, type Drawing } from './compare.ts';
import { lawfulMarginMm } from './limits.ts';
import type { PageFault } from './messages.ts';
import type { Kind } from './renderer.ts';
import type { Side } from './side.ts';

/**
 * Where page `number` looks different now from then, outside of `lawful`; or why it cannot be told. Where it differs in lawful places alone, it is compared
 * whole without its annotations: what lies under a seal is the signed page.
 */
export async function comparePage(then: Side, now: Side, number: number, lawful: readonly PagePlace[]): Promise<readonly PagePlace[] | PageFault> {
  const [before, after] = [await then.size(), await now.size()];
  if (before === 'unreadable' || after === 'unreadable') return 'unreadable';
  if (before === 'missing' && after === 'missing') return [];
  if (before === 'missing' || after === 'missing') {
    const there = before === 'missing' ? after : before;
    return there === 'missing' ? [] : [wholePage(number, there)];
  }
  if (before.widthMm !== after.widthMm || before.heightMm !== after.heightMm) return [wholePage(number, after)];

  const places: PagePlace[] = [];
  for (const kind of ['screen', 'paper'] as const) {
    if (kind === 'paper' && (places.length > 0 || !((await then.needsPaper()) || (await now.needsPaper())))) continue;
    const found = await compareKind(then, now, kind, wholePage(number, after), lawful);
    if (typeof found === 'string') return found;
    places.push(...found);
  }
  const [iconsThen, iconsNow] = [await then.icons(), await now.icons()];
  for (const [key, place] of iconsThen) if (!iconsNow.has(key)) places.push(place);
  for (const [key, place] of iconsNow) if (!iconsThen.has(key)) places.push(place);
  return places.slice(0, maxPlaces);
}

/** For a person to look at. */
const maxPlaces = 24;

async function compareKind(then: Side, now: Side, kind: Kind, whole: PagePlace, lawful: readonly PagePlace[]): Promise<readonly PagePlace[] | PageFault> {
  // One after the other: pdf.js complains of a page on one console
  const after = await now.draw(kind);
  const before = await then.draw(kind);
  if (!before.ok) return before.fault;
  if (!after.ok) return after.fault;
  // Other letters that look the same here look otherwise elsewhere. Where on the page they stand is not known
  const unseen = before.letters === after.letters ? [] : [whole];
  if (isSameDrawing(before.drawing, after.drawing)) return unseen;
  const outside = findDifferences(before.drawing, after.drawing, lawful.map((place) => pixelsOf(place, after.drawing)));
  const boxes = outside.length > 0 ? outside : findDifferences(before.bare, after.bare, []);
  return boxes.length > 0 ? boxes.map((box) => placeOf(box, whole.page, after.drawing)) : unseen;
}

function pixelsOf(place: PagePlace, { pixelsPerMm }: Drawing): PixelBox {
  return {
    left: Math.floor((place.xMm - lawfulMarginMm) * pixelsPerMm),
    top: Math.floor((place.yMm - lawfulMarginMm) * pixelsPerMm),
    right: Math.ceil((place.xMm + place.widthMm + lawfulMarginMm) * pixelsPerMm),
    bottom: Math.ceil((place.yMm + place.heightMm + lawfulMarginMm) * pixelsPerMm),
  };
}

function placeOf({ left, top, right, bottom }: PixelBox, page: number, { pixelsPerMm }: Drawing): PagePlace {
  const mm = (pixels: number): number => Math.round((pixels / pixelsPerMm) * 100) / 100;
  return { page, xMm: mm(left), yMm: mm(top), widthMm: mm(right - left), heightMm: mm(bottom - top) };
}

function wholePage(page: number, size: { readonly widthMm: number; readonly heightMm: number }): PagePlace {
  return { page, xMm: 0, yMm: 0, ...size };
}
