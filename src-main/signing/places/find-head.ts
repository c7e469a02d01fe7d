import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { columnBefore, lineBox } from './blanks.ts';
import { splitColumns, type Line, type Segment } from './lines.ts';

/** Lines of a letter's head as boxes; null where the page has none such (NĐ 30/2020 App I.II.3–5: number, subject, place and date). */
export type Head = { readonly number: RectMm | null; readonly subject: RectMm | null; readonly date: RectMm | null };

/** Number and notation, and the date, written out or with blanks. Of the date only its own words: its place's name may stand in another run. */
const numberPattern = /so:?[\d.…_]*\/[\p{L}\d-]*|so:[\d.…_]*/gu;
const datePattern = /ngay[\d.…_]*thang[\d.…_]*nam[\d.…_]*/g;
/** Lines of one subject follow one another this closely, in sizes of the font. */
const lineStep = 1.6;

export function findHead(lines: readonly Line[], pageHeightMm: number): Head {
  const head = lines.filter((line) => line.y < pageHeightMm * 0.45).toSorted((a, b) => a.y - b.y);
  const number = findFirst(head, numberPattern, (before) => before === '');
  return { number, subject: number && subjectUnder(head.flatMap(splitColumns), number), date: findFirst(head, datePattern, (before) => !/[:(]/.test(before)) };
}

function findFirst(lines: readonly Line[], pattern: RegExp, fits: (before: string) => boolean): RectMm | null {
  for (const line of lines) for (const match of line.folded.matchAll(pattern)) if (fits(columnBefore(line, match.index))) return boxOfGlyphs(line, match.index, match.index + match[0].length - 1);
  return null;
}

/** "V/v …" beneath the number of a letter without a type name, all its lines. */
function subjectUnder(head: readonly Segment[], number: RectMm): RectMm | null {
  const under = (line: Segment): boolean => line.left < number.x + number.width && number.x < line.right;
  const first = head.find((line) => line.y > number.y + number.height && line.folded.startsWith('v/v') && under(line));
  if (first === undefined) return null;
  const block = [first];
  for (const line of head) if (line.y > block.at(-1)!.y && line.y - block.at(-1)!.y < lineStep * first.size && under(line)) block.push(line);
  const left = Math.min(...block.map((line) => line.left));
  const top = first.y - lineBox.above * first.size;
  const last = block.at(-1)!;
  return { x: left, y: top, width: Math.max(...block.map((line) => line.right)) - left, height: last.y + lineBox.below * last.size - top };
}

function boxOfGlyphs(line: Line, from: number, to: number): RectMm | null {
  const [first, last] = [line.glyphs[line.owner[from] ?? -1], line.glyphs[line.owner[to] ?? -1]];
  if (first === undefined || last === undefined) return null;
  return { x: first.left, y: line.y - lineBox.above * line.size, width: last.right - first.left, height: (lineBox.above + lineBox.below) * line.size };
}
