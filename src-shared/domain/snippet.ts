import { foldedWords } from './fold.ts';

/** Where words were found in a text. `marks`: places in `text`, first and past the last, in UTF-16 units. */
export type Snippet = { readonly text: string; readonly marks: readonly (readonly [number, number])[] };

const lengthChars = 140;
const beforeChars = 30;

/**
 * The piece of the text in which most of these words stand together, the first such; null where none of them begins a word of it. `words`: folded,
 * each the beginning of a word. The piece begins and ends between words, with … where something is left out.
 */
export function makeSnippet(text: string, words: readonly string[]): Snippet | null {
  const hits: { readonly start: number; readonly end: number; readonly word: string }[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const folded = foldedWords(match[0]);
    const word = words.find((one) => folded.some((known) => known.startsWith(one)));
    if (word !== undefined) hits.push({ start: match.index, end: match.index + match[0].length, word });
  }
  const first = best(hits);
  if (first === null) return null;
  const from = first.start <= beforeChars ? 0 : wordStart(text, first.start - beforeChars, first.start);
  const to = from + lengthChars >= text.length ? text.length : wordEnd(text, from + lengthChars, first.end);
  const lead = from === 0 ? '' : '… ';
  const shown = text.slice(from, to).replace(/\s/g, ' ');
  return {
    text: `${lead}${shown.trimEnd()}${to === text.length ? '' : ' …'}`,
    marks: hits.filter(({ start, end }) => start >= from && end <= to).map(({ start, end }) => [start - from + lead.length, end - from + lead.length] as const),
  };
}

function best<H extends { readonly start: number; readonly word: string }>(hits: readonly H[]): H | null {
  let chosen: H | null = null;
  let most = 0;
  for (const [index, hit] of hits.entries()) {
    const near = new Set<string>();
    for (let at = index; at < hits.length && (hits[at]?.start ?? 0) < hit.start + lengthChars - beforeChars; at++) near.add(hits[at]?.word ?? '');
    if (near.size > most) [chosen, most] = [hit, near.size];
  }
  return chosen;
}

/** The first place from `at` on, and not past `last`, where a word begins. */
function wordStart(text: string, at: number, last: number): number {
  const space = text.slice(at, last).search(/\s\S/);
  return space < 0 ? last : at + space + 1;
}

/** The last place before `at`, and not before `least`, where a word has ended. */
function wordEnd(text: string, at: number, least: number): number {
  for (let end = at; end > least; end--) if (/\s/.test(text[end] ?? '')) return end;
  return Math.max(least, at);
}
