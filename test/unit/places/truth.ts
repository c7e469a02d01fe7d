import type { RectMm } from '../../../src-shared/contract/signing.ts';

/** A blank on its line: where it begins and ends, and the middle of its line. */
export type Blank = { readonly left: number; readonly right: number; readonly middle: number };
/** Between the last line of the title and the name of who signs, on their axis. */
export type Signer = { readonly page: number; readonly axis: number; readonly below: number; readonly above: number };
export type Truth = { readonly number: Blank; readonly day: Blank; readonly month: Blank; readonly signer: Signer };

const blank = (left: number, right: number, middle: number): Blank => ({ left, right, middle });

/** Millimetres from the top left, taken from the pages by hand with pdftotext's boxes and a ruler on the rendered page; null: the document has no such places. */
export const truths: Readonly<Record<string, Truth | null>> = {
  'cong-van-xa': { number: blank(51.4, 59.5, 49.8), day: blank(136.5, 145.1, 39.2), month: blank(155.6, 164.1, 39.2), signer: { page: 1, axis: 153.8, below: 153.1, above: 180.8 } },
  'cong-van-xa-gs14': { number: blank(51.4, 59.5, 50), day: blank(136.5, 145.1, 39.4), month: blank(155.6, 164.1, 39.4), signer: { page: 1, axis: 153.8, below: 153.1, above: 180.8 } },
  'giay-moi': { number: blank(50.7, 58.7, 49.8), day: blank(137.3, 145.9, 39.2), month: blank(156.4, 165, 39.2), signer: { page: 1, axis: 153.8, below: 116.5, above: 144.2 } },
  'giay-moi-chromium': { number: blank(53, 60.4, 53.1), day: blank(138.8, 145.2, 42.5), month: blank(154.8, 161.2, 42.5), signer: { page: 1, axis: 152.6, below: 116, above: 140.8 } },
  'quyet-dinh': { number: blank(51, 59.1, 49.8), day: blank(138.8, 147.3, 39.2), month: blank(157.8, 166.3, 39.2), signer: { page: 4, axis: 154, below: 56.2, above: 83.9 } },
  'quyet-dinh-linearized-objstm': { number: blank(51, 59.1, 49.8), day: blank(138.8, 147.3, 39.2), month: blank(157.8, 166.3, 39.2), signer: { page: 4, axis: 154, below: 56.2, above: 83.9 } },
  'bao-cao-quy': { number: blank(50, 58.1, 49.8), day: blank(136.8, 145.4, 39.2), month: blank(155.8, 164.4, 39.2), signer: { page: 7, axis: 154, below: 105, above: 132.7 } },
  'bao-cao-quy-encrypted': { number: blank(50, 58.1, 49.8), day: blank(136.8, 145.4, 39.2), month: blank(155.8, 164.4, 39.2), signer: { page: 7, axis: 154, below: 105, above: 132.7 } },
  'phu-luc': null,
};

export function middleOf(rect: RectMm): { readonly x: number; readonly y: number } {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}
