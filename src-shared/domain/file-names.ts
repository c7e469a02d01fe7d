import { withoutMarks } from './transliterate.ts';

/** What a content's name may need in UTF-8: the limit of one name in the file systems of Windows, macOS and Linux alike is 255 units or bytes. */
export const maxStoredBytes = 255;
/** [C2] QĐ 161/2025/QĐ-UBND Ninh Bình: names of attachments on the axis have at most 50 characters, no Vietnamese marks, no special characters. Other provinces follow the same practice; no national text was read. */
export const maxAxisCharacters = 50;

/** For a name of which nothing is left: “tệp”. */
const nameless = 'tep';
/** Names that Windows keeps for devices, with any extension (Microsoft, “Naming Files, Paths, and Namespaces”). */
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;
/**
 * What must not stand in a name: controls, lone surrogates, and format characters; among the last are those that turn the direction of writing and so
 * make `exe` at the end look like `pdf`. The joiners of other scripts and of emoji go with them.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/**
 * An attachment's name as we keep and show it: NFC, one line, no path in it, a name for every system, `maxStoredBytes` at most. The extension stays, the
 * end of the name before it goes; never half a character. Total: any text gives a name, and a name that is one already stays as it is.
 */
export function storedFileName(name: string): string {
  const clean = name.replace(/\s+/gu, ' ').replace(unseen, '').normalize('NFC').replace(/[/\\:]+/g, '-').replace(/[<>"|?*]+/g, '_').replace(/ +/g, ' ');
  const { stem, extension } = splitFileName(tidyEnd(clean));
  const room = maxStoredBytes - utf8Length(extension);
  return `${safeStem(stem.replace(/^[\s.-]+/u, ''), room)}${extension}`;
}

/** The name for a narrow place: cut in its middle, its end and extension kept. `limit` in characters as a person counts them. */
export function shownFileName(name: string, limit: number): string {
  const characters = graphemes(name);
  if (characters.length <= limit) return name;
  const { extension } = splitFileName(name);
  const tail = Math.min(graphemes(extension).length + Math.floor(limit / 4), limit - 2);
  return `${characters.slice(0, limit - 1 - tail).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/**
 * The names that a package on the national axis carries, in the order of `names`: ASCII letters and digits, `.`, `-`, `_`, at most
 * `maxAxisCharacters`, no two alike though case be ignored.
 */
export function axisFileNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const made = axisFileName(name, taken);
    taken.add(made.toLowerCase());
    return made;
  });
}

/** One name for the axis. `taken`: names of the same package, in lower case. */
export function axisFileName(name: string, taken: ReadonlySet<string> = new Set()): string {
  const { stem, extension } = splitFileName(storedFileName(name));
  const end = extension.toLowerCase();
  const plain = withoutMarks(stem.normalize('NFKC')).replace(/[^A-Za-z0-9]+/g, (other) => (other === '-' ? '-' : '_')).replace(/^[_-]+|[_-]+$/g, '');
  for (let count = 1; ; count++) {
    const mark = count === 1 ? '' : `-${count}`;
    const room = maxAxisCharacters - end.length - mark.length;
    const made = `${safeStem(plain.slice(0, room).replace(/[_-]+$/, ''), room)}${mark}${end}`;
    if (!taken.has(made.toLowerCase())) return made;
  }
}

/** `Báo cáo.v2.pdf` → `Báo cáo.v2` and `.pdf`. What follows the last dot counts as an extension if it is one to ten ASCII letters or digits. */
export function splitFileName(name: string): { readonly stem: string; readonly extension: string } {
  const found = /^(.*)(\.[A-Za-z0-9]{1,10})$/su.exec(name);
  return found === null ? { stem: name, extension: '' } : { stem: found[1] ?? '', extension: found[2] ?? '' };
}

export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

const segmenter = new Intl.Segmenter('vi', { granularity: 'grapheme' });

function graphemes(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function cutToBytes(text: string, room: number): string {
  if (utf8Length(text) <= room) return text;
  let kept = '';
  let bytes = 0;
  for (const one of graphemes(text)) {
    bytes += utf8Length(one);
    if (bytes > room) break;
    kept += one;
  }
  return kept;
}

/** Without dots and spaces at its end. By hand: an expression that ends in `+$` looks at a long run of them once for each. */
function tidyEnd(stem: string): string {
  let end = stem.length;
  while (end > 0 && /[\s.]/u.test(stem.charAt(end - 1))) end--;
  return stem.slice(0, end);
}

/** Not empty, no longer than `room` bytes, no dot or space at its end, and none of the devices: Windows looks at what stands before the first dot. */
function safeStem(stem: string, room: number): string {
  const kept = tidyEnd(cutToBytes(tidyEnd(stem), room));
  if (kept === '') return nameless;
  return reserved.test((kept.split('.')[0] ?? '').trim()) ? tidyEnd(cutToBytes(`_${kept}`, room)) : kept;
}
