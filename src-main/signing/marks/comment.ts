import type { Mark } from '../../ports/signing.ts';
import { measureText, type DrawText } from '../appearance/draw.ts';
import { wrapText } from '../appearance/wrap.ts';
import { mmToPt } from '../geometry.ts';
import { ptToMm, type Layout } from './layout.ts';
import { vietnamTime } from './words.ts';

type Comment = Extract<Mark, { kind: 'comment' }>;

/** From the size that is read at arm's length down to the smallest that is read at all. */
export const commentSizesPt = [11, 10, 9, 8] as const;
const marginPt = 6;
const step = 1.3;
const framePt = 0.8;

/** Who wrote, when, and what: as wide as it is told, as high as it needs. */
export function layOutComment(mark: Comment, at: Date, widthMm: number, sizePt: number): Layout {
  const widthPt = mmToPt(widthMm);
  const room = widthPt - 2 * marginPt;
  const smallPt = sizePt - 2;
  const { iso } = vietnamTime(at);
  const author = wrapText(mark.author, sizePt, 'bold', room);
  const lastOfAuthor = measureText(author.at(-1)!, sizePt, 'bold');
  // The time stands at the right of the name where there is room for both
  const beside = lastOfAuthor + sizePt + measureText(iso, smallPt, 'regular') <= room;
  const body = wrapText(mark.text, sizePt, 'regular', room);
  const headRows = author.length + (beside ? 0 : 1);
  const gap = sizePt * 0.35;
  const heightPt = 2 * marginPt + gap + (headRows + body.length) * step * sizePt;
  const baselineOf = (row: number): number => heightPt - marginPt - (row * step + 0.98) * sizePt;
  const texts: DrawText[] = [
    ...author.map((text, i): DrawText => ({ text, x: marginPt, y: baselineOf(i), sizePt, font: 'bold', ink: 'blue', widthPt: room + 0.01 })),
    { text: iso, x: marginPt, y: baselineOf(headRows - 1), sizePt: smallPt, font: 'regular', ink: 'grey', widthPt: room, align: beside ? 'right' : 'left' },
    ...body.map((text, i): DrawText => ({ text, x: marginPt, y: baselineOf(headRows + i) - gap, sizePt, font: 'regular', widthPt: room + 0.01 })),
  ];
  const rules = [{ x: framePt / 2, y: framePt / 2, width: widthPt - framePt, height: heightPt - framePt, strokePt: framePt, ink: 'blue' }] as const;
  return { widthMm, heightMm: ptToMm(heightPt), drawing: { widthPt, heightPt, images: [], texts, rules } };
}

/** Within a frame that a person drew: the largest size that fits its height, else the smallest, and the frame grows. */
export function fitComment(mark: Comment, at: Date, widthMm: number, heightMm: number): Layout {
  const layouts = commentSizesPt.map((sizePt) => layOutComment(mark, at, widthMm, sizePt));
  return layouts.find((layout) => layout.heightMm <= heightMm + 0.05) ?? layouts.at(-1)!;
}
