import { measureText } from './draw.ts';
import type { FontStyle } from './fonts.ts';

/** Two measures of one text may differ by a rounding. */
const slackPt = 0.01;

/**
 * Lines no wider than `widthPt`, the first of them narrower by `indentPt`; broken at spaces, and a word that is wider than its line where
 * it must. The text's own line breaks stay.
 */
export function wrapText(text: string, sizePt: number, font: FontStyle, widthPt: number, indentPt = 0): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.normalize('NFC').split(/\r\n?|\n/)) {
    const before = lines.length;
    const fits = (part: string, line: number): boolean => measureText(part, sizePt, font) <= widthPt - (before + line === 0 ? indentPt : 0) + slackPt;
    lines.push(...wrapParagraph(paragraph.trim(), fits));
  }
  return lines;
}

/** As few lines as `wrapText` makes, but of about one width: a name in two lines does not leave its last word alone. */
export function balanceText(text: string, sizePt: number, font: FontStyle, widthPt: number): readonly string[] {
  const greedy = wrapText(text, sizePt, font, widthPt);
  const even = measureText(text, sizePt, font) / greedy.length;
  for (let width = even; width < widthPt; width += sizePt / 2) {
    const lines = wrapText(text, sizePt, font, Math.min(widthPt, width * slackOfEven));
    if (lines.length === greedy.length) return lines;
  }
  return greedy;
}

/** So that of two breaks about as good the one with the longer first line is taken, as names are read. */
const slackOfEven = 1.08;

type Fits = (part: string, line: number) => boolean;

function wrapParagraph(paragraph: string, fits: Fits): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/\s+/u)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer, lines.length)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (line !== '' && !fits(line + character, lines.length)) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return [...lines, line];
}
