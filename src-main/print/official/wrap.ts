import { plain } from '../plain-text.ts';

/** Width of a text in pt. */
export type Measure = (text: string) => number;

/** Longer than anything that belongs in a register's field (NĐ 30/2020 App VI: 1,000 characters); the rest is counted in its place, not hidden. */
const mostCharacters = 2000;
/** What needs no second look: ASCII, and Vietnamese letters as they are composed. */
const easy = /^[\x20-\x7E\u00C0-\u00C3\u00C8-\u00CA\u00CC\u00CD\u00D2-\u00D5\u00D9\u00DA\u00DD\u00E0-\u00E3\u00E8-\u00EA\u00EC\u00ED\u00F2-\u00F5\u00F9\u00FA\u00FD\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01A0\u01A1\u01AF\u01B0\u1EA0-\u1EF9\u2013\u2014\u2018\u2019\u201C\u201D\u2026]*$/;

/** A text as it is printed, its own line breaks kept. */
export function printable(text: string): string {
  if (text.length <= mostCharacters && easy.test(text)) return text;
  if (text.length > mostCharacters || !/[\r\n]/.test(text)) return plain(text, mostCharacters);
  return text.split(/\r\n|[\r\n]/).map((line) => plain(line, mostCharacters)).join('\n');
}

/** Lines no wider than `width`: broken at spaces; a word that is wider by itself after `/`, `-`, `.`, `_` or `,`, and at last between letters, never before a mark. At least one line. */
export function wrapLines(text: string, width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  const space = measure(' ');
  for (const paragraph of text.split('\n')) {
    let line = '';
    let taken = 0;
    const put = (word: string, wide: number): void => {
      if (line !== '' && taken + space + wide > width) {
        lines.push(line);
        line = '';
      }
      taken = line === '' ? wide : taken + space + wide;
      line = line === '' ? word : `${line} ${word}`;
    };
    for (const word of paragraph.split(' ')) {
      if (word === '') continue;
      const wide = measure(word);
      if (wide <= width) {
        put(word, wide);
        continue;
      }
      const pieces = breakWord(word, width, measure);
      for (const [at, piece] of pieces.entries()) {
        put(piece, measure(piece));
        if (at < pieces.length - 1) {
          lines.push(line);
          line = '';
        }
      }
    }
    lines.push(line);
  }
  return lines;
}

/** As many lines as `wrapLines` makes, of like length: no word is left alone beneath the others. */
export function balanceLines(text: string, width: number, measure: Measure): readonly string[] {
  const wrapped = wrapLines(text, width, measure);
  if (wrapped.length === 1) return wrapped;
  // no narrower than the longest word, which would be taken apart
  const least = Math.min(width, widestWord(text, measure));
  for (let narrow = Math.max(least, width / wrapped.length); narrow < width; narrow += 3) {
    const lines = wrapLines(text, narrow, measure);
    if (lines.length <= wrapped.length) return lines;
  }
  return wrapped;
}

/** Pieces of a word, each of them as wide as there is room for. */
function breakWord(word: string, width: number, measure: Measure): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  const add = (part: string): void => {
    if (piece !== '' && measure(piece + part) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += part;
  };
  for (const part of word.split(/(?<=[/\-.,_])(?!\p{M})/u)) {
    if (measure(part) <= width) add(part);
    else for (const letter of part.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) add(letter);
  }
  pieces.push(piece);
  return pieces;
}

/** The widest of what should stay on one line, spaces and all: a date is not taken apart. */
export function widestWord(text: string, measure: Measure): number {
  return text.split(/[ \n]/).reduce((widest, word) => Math.max(widest, measure(word)), 0);
}
