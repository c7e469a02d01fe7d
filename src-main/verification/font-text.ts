import { attempt, dictOf, entryOf, isName, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';
import { readUnicodeMap } from './to-unicode.ts';

/** Reads the letters that a string shows; null where a code's letter cannot be told. `isSimple`: single bytes, so most letters have no code. */
export type FontReader = { readonly isSimple: boolean; readonly read: (bytes: Uint8Array) => string | null };

/** 9.7.5.2: predefined CMaps whose codes are Unicode. */
const unicodeCmap = /^Uni[A-Za-z0-9]+-(?:UCS2|UTF16)(?:-HW)?-[HV]$/;

/** Without a font of that name a viewer takes one of its own, of the encoding of the West. */
export function createFontReader(file: PdfFile, font: PdfObject): FontReader {
  const dict = dictOf(file.resolve(font));
  if (dict === null) return { isSimple: true, read: (bytes) => windows(bytes) };
  const isSimple = !isName(file.get(dict, 'Subtype'), 'Type0');
  // the glyphs of such a font are drawings
  if (isName(file.get(dict, 'Subtype'), 'Type3')) return { isSimple, read: () => null };
  const map = file.get(dict, 'ToUnicode');
  if (map.kind === 'stream') {
    const read = attempt(() => readUnicodeMap(file.decode(map)));
    if (read.ok && read.value.meanings.size > 0) {
      const { meanings, widths } = read.value;
      const width = isSimple ? 1 : widths.size === 1 ? [...widths][0] ?? 2 : 2;
      return { isSimple, read: (bytes) => mapped(bytes, width, meanings) };
    }
  }
  return { isSimple, read: isSimple ? createSimple(file, dict) : createComposite(file, dict) };
}

function mapped(bytes: Uint8Array, width: number, meanings: ReadonlyMap<string, string>): string | null {
  let text = '';
  for (let at = 0; at < bytes.length; at += width) {
    const meaning = meanings.get(Buffer.from(bytes.subarray(at, at + width)).toString('hex'));
    if (meaning === undefined) return null;
    text += meaning;
  }
  return text;
}

function createComposite(file: PdfFile, font: PdfDict): FontReader['read'] {
  const encoding = file.get(font, 'Encoding');
  const descendants = file.get(font, 'DescendantFonts');
  const below = file.resolve(descendants.kind === 'array' ? descendants.items[0] ?? descendants : descendants);
  // poppler numbers the glyphs of its own fonts by Unicode, with a table from each of its 65,535 units to the glyph
  const table = file.get(below, 'CIDToGIDMap');
  const byUnit = isName(encoding, 'Identity-H') && table.kind === 'stream' && Number(numberOf(entryOf(table, 'Length'))) >= 131_070;
  if (!byUnit && !(encoding.kind === 'name' && unicodeCmap.test(encoding.value))) return () => null;
  return (bytes) => Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
}

function numberOf(object: PdfObject): number {
  return object.kind === 'number' ? object.value : 0;
}

/** 9.6.5: a base encoding and what differs from it by name of glyph. */
function createSimple(file: PdfFile, font: PdfDict): FontReader['read'] {
  const encoding = file.get(font, 'Encoding');
  const base = encoding.kind === 'name' ? encoding : file.get(encoding, 'BaseEncoding');
  const differences = file.get(encoding, 'Differences');
  const named = new Map<number, string | null>();
  let code = 0;
  for (const item of differences.kind === 'array' ? differences.items : []) {
    if (item.kind === 'number') code = item.value;
    else if (item.kind === 'name') {
      named.set(code, letterOf(item.value));
      code += 1;
    }
  }
  const decode = isName(base, 'MacRomanEncoding') ? macintosh : windows;
  const isSymbolic = encoding.kind === 'null' && file.get(file.get(font, 'FontDescriptor'), 'FontFile2').kind === 'stream' && isSubset(file.get(font, 'BaseFont'));
  return (bytes) => {
    let text = '';
    for (const byte of bytes) {
      const letter = named.get(byte);
      // a subset without an encoding numbers its letters as it likes
      if (letter === null || (letter === undefined && isSymbolic)) return null;
      text += letter ?? decode(Uint8Array.of(byte));
    }
    return text;
  };
}

function isSubset(name: PdfObject): boolean {
  return name.kind === 'name' && /^[A-Z]{6}\+/.test(name.value);
}

const windowsDecoder = new TextDecoder('windows-1252');
const macintoshDecoder = new TextDecoder('macintosh');

function windows(bytes: Uint8Array): string {
  return windowsDecoder.decode(bytes);
}

function macintosh(bytes: Uint8Array): string {
  return macintoshDecoder.decode(bytes);
}

/** Names of the glyph list that fillers write into differences: letters by themselves, `uniXXXX`, marks, letters with an accent of the West. */
function letterOf(name: string): string | null {
  if (/^[A-Za-z]$/.test(name)) return name;
  const unicode = /^(?:uni([0-9A-Fa-f]{4})|u([0-9A-Fa-f]{4,6}))$/.exec(name);
  if (unicode !== null) return String.fromCodePoint(Math.min(Number.parseInt(unicode[1] ?? unicode[2] ?? '0', 16), 0x10_ffff));
  if (Object.hasOwn(glyphs, name)) return glyphs[name] ?? null;
  const accented = /^([A-Za-z])(grave|acute|circumflex|tilde|dieresis|ring|cedilla|caron|breve)$/.exec(name);
  return accented === null ? null : `${accented[1] ?? ''}${accents[accented[2] ?? ''] ?? ''}`.normalize('NFC');
}

const accents: Readonly<Record<string, string>> = { grave: '\u0300', acute: '\u0301', circumflex: '\u0302', tilde: '\u0303', dieresis: '\u0308', ring: '\u030a', cedilla: '\u0327', caron: '\u030c', breve: '\u0306' };

const glyphs: Readonly<Record<string, string>> = {
  space: ' ', exclam: '!', quotedbl: '"', numbersign: '#', dollar: '$', percent: '%', ampersand: '&', quotesingle: "'", parenleft: '(', parenright: ')', asterisk: '*', plus: '+', comma: ',', hyphen: '-', minus: '-', period: '.', slash: '/',
  zero: '0', one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', colon: ':', semicolon: ';', less: '<', equal: '=', greater: '>', question: '?', at: '@', bracketleft: '[', backslash: '\\',
  bracketright: ']', asciicircum: '^', underscore: '_', grave: '`', braceleft: '{', bar: '|', braceright: '}', asciitilde: '~', bullet: '\u2022', endash: '\u2013', emdash: '\u2014', quoteleft: '\u2018', quoteright: '\u2019', quotedblleft: '\u201c',
  quotedblright: '\u201d', ellipsis: '\u2026', Eth: '\u00d0', eth: '\u00f0', Dcroat: '\u0110', dcroat: '\u0111', germandbls: '\u00df', ae: '\u00e6', AE: '\u00c6', oslash: '\u00f8', Oslash: '\u00d8', degree: '\u00b0', section: '\u00a7', Euro: '\u20ac', nbspace: ' ', fi: 'fi', fl: 'fl', periodcentered: '\u00b7',
};
