/** Vietnamese words without marks, small: what a person in a hurry types. */
export function unmarked(words: string): string {
  return words.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
}

/** Whether every word of `asked` begins a word of `words`, marks or not. */
export function matchesUnmarked(words: string, asked: string): boolean {
  const known = unmarked(words).split(/[^\p{L}\p{N}]+/u);
  return unmarked(asked).split(/[^\p{L}\p{N}]+/u).every((part) => known.some((word) => word.startsWith(part)));
}
