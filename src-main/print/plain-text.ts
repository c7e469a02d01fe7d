import { fontOf } from '../signing/appearance/fonts.ts';

/** Marks on one letter that composition left over: more would paint over the lines above. */
const mostMarks = 2;
/** Longer than any name that means well; what is beyond is counted, and stands whole in the report itself. */
const most = 400;

/** A name, or that there is none. */
export function plainName(text: string, limit = 160): string {
  return text.trim() === '' ? '(để trống)' : plain(text, limit);
}

/**
 * Text of a stranger as it can be printed: composed (NFC), on one line. What has no shape or would turn the line around (control and format characters) is
 * named by its code point, what the type cannot show is a box: nothing is left out in silence, nothing is drawn that says other than it is.
 */
export function plain(text: string, limit = most): string {
  const glyphOf = fontOf('regular').glyphOf;
  const shown: string[] = [];
  let left = limit;
  // a string of a million characters is not walked to its end
  const composed = text.slice(0, limit * 8).normalize('NFC');
  const points = Array.from(composed);
  let marks = 0;
  for (const character of points) {
    if (left === 0) break;
    left -= 1;
    if (!/\p{M}/u.test(character)) marks = 0;
    if (/\s/u.test(character)) shown.push(' ');
    else if (/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(character)) shown.push(`‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`);
    else if (/\p{M}/u.test(character) && (marks += 1) > mostMarks) shown.push('□');
    else shown.push(glyphOf(character.codePointAt(0) ?? 0) === 0 ? '□' : character);
  }
  const rest = text.length - shown.length;
  return points.length > limit || text.length > limit * 8 ? `${shown.join('')}… (còn ${rest.toLocaleString('vi')} ký tự)` : shown.join('');
}
