import { drawForm, measureText } from '../../../src-main/signing/appearance/draw.ts';
import { pageWithForm } from '../appearance/page-with-form.ts';

/** A line of an A4 letter: millimetres from the top left, `y` is the baseline. */
export type Line = { readonly x: number; readonly y: number; readonly text: string; readonly font?: 'regular' | 'italic' | 'bold'; readonly centred?: boolean; readonly sizePt?: number };

const pt = 72 / 25.4;

/** Sets a letter of one A4 page from its lines; for shapes of letter that no fixture has. */
export async function setLetter(lines: readonly Line[]): Promise<Buffer> {
  const texts = lines.map(({ x, y, text, font = 'regular', centred = false, sizePt = 13 }) => ({ text, sizePt, font, x: centred ? x * pt - measureText(text, sizePt, font) / 2 : x * pt, y: (297 - y) * pt }));
  const form = await drawForm({ widthPt: 210 * pt, heightPt: 297 * pt, images: [], texts });
  if (!form.ok) throw new Error(form.error.code);
  return pageWithForm(form.value, 210 * pt, 297 * pt);
}

/** Width in millimetres of a text of the letter. */
export function widthMm(text: string, font: 'regular' | 'italic' | 'bold' = 'regular', sizePt = 13): number {
  return measureText(text, sizePt, font) / pt;
}
