import type { Piece } from './differences.ts';

/** Words of a text that are compared one by one; a longer text is marked as a whole. */
const mostWords = 400;

/** Both texts in pieces, those that the other has not marked: the fewest words that tell them apart. */
export function changedWords(mine: string, theirs: string): { readonly mine: readonly Piece[]; readonly theirs: readonly Piece[] } {
  const [a, b] = [wordsOf(mine), wordsOf(theirs)];
  if (a.length > mostWords || b.length > mostWords) {
    const changed = a.join(' ') !== b.join(' ');
    return { mine: [{ text: a.join(' '), changed }], theirs: [{ text: b.join(' '), changed }] };
  }
  const common = commonWords(a, b);
  return { mine: piecesOf(a, new Set(common.map(([at]) => at))), theirs: piecesOf(b, new Set(common.map(([, at]) => at))) };
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Places of a longest common subsequence, `[in a, in b]`. */
function commonWords(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  // longest[i][j]: of a from i, b from j
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = longest[i];
    if (row) for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Neighbours of one kind make one piece. */
function piecesOf(words: readonly string[], common: ReadonlySet<number>): readonly Piece[] {
  const pieces: { text: string; changed: boolean }[] = [];
  words.forEach((word, at) => {
    const changed = !common.has(at);
    const last = pieces.at(-1);
    if (last?.changed === changed) last.text += ` ${word}`;
    else pieces.push({ text: word, changed });
  });
  return pieces;
}
