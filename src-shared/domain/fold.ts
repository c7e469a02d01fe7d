/**
 * Text as people type it in a hurry: lower case, without marks, `đ` as `d`, so that `quyet dinh` finds `Quyết định`.
 * Unicode decomposition leaves đ (U+0111) whole, and so does FTS5's `remove_diacritics`; it is folded by hand.
 */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '').replaceAll('đ', 'd');
}

/** The folded runs of letters and digits, in order. `12/QĐ-UBND` → `12`, `qd`, `ubnd`. */
export function foldedWords(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether every word of `asked` begins a word of `text`: `so khoa` finds `Sở Khoa học`, `oa` does not. */
export function beginsWords(text: string, asked: string): boolean {
  const known = foldedWords(text);
  return foldedWords(asked).every((part) => known.some((word) => word.startsWith(part)));
}
