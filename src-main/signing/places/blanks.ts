import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { lost, sureOf, type Line } from './lines.ts';

export type Blank = { readonly rect: RectMm; readonly confidence: number };

/** A line's box about its baseline, in sizes of its font: room for a capital with two marks above and for a tail below. */
export const lineBox = { above: 0.95, below: 0.25 } as const;

/** Dots, ellipses and underscores that typists leave to be written over. */
const fill = '[.…_·‥]*';
const [ngay, thang, nam] = ['ngay', 'thang', 'nam'].map((word) => word.replace('a', `[a${lost}]`));
/** Widths of four figures, in sizes. */
const fourFigures = 2.1;
const yearFill = new RegExp(`^${fill}`);
const numberPattern = new RegExp(`s[o${lost}]:?(${fill})[/]`, 'dg');
const datePattern = new RegExp(`${ngay}(${fill})${thang}(${fill}|\\d{1,2})${nam}`, 'dg');
const monthPattern = new RegExp(`${ngay}\\d{1,2}${thang}(${fill})${nam}`, 'dg');

/** The blank between "Số:" and "/" of the document's own number: in the head of the page, at the start of its column, never "(Kèm theo … số  /…)". */
export function findNumberBlank(lines: readonly Line[], pageHeightMm: number): Blank | null {
  for (const line of headOf(lines, pageHeightMm)) {
    for (const match of line.folded.matchAll(numberPattern)) {
      if (columnBefore(line, match.index) !== '' || inBrackets(line, match.index)) continue;
      const blank = gapIn(line, match.indices?.[1]);
      if (blank !== null) return { rect: blank, confidence: confidenceOf(blank, line, (match[0].includes(':') ? 0.98 : 0.7) * sureOf(match[0])) };
    }
  }
  return null;
}

export type DateBlanks = { readonly day: Blank | null; readonly month: Blank | null; readonly year: Blank | null };

/** The blanks of "<place>, ngày … tháng … năm …" in the head of the page; a day, a month or a year that is already written is no blank. */
export function findDateBlanks(lines: readonly Line[], pageHeightMm: number): DateBlanks {
  for (const line of headOf(lines, pageHeightMm)) {
    for (const match of line.folded.matchAll(datePattern)) {
      const before = columnBefore(line, match.index);
      if (inBrackets(line, match.index) || before.includes(':')) continue;
      // App I.II.4: the place's name and a comma come before; without them it is less sure to be the document's own date.
      const sure = (before.endsWith(',') ? 0.98 : 0.7) * sureOf(match[0]);
      const day = gapIn(line, match.indices?.[1]);
      const month = /\d/.test(match[2] ?? '') ? null : gapIn(line, match.indices?.[2]);
      return { day: day && { rect: day, confidence: confidenceOf(day, line, sure) }, month: month && { rect: month, confidence: confidenceOf(month, line, sure) }, year: yearAfter(line, match.index + match[0].length, sure) };
    }
    for (const match of line.folded.matchAll(monthPattern)) {
      const month = gapIn(line, match.indices?.[1]);
      const sure = 0.95 * sureOf(match[0]);
      if (month !== null && columnBefore(line, match.index).endsWith(',')) return { day: null, month: { rect: month, confidence: confidenceOf(month, line, sure) }, year: yearAfter(line, match.index + match[0].length, sure) };
    }
  }
  return { day: null, month: null, year: null };
}

/** The blank after "năm": its dots, or as much room as four figures take where nothing stands. */
function yearAfter(line: Line, index: number, sure: number): Blank | null {
  const dots = yearFill.exec(line.folded.slice(index))?.[0].length ?? 0;
  const before = line.glyphs[line.owner[index - 1] ?? -1];
  const lastDot = dots === 0 ? undefined : line.glyphs[line.owner[index + dots - 1] ?? -1];
  const after = line.glyphs[line.owner[index + dots] ?? -1];
  if (before === undefined) return null;
  const room = (after?.left ?? Infinity) - (lastDot ?? before).right;
  // What follows at once is the year, or a sentence that goes on
  if (room < (dots === 0 ? fourFigures + 1 : 1) * line.size && after !== undefined) return null;
  const x = before.right + 0.25 * line.size;
  const width = lastDot === undefined ? fourFigures * line.size : lastDot.right - x;
  if (width <= 0) return null;
  const rect = { x, y: line.y - lineBox.above * line.size, width, height: (lineBox.above + lineBox.below) * line.size };
  return { rect, confidence: width < fourFigures * line.size * 0.8 ? Math.min(sure, 0.3) : Math.min(sure, lastDot === undefined ? 0.8 : 1) };
}

function headOf(lines: readonly Line[], pageHeightMm: number): readonly Line[] {
  return lines.filter((line) => line.y < pageHeightMm * 0.45);
}

/** "(Kèm theo Quyết định số   /QĐ-UBND ngày   tháng   năm …)": those blanks are left open in electronic documents (App I.III.1c). */
function inBrackets(line: Line, index: number): boolean {
  const before = line.folded.slice(0, index);
  return before.lastIndexOf('(') > before.lastIndexOf(')');
}

/** What stands before a place in its own column: number and date often share a row. */
export function columnBefore(line: Line, index: number): string {
  let start = index;
  while (start > 0) {
    const before = line.glyphs[line.owner[start - 1] ?? -1];
    const here = line.glyphs[line.owner[start] ?? -1];
    if (before === undefined || here === undefined || here.left - before.right > 1.5 * line.size) break;
    start--;
  }
  return line.folded.slice(start, index);
}

/** From the end of the glyph before the match to the start of the one after it. */
function gapIn(line: Line, range: readonly [number, number] | undefined): RectMm | null {
  if (range === undefined) return null;
  const before = line.glyphs[line.owner[range[0] - 1] ?? -1];
  const after = line.glyphs[line.owner[range[1]] ?? -1];
  if (before === undefined || after === undefined || after.left - before.right < 0.1 * line.size) return null;
  const air = Math.min(0.1 * line.size, (after.left - before.right) * 0.1);
  return { x: before.right + air, y: line.y - lineBox.above * line.size, width: after.left - before.right - 2 * air, height: (lineBox.above + lineBox.below) * line.size };
}

/** A blank narrower than one figure cannot be written into as it stands. */
function confidenceOf(rect: RectMm, line: Line, sure: number): number {
  return rect.width < 0.5 * line.size ? Math.min(sure, 0.3) : rect.width < line.size ? Math.min(sure, 0.8) : sure;
}
