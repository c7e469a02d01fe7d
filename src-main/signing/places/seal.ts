import type { RectMm } from '../../../src-shared/contract/signing.ts';

/** The usual round seal of a state body; an office may set its own. */
export const usualSealMm = 36;

/** NĐ 30/2020 App I.II.8a: the seal at its real size over about a third of the leader's image, at its left, on one middle line. Kept on the page. */
export function sealOver(signature: RectMm, page: { readonly widthMm: number; readonly heightMm: number }, diameterMm: number = usualSealMm): RectMm {
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most - diameterMm));
  return {
    x: clamp(signature.x + signature.width / 3 - diameterMm, page.widthMm),
    y: clamp(signature.y + signature.height / 2 - diameterMm / 2, page.heightMm),
    width: diameterMm,
    height: diameterMm,
  };
}
