import type { RectMm } from '../../../src-shared/contract/signing.ts';

/** The usual round seal of a state body; an office may set its own. */
export const usualSealMm = 36;

/** NĐ 30/2020 App I.II.8a: the seal at its real size over about a third of the leader's image, at its left, on one middle line. Kept on the page. */
export function sealOver(signature: RectMm, page: { readonly widthMm: number; readonly heightMm: number }, diameterMm: number = usualSealMm): RectMm {
  const seal = { width: diameterMm, height: diameterMm };
  return { ...sealCorner(signature, seal, page), ...seal };
}

export function sealCorner(image: RectMm, seal: { readonly width: number; readonly height: number }, page: { readonly widthMm: number; readonly heightMm: number }): { readonly x: number; readonly y: number } {
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));
  return { x: clamp(image.x + image.width / 3 - seal.width, page.widthMm - seal.width), y: clamp(image.y + image.height / 2 - seal.height / 2, page.heightMm - seal.height) };
}
