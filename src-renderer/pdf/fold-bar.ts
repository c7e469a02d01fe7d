/** đ → d and Đ → D, character for character; all other marks are left to the search, which knows where they stood. */
export function foldBar(text: string): string {
  return text.replaceAll('đ', 'd').replaceAll('Đ', 'D');
}
