import { measureText } from '../appearance/draw.ts';
import { wrapText } from '../appearance/wrap.ts';
import { mmToPt } from '../geometry.ts';
import { ptToMm, type Layout } from './layout.ts';

/** NĐ 30/2020 App I Part II.I.3 and II.8b: upright, size 10, black. */
const sizePt = 10;
const leading = 1.25;
/** From the top of a line to its baseline, in sizes: a capital with two marks has room. */
const baseline = 0.95;

/** Parts set apart by semicolons, in as few lines as `widthMm` allows, broken between parts where it can be, at the right. */
export function layOutLine(parts: readonly string[], widthMm: number): Layout {
  const room = mmToPt(widthMm);
  const lines = linesOf(parts, room);
  const widthPt = Math.max(...lines.map((line) => measureText(line, sizePt, 'regular')));
  const heightPt = lines.length * leading * sizePt;
  const texts = lines.map((text, i) => ({ text, x: 0, y: heightPt - (i * leading + baseline) * sizePt, sizePt, font: 'regular', widthPt: widthPt + 0.01, align: 'right' }) as const);
  return { widthMm: ptToMm(widthPt), heightMm: ptToMm(heightPt), drawing: { widthPt, heightPt, images: [], texts } };
}

function linesOf(parts: readonly string[], room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const [i, part] of parts.entries()) {
    const piece = i < parts.length - 1 ? `${part};` : part;
    const longer = line === '' ? piece : `${line} ${piece}`;
    if (measureText(longer, sizePt, 'regular') <= room + 0.01) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const wrapped = wrapText(piece, sizePt, 'regular', room);
    lines.push(...wrapped.slice(0, -1));
    line = wrapped.at(-1)!;
  }
  return [...lines, line];
}
