import type { Glyph } from './read-glyphs.ts';

/**
 * Glyphs on one baseline, left to right, blanks left out. `folded` is their text without marks, spaces and capitals ("sốngày" → "songay"),
 * and `owner[i]` is the glyph of its i-th character: words that kerning split ("c ủa") are found all the same.
 */
export type Line = { readonly glyphs: readonly Glyph[]; readonly y: number; readonly size: number; readonly folded: string; readonly owner: readonly number[] };

/** Glyphs that are close enough to be one column's line. `text` is as written, with single spaces at real gaps. */
export type Segment = { readonly text: string; readonly folded: string; readonly left: number; readonly right: number; readonly y: number; readonly size: number };

/**
 * Stands for a letter that the file does not tell: writers that lose the map from glyphs to letters (Ghostscript 10.0 over its own files
 * and Chromium's) leave a control character, "ß" or "¿" where "ố" is seen. What is left of the words is still enough to know them.
 */
export const lost = '¤';
/** A letter with a mark that Vietnamese does not have ("Ā", "ä"), before the marks are dropped. */
const foreignLetter = /\p{L}[\u0300-\u036f]*[^\P{M}\u0300-\u0303\u0306\u0309\u031b\u0323][\u0300-\u036f]*/gu;
const lostLetter = /[^\x20-\x7e…·‥–—‘’“”•]/gu;

/** Vietnamese letters without their marks, small: NFD, combining marks dropped, đ → d; what is no letter of Vietnamese is `lost`. */
export function foldText(text: string): string {
  return text.replace(/[ﬀ-ﬆ]/gu, (ligature) => ligature.normalize('NFKD')).normalize('NFD').replace(foreignLetter, lost).replace(/\p{M}+/gu, '').replace(/[đĐ]/g, 'd').replace(/\s/gu, ' ').replace(lostLetter, lost).toLowerCase();
}

/** Whether a folded text begins with a word. A lost letter stands for any, and beside one a vowel may be another; not where most is so. */
export function startsLike(folded: string, word: string): boolean {
  const read = folded.slice(0, word.length);
  if (!read.includes(lost)) return read === word;
  if (read.length < word.length) return false;
  let missing = 0;
  for (let i = 0; i < word.length; i += 1) {
    if (read[i] === word[i]) continue;
    if (read[i] !== lost && !(isVowel(read[i]!) && isVowel(word[i]!))) return false;
    missing += 1;
  }
  return missing * 2 < word.length;
}

function isVowel(letter: string): boolean {
  return 'aeiouy'.includes(letter);
}

/** As far as one may be sure of what was read with letters missing. */
export function sureOf(folded: string): number {
  return folded.includes(lost) ? 0.8 : 1;
}

export function joinLines(glyphs: readonly Glyph[]): readonly Line[] {
  const rows: { y: number; size: number; glyphs: Glyph[] }[] = [];
  for (const glyph of glyphs.filter((one) => one.text.trim() !== '').toSorted((a, b) => a.y - b.y)) {
    const row = rows.findLast((one) => Math.abs(one.y - glyph.y) < 0.25 * Math.min(one.size, glyph.size));
    if (row === undefined) rows.push({ y: glyph.y, size: glyph.size, glyphs: [glyph] });
    else row.glyphs.push(glyph);
  }
  return rows.map((row) => {
    const sorted = withoutDoubles(row.glyphs.toSorted((a, b) => a.left - b.left));
    const owner: number[] = [];
    let folded = '';
    for (const [index, glyph] of sorted.entries()) {
      const part = foldText(glyph.text).replace(/\s+/gu, '');
      folded += part;
      for (let count = 0; count < part.length; count++) owner.push(index);
    }
    return { glyphs: sorted, y: row.y, size: Math.max(...sorted.map((glyph) => glyph.size)), folded, owner };
  });
}

/** Cuts a line where the gap is wider than any space between words: two columns are two segments. */
export function splitColumns(line: Line): readonly Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (let index = 1; index <= line.glyphs.length; index++) {
    const next = line.glyphs[index];
    const last = line.glyphs[index - 1];
    if (last === undefined || (next !== undefined && next.left - last.right < 1.5 * line.size)) continue;
    segments.push(segmentOf(line.glyphs.slice(start, index), line));
    start = index;
  }
  return segments;
}

function segmentOf(glyphs: readonly Glyph[], line: Line): Segment {
  let text = '';
  for (const [index, glyph] of glyphs.entries()) {
    const last = glyphs[index - 1];
    if (last !== undefined && glyph.left - last.right > 0.15 * line.size) text += ' ';
    text += glyph.text;
  }
  const size = Math.max(...glyphs.map((glyph) => glyph.size));
  return { text: legible(text.normalize('NFC')), folded: foldText(text).replace(/\s+/gu, ''), left: glyphs[0]?.left ?? 0, right: glyphs.at(-1)?.right ?? 0, y: line.y, size };
}

/** With a letter of no meaning for each lost one, so that words keep their shape: a capital at the front, a small one within a word of small ones. */
function legible(text: string): string {
  return text.replace(/\S+/gu, (word) => {
    const [first = '', ...rest] = Array.from(word, (character) => (foldText(character) === lost ? '' : character));
    const small = rest.some((character) => character !== character.toUpperCase());
    return (first === '' ? 'X' : first) + rest.map((character) => (character === '' ? (small ? 'x' : 'X') : character)).join('');
  });
}

/** Some writers print bold by drawing each glyph twice, a hair apart. */
function withoutDoubles(glyphs: readonly Glyph[]): readonly Glyph[] {
  return glyphs.filter((glyph, index) => !glyphs.slice(Math.max(0, index - 3), index).some((other) => other.text === glyph.text && glyph.left - other.left < 0.12 * glyph.size));
}
