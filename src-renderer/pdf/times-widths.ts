// Advance widths of Times-Roman (Adobe's AFM), thousandths of the font's size, from U+0020. Documents of offices are set in a face of
// these metrics (NĐ 30/2020 App I), and where they are not, the proportions still hold.
const fromSpace = [
  250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
  921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
  333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
] as const;

/** About how wide the character is set, as a part of the font's size; marks above or below a letter take no room. */
export function timesWidth(character: string): number {
  const base = character === 'đ' ? 'd' : character === 'Đ' ? 'D' : character.normalize('NFD').charAt(0);
  return (fromSpace[base.charCodeAt(0) - 0x20] ?? 500) / 1000;
}
