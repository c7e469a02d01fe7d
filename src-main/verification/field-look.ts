import { dictOf, isName, pdfNull, textOf, type PdfFile, type PdfObject } from '../pdf/index.ts';
import { nothingDrawn, readDrawn, type Drawn } from './drawn.ts';
import { sameContent } from './equal.ts';
import type { Field } from './fields.ts';

/**
 * Whether a field's picture says what its value says.
 *
 * Where the line is drawn: the letters that the picture shows are read through its fonts (ToUnicode, else an encoding that is known) and must be those of
 * the value, white space and ways of writing an accent aside. Letters that a font of 256 codes does not have may be missing or stand as `?` or `·`: iText and
 * MuPDF fill Vietnamese into Helvetica so. A list may show all its choices, a secret field dots. A field with a format of its own (/AA /F) shows what a
 * program of the form makes of the value, which is not run: only pictures are looked for there. A picture that shows nothing contradicts nothing.
 * Everything else is an amber finding: letters that cannot be read (no filler in use writes such a font) and images where letters belong.
 * What is not told: a font, embedded by the filler, whose glyphs look otherwise than it says; thin lines, which count as borders. Both reach no further
 * than the field's own frame, which the signer left open to be filled with anything.
 */
export type Agreement = 'agrees' | 'differs' | 'unreadable' | 'picture';

/** 12.7.5.3, 12.7.5.4, bits of /Ff. */
const flags = { password: 0x2000, pushbutton: 0x1_0000, combo: 0x2_0000 } as const;
const maxDepth = 16;

export function compareLook(file: PdfFile, field: Field, drawn: Drawn): Agreement {
  if (drawn.hasPicture) return 'picture';
  if (drawn.text === '') return 'agrees';
  if (hasFormat(file, field)) return 'agrees';
  if (drawn.text === null) return 'unreadable';
  const shown = normalize(drawn.text);
  if (shown === '') return 'agrees';
  if (field.type === 'Tx' && (flagsOf(file, field) & flags.password) !== 0) return /^[*\u2022\u25cf.]+$/.test(shown) ? 'agrees' : 'differs';
  return candidates(file, field).some((each) => isShownAs(normalize(each), shown, drawn.isSimple)) ? 'agrees' : 'differs';
}

/** What the normal appearance of a widget draws. */
export function readLook(file: PdfFile, widget: number): Drawn {
  const normal = file.get(file.get(file.readObject(widget), 'AP'), 'N');
  return normal.kind === 'stream' ? readDrawn(file, normal, formFonts(file)) : nothingDrawn;
}

export function isPushbutton(file: PdfFile, field: Field): boolean {
  return field.type === 'Btn' && (flagsOf(file, field) & flags.pushbutton) !== 0;
}

/** Draws something that a person would see as content. */
export function showsContent(drawn: Drawn): boolean {
  return drawn.hasPicture || drawn.text === null || normalize(drawn.text) !== '';
}

export function drawsSame(a: Drawn, b: Drawn): boolean {
  return !a.hasPicture && !b.hasPicture && a.text !== null && b.text !== null && normalize(a.text) === normalize(b.text);
}

function formFonts(file: PdfFile): PdfObject {
  return file.get(file.get(file.get(file.catalog, 'AcroForm'), 'DR'), 'Font');
}

/** Inherited entries (table 226) are looked for above. */
function inheritedOf(file: PdfFile, field: Field, key: string): PdfObject {
  let node: PdfObject = field.dict;
  for (let depth = 0; depth < maxDepth && node.kind === 'dict'; depth += 1) {
    if (node.entries.has(key)) return file.get(node, key);
    node = file.get(node, 'Parent');
  }
  return pdfNull;
}

function flagsOf(file: PdfFile, field: Field): number {
  const value = inheritedOf(file, field, 'Ff');
  return value.kind === 'number' ? value.value : 0;
}

function hasFormat(file: PdfFile, field: Field): boolean {
  return [field.num, ...field.widgets].some((num) => num !== 0 && dictOf(file.get(file.readObject(num), 'AA'))?.entries.has('F') === true);
}

/** Texts that the field may show: its value, or for a choice what stands for it. */
function candidates(file: PdfFile, field: Field): readonly string[] {
  const value = file.resolve(field.value);
  const values = value.kind === 'array' ? value.items.map((item) => textFrom(file, item)) : [textFrom(file, value)];
  if (field.type !== 'Ch') return values;
  const options = inheritedOf(file, field, 'Opt');
  const pairs = (options.kind === 'array' ? options.items : []).map((item): readonly [string, string] => {
    const option = file.resolve(item);
    return option.kind === 'array' ? [textFrom(file, option.items[0] ?? pdfNull), textFrom(file, option.items[1] ?? pdfNull)] : [textFrom(file, option), textFrom(file, option)];
  });
  const shown = values.map((each) => pairs.find(([exported]) => exported === each)?.[1] ?? each);
  const isList = (flagsOf(file, field) & flags.combo) === 0;
  return [values.join(''), shown.join(''), ...(isList ? runsOf(pairs.map(([, display]) => display)) : [])];
}

/** A list box shows as many choices as its frame has lines, from any one on. */
function runsOf(displays: readonly string[]): readonly string[] {
  if (displays.length > 60) return [displays.join('')];
  return displays.flatMap((_, from) => displays.slice(from).map((__, count) => displays.slice(from, from + count + 1).join('')));
}

function textFrom(file: PdfFile, object: PdfObject): string {
  const value = file.resolve(object);
  if (value.kind === 'name') return value.value;
  if (value.kind === 'stream') return textOf({ kind: 'string', bytes: file.decode(value), hex: false, span: null }) ?? '';
  if (value.kind !== 'string') return '';
  return value.bytes[0] === 0xfe || value.bytes[0] === 0xef ? textOf(value) ?? '' : [...value.bytes].map((byte) => docEncoding[byte] ?? String.fromCharCode(byte)).join('');
}

/** PDFDocEncoding (annex D.2) where it is not Latin-1: runs of letters from a code on. */
const docEncoding: Readonly<Record<number, string>> = Object.fromEntries(([
  [0x18, '\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc'],
  [0x80, '\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018\u2019\u201a\u2122\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e'],
  [0xa0, '\u20ac'],
] as const).flatMap(([first, run]) => Array.from(run, (letter, i) => [first + i, letter])));

/** White space, marks without width and the way that an accent is written are no difference. */
function normalize(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\0]/g, '');
}

function isShownAs(value: string, shown: string, isSimple: boolean): boolean {
  if (value === shown) return true;
  if (!isSimple) return false;
  const letters = Array.from(shown);
  let at = 0;
  for (const letter of value) {
    if (letters[at] === letter) at += 1;
    else if (isWestern(letter)) return false;
    else if (letters[at] === '?' || letters[at] === '\u00b7') at += 1;
  }
  return at === letters.length;
}

const western = new Set(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, i) => i)));

function isWestern(letter: string): boolean {
  return western.has(letter);
}

/** Every widget that shows a state shows the value, and one that has the value's picture shows it (12.7.5.2.3). */
export function ticksAgree(file: PdfFile, field: Field): boolean {
  const held = file.resolve(field.value);
  const value = held.kind === 'name' ? held.value : textOf(held) ?? 'Off';
  let canShow = false;
  let shows = false;
  for (const num of field.widgets) {
    const widget = file.readObject(num);
    const state = file.get(widget, 'AS');
    if (state.kind === 'name' && state.value !== 'Off' && state.value !== value) return false;
    if (dictOf(file.get(file.get(widget, 'AP'), 'N'))?.entries.has(value) === true) canShow = true;
    if (isName(state, value)) shows = true;
  }
  return value === 'Off' || !canShow || shows;
}

/** Two circles, of a radio button's ground and border. */
const plainCurves = 8;

/** Whether new pictures of a tick are what fillers draw (iText draws them anew): a frame alone where it is off, in every other state one sign in it. */
export function isTickLook(before: PdfFile, file: PdfFile, widget: number): boolean {
  const [was, states] = [before, file].map((each) => each.get(each.get(each.readObject(widget), 'AP'), 'N'));
  if (states?.kind !== 'dict') return false;
  return [...states.entries].every(([state, held]) => {
    const form = file.resolve(held);
    if (was !== undefined && sameContent(before, before.get(was, state), file, form)) return true;
    if (form.kind !== 'stream') return false;
    const drawn = readDrawn(file, form, formFonts(file));
    if (drawn.hasPicture || drawn.text === null) return false;
    const letters = normalize(drawn.text).length;
    if (state === 'Off') return letters === 0 && drawn.lines === 0 && drawn.curves <= plainCurves;
    return letters === 1 || (letters === 0 && drawn.lines + drawn.curves > 0);
  });
}

/** The same states by name. */
export function sameStates(before: PdfFile, after: PdfFile, widget: number): boolean {
  const [was, now] = [before, after].map((file) => [...(dictOf(file.get(file.get(file.readObject(widget), 'AP'), 'N'))?.entries.keys() ?? [])].sort().join('/'));
  return was === now;
}

/** 12.7.4.4: a value with its ways of writing, in XHTML, says the same as the plain one. */
export function richTextAgrees(file: PdfFile, field: Field): boolean {
  const plain = textFrom(file, inheritedOf(file, field, 'RV')).replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot|apos|#(\d{1,6})|#x([0-9A-Fa-f]{1,5}));/g, (entity, decimal: string | undefined, hex: string | undefined) => {
    if (decimal !== undefined || hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(decimal ?? hex ?? '0', decimal === undefined ? 16 : 10), 0x10_ffff));
    return { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }[entity] ?? "'";
  });
  return normalize(plain) === normalize(textFrom(file, field.value));
}

export function isTicked(file: PdfFile, value: PdfObject): boolean {
  const held = file.resolve(value);
  return held.kind === 'name' && held.value !== 'Off' && held.value !== '';
}

/** Where a viewer that draws every field anew would show the same as what is there, or what the picture has not shown yet. */
export function allLooksAgree(file: PdfFile, fields: readonly Field[]): boolean {
  return fields.every((field) => (field.type !== 'Tx' && field.type !== 'Ch') || field.widgets.every((num) => compareLook(file, field, readLook(file, num)) === 'agrees'));
}

/** Pictures besides the normal one: what shows under a mouse. */
export function otherLooks(file: PdfFile, widget: number): readonly PdfObject[] {
  return [...(dictOf(file.get(file.readObject(widget), 'AP'))?.entries ?? [])].flatMap(([key, value]) => (key === 'N' ? [] : [value]));
}
