import { foldedWords } from '../../../src-shared/domain/fold.ts';

/** An FTS5 expression in which every word of the query is a prefix of some word of the text; null when there is no word. */
export function matchExpression(query: string): string | null {
  const words = foldedWords(query);
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' ');
}
