import type { Placement, PlacementOf, PlacementTemplate, RectMm } from '../contract/signing.ts';
import type { DocumentKind } from './document.ts';

/** Millimetres of a page as displayed, or of an image. */
export type SizeMm = { readonly widthMm: number; readonly heightMm: number };

/** What a place comes from, the surest first: the prepared field, the page's own text, a template of its type or of all types, a guess. */
export type PlaceSource = 'prepared' | 'text' | 'kind-template' | 'any-template' | 'guess';

export type ChosenPlace = { readonly placement: Placement; readonly source: PlaceSource };

type Found = Placement & { readonly confidence: number };

/** What is known of a document: its pages and where its own fields or text say that things belong. */
export type KnownPlaces = { readonly pages: readonly SizeMm[]; readonly signature: Found | null; readonly seal: Found | null; readonly prepared: boolean };

/** Below this a place found in the text is no better than a guess: a template goes before it. */
const sureFrom = 0.7;
const a4: SizeMm = { widthMm: 210, heightMm: 297 };

/** `image` is the picture in real size; a seal keeps that size, a signature its shape. */
export type PlaceRequest = { readonly of: PlacementOf; readonly kind: DocumentKind; readonly image: SizeMm | null; readonly templates: readonly PlacementTemplate[] };

/** Where the thing goes when the person has not said: one order for every screen and for signing many at once. */
export function choosePlace(known: KnownPlaces, { of, kind, image, templates }: PlaceRequest): ChosenPlace {
  const found = known[of];
  // The field as it stands: moving it by a hair would be a change that strict verifiers count (signing.md §3)
  if (found !== null && known.prepared && (of === 'signature' || isRealSize(found.rect, image))) return { placement: { page: found.page, rect: found.rect }, source: 'prepared' };
  const sized = (place: Placement): Placement => ({ page: place.page, rect: sizedFor(of, place.rect, image, pageOf(known.pages, place.page)) });
  if (found !== null && known.prepared) return { placement: sized(found), source: 'prepared' };
  if (found !== null && found.confidence >= sureFrom) return { placement: sized(found), source: 'text' };
  const fitting = templates.filter((one) => one.of === of);
  const template = fitting.find((one) => one.kind === kind) ?? fitting.find((one) => one.kind === null);
  if (template !== undefined) return { placement: sized(placeOfTemplate(template, known.pages)), source: template.kind === null ? 'any-template' : 'kind-template' };
  return { placement: sized(found ?? guess(known.pages, of)), source: 'guess' };
}

/** A kept place on this document: counted from its first or its last page, inside the page. */
export function placeOfTemplate(template: Pick<PlacementTemplate, 'from' | 'page' | 'rect'>, pages: readonly SizeMm[]): Placement {
  const last = Math.max(1, pages.length);
  const page = Math.max(1, Math.min(last, template.from === 'first' ? template.page : last - template.page + 1));
  return { page, rect: move(template.rect, 0, 0, pageOf(pages, page)) };
}

/** Moves by millimetres, stopped by the page's edges. */
export function move(rect: RectMm, byX: number, byY: number, page: SizeMm): RectMm {
  return { ...rect, x: roundMm(clamp(rect.x + byX, 0, page.widthMm - rect.width)), y: roundMm(clamp(rect.y + byY, 0, page.heightMm - rect.height)) };
}

/** A frame of this size about the same middle, inside the page. */
export function fitShape(rect: RectMm, size: { readonly width: number; readonly height: number }, page: SizeMm): RectMm {
  return move({ x: rect.x + (rect.width - size.width) / 2, y: rect.y + (rect.height - size.height) / 2, ...size }, 0, 0, page);
}

/** The largest size of the image's shape that the box holds. */
export function containedIn(box: { readonly width: number; readonly height: number }, image: SizeMm): { readonly width: number; readonly height: number } {
  const factor = Math.min(box.width / image.widthMm, box.height / image.heightMm);
  return { width: roundMm(image.widthMm * factor), height: roundMm(image.heightMm * factor) };
}

export function pageOf(pages: readonly SizeMm[], number: number): SizeMm {
  return pages[number - 1] ?? a4;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(Math.max(least, most), value));
}

/** A tenth of a millimetre is finer than any printer's paper feed and keeps the form readable. */
export function roundMm(value: number): number {
  return Math.round(value * 10) / 10;
}

function sizedFor(of: PlacementOf, rect: RectMm, image: SizeMm | null, page: SizeMm): RectMm {
  if (image === null) return move(rect, 0, 0, page);
  return fitShape(rect, of === 'seal' ? { width: image.widthMm, height: image.heightMm } : containedIn(rect, image), page);
}

function isRealSize(rect: RectMm, image: SizeMm | null): boolean {
  return image === null || (Math.abs(rect.width - image.widthMm) < 0.5 && Math.abs(rect.height - image.heightMm) < 0.5);
}

// NĐ 30/2020 App I: the signer's block stands at the lower right, the seal over its left third.
function guess(pages: readonly SizeMm[], of: PlacementOf): Placement {
  const last = Math.max(1, pages.length);
  const page = pageOf(pages, last);
  const signature = { x: page.widthMm * 0.6, y: page.heightMm * 0.7, width: 40, height: 20 };
  return { page: last, rect: of === 'signature' ? signature : { x: signature.x - 22, y: signature.y - 8, width: 36, height: 36 } };
}
