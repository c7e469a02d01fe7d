/** Letters that Unicode's decomposition leaves whole; Vietnamese needs only the first pair. */
const whole: Readonly<Record<string, string>> = {
  đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', ı: 'i', ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', þ: 'th', Þ: 'Th',
};

/** The text without its marks, capitals kept, composed or decomposed alike: `Quyết định` → `Quyet dinh`, `Đà Nẵng` → `Da Nang`. Other scripts stay as they are. */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}+/gu, '').replace(/[đĐðÐøØłŁıßẞæÆœŒþÞ]/gu, (letter) => whole[letter] ?? letter).normalize('NFC');
}
