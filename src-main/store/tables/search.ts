import { foldedWords } from '../../../src-shared/domain/fold.ts';

/** The word by which a document is counted to its folder; no text folds to it, so nobody can type it. */
export const directionMarks = { incoming: '\u{E000}', outgoing: '\u{E001}' } as const;

/** Syllables of the language are few thousand: what was folded once need not be folded again. */
const folded = new Map<string, readonly string[]>();
const mostFolded = 20_000;

/** The folded words of a text, each once, in the order in which they are met. */
export function wordsOf(text: string): readonly string[] {
  const words = new Set<string>();
  for (const piece of text.split(/\s+/)) {
    let known = folded.get(piece);
    if (known === undefined) {
      known = foldedWords(piece);
      if (folded.size >= mostFolded) folded.clear();
      // a piece that is no syllable, a number or an address, is not worth a place
      if (piece.length <= 12) folded.set(piece, known);
    }
    for (const word of known) words.add(word);
  }
  return [...words];
}

/** An FTS5 expression for documents of one direction in which every word of the query begins some word of the document; null when there is no word. */
export function matchExpression(query: string, direction: keyof typeof directionMarks): string | null {
  const words = [...new Set(foldedWords(query))];
  return words.length === 0 ? null : [...words.map((word) => `"${word}"*`), directionMarks[direction]].join(' ');
}
