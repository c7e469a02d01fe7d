import type { RectMm } from '../../src-shared/contract/signing.ts';
import type { DrawImage, DrawText } from './appearance/draw.ts';
import type { Drawing } from './form-objects.ts';
import { mmToPt } from './geometry.ts';

/** A text and the blank that it is written into, as displayed. */
export type PlacedText = { readonly text: string; readonly rect: RectMm; readonly font: 'regular' | 'italic' };

/** The blank's box is 0.95 of the font's size above the baseline and 0.25 below (the proposals' own measure). */
const boxPerSize = 1.2;
const belowBaseline = 0.25;
/** NĐ 30/2020 App I.II: number and date stand in size 13. */
const largestPt = 13;
const smallestPt = 7;
const nameSizePt = 9;

/** The picture of a signature whose widget covers `frame`: the image and the texts at their own places within it. */
export function drawWithin(frame: RectMm, image: { readonly png: Uint8Array; readonly rect: RectMm } | null, texts: readonly PlacedText[]): Drawing {
  return {
    widthPt: mmToPt(frame.width),
    heightPt: mmToPt(frame.height),
    images: image === null ? [] : [fitImage(frame, image.png, image.rect)],
    texts: texts.map((text) => fitText(frame, text)),
  };
}

/** Name and time for a visible signature that has no image. */
export function drawNameAndTime(frame: RectMm, name: string, at: Date): Drawing {
  const time = new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19);
  const lines = [`Người ký: ${name}`, `Thời gian ký: ${time}+07:00`];
  const heightPt = mmToPt(frame.height);
  const sizePt = Math.min(nameSizePt, heightPt / (lines.length * 1.3));
  const widthPt = mmToPt(frame.width);
  const margin = Math.min(2, widthPt / 10);
  const texts = lines.map((text, i): DrawText => ({ text, x: margin, y: heightPt - sizePt * (1 + 1.3 * i), sizePt, font: 'regular', widthPt: widthPt - 2 * margin }));
  return { widthPt, heightPt, images: [], texts };
}

/** Where an image stands in its place: as large as it can be, with its own proportions, in the middle. */
export function imageBox(rect: RectMm, png: Uint8Array): RectMm {
  const [pixelsWide, pixelsHigh] = pixelsOf(png);
  const scale = Math.min(rect.width / pixelsWide, rect.height / pixelsHigh);
  const width = pixelsWide * scale;
  const height = pixelsHigh * scale;
  return { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height };
}

function fitImage(frame: RectMm, png: Uint8Array, rect: RectMm): DrawImage {
  const box = imageBox(rect, png);
  return { png, x: mmToPt(box.x - frame.x), y: mmToPt(frame.y + frame.height - box.y - box.height), width: mmToPt(box.width), height: mmToPt(box.height) };
}

function fitText(frame: RectMm, { text, rect, font }: PlacedText): DrawText {
  const sizePt = Math.max(smallestPt, Math.min(largestPt, mmToPt(rect.height) / boxPerSize));
  const bottom = frame.y + frame.height - rect.y - rect.height;
  const baseline = mmToPt(bottom) + (mmToPt(rect.height) * belowBaseline) / boxPerSize;
  return { text, x: mmToPt(rect.x - frame.x), y: baseline, sizePt, font, widthPt: mmToPt(rect.width), align: 'center' };
}

/** From the PNG's IHDR; whether it is a PNG at all is the drawing's business. */
function pixelsOf(png: Uint8Array): readonly [number, number] {
  if (png.length < 24) return [1, 1];
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return [Math.max(1, view.getUint32(16)), Math.max(1, view.getUint32(20))];
}
