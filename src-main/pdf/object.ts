/**
 * The objects of a PDF (ISO 32000-2 7.3) as values. A dictionary's `duplicates` names keys that came twice: such a dictionary has two
 * readings, and who depends on it must refuse it.
 */
export type PdfNull = { readonly kind: 'null' };
export type PdfBoolean = { readonly kind: 'boolean'; readonly value: boolean };
/** `text` is the number as it stood in the file, so that rewriting an object does not change it. */
export type PdfNumber = { readonly kind: 'number'; readonly value: number; readonly text: string };
/** `value` has its `#xx` decoded, one char a byte. */
export type PdfName = { readonly kind: 'name'; readonly value: string };
/** `span`: absolute offsets of the whole token, delimiters included, when it was read straight from the file (not from an object stream). */
export type PdfString = { readonly kind: 'string'; readonly bytes: Uint8Array; readonly hex: boolean; readonly span: { readonly start: number; readonly end: number } | null };
export type PdfArray = { readonly kind: 'array'; readonly items: readonly PdfObject[] };
export type PdfDict = { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, PdfObject>; readonly duplicates: readonly string[] };
/** The raw data lie at `[start, start+length)` of the file; `PdfFile.decode` reads, decrypts and unfilters them. `num`, `gen`: the object that it is. */
export type PdfStream = { readonly kind: 'stream'; readonly dict: PdfDict; readonly start: number; readonly length: number; readonly num: number; readonly gen: number };
/** A stream that is to be written: its data as its filters leave them, not yet encrypted. */
export type StreamBody = { readonly kind: 'stream-body'; readonly dict: PdfDict; readonly data: Uint8Array };
export type PdfRef = { readonly kind: 'ref'; readonly num: number; readonly gen: number };

export type PdfObject = PdfNull | PdfBoolean | PdfNumber | PdfName | PdfString | PdfArray | PdfDict | PdfStream | PdfRef;

export const pdfNull: PdfNull = { kind: 'null' };

export function pdfName(value: string): PdfName {
  return { kind: 'name', value };
}

export function pdfNumber(value: number): PdfNumber {
  return { kind: 'number', value, text: formatNumber(value) };
}

export function pdfRef(num: number, gen = 0): PdfRef {
  return { kind: 'ref', num, gen };
}

export function pdfArray(items: readonly PdfObject[]): PdfArray {
  return { kind: 'array', items };
}

export function pdfDict(entries: Readonly<Record<string, PdfObject>> | ReadonlyMap<string, PdfObject>): PdfDict {
  return { kind: 'dict', entries: entries instanceof Map ? new Map(entries) : new Map(Object.entries(entries)), duplicates: [] };
}

export function pdfString(bytes: Uint8Array, hex = false): PdfString {
  return { kind: 'string', bytes, hex, span: null };
}

export function pdfStream(dict: PdfDict, data: Uint8Array): StreamBody {
  return { kind: 'stream-body', dict, data };
}

/** A text string (7.9.2.2): plain when it is ASCII, else UTF-16BE with its mark. */
export function pdfText(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return pdfString(Buffer.from(text, 'latin1'));
  return pdfString(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]), true);
}

/** The dictionary of a dictionary or a stream. */
export function dictOf(object: PdfObject): PdfDict | null {
  if (object.kind === 'dict') return object;
  return object.kind === 'stream' ? object.dict : null;
}

/** The entry as it stands (a reference stays one); the null object when it is missing. */
export function entryOf(object: PdfObject, key: string): PdfObject {
  return dictOf(object)?.entries.get(key) ?? pdfNull;
}

/** A copy with some entries replaced; `null` takes one out. */
export function withEntries(dict: PdfDict, changes: Readonly<Record<string, PdfObject | null>>): PdfDict {
  const entries = new Map(dict.entries);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
  return { kind: 'dict', entries, duplicates: dict.duplicates };
}

export function isName(object: PdfObject, value: string): boolean {
  return object.kind === 'name' && object.value === value;
}

/** Text of a text string: UTF-16BE or UTF-8 by its mark, else one char a byte (PDFDocEncoding's ASCII part). */
export function textOf(object: PdfObject): string | null {
  if (object.kind !== 'string') return null;
  const { bytes } = object;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return Buffer.from(bytes.subarray(3)).toString('utf8');
  return Buffer.from(bytes).toString('latin1');
}

/** A real in PDF has no exponent (7.3.3). */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('a PDF number is finite');
  if (Number.isInteger(value)) return value.toFixed(0);
  return value.toFixed(4).replace(/\.?0+$/, '').replace(/^-0$/, '0');
}
