import { broken } from './fault.ts';
import { pdfNull, type PdfDict, type PdfNumber, type PdfObject } from './object.ts';

/**
 * Reads objects from a window of bytes. `base` is the window's offset in the file, or null when its bytes are not the file's own (an
 * object stream). `whole`: nothing follows the window; else reaching its end throws `needMore`, and the caller comes back with a larger one.
 */
export type Cursor = { readonly bytes: Uint8Array; at: number; readonly base: number | null; readonly whole: boolean; /** Read so far. */ values?: number };

/** Thrown where the window ends too early; never leaves this room. */
export const needMore = new Error('a larger window is needed');

/** Deeper nesting than any producer makes, and far from the end of our own stack. */
const maxDepth = 100;
/** In one object; each takes some 70 bytes of memory. Flat lists of all pages or fields of the largest documents are inside. */
const maxValues = 300_000;
/** What a dictionary takes besides its entries. */
const dictValues = 4;
/** Annex C: 127 bytes. */
const maxNameBytes = 4096;

const charClass = { regular: 0, white: 1, delimiter: 2 } as const;
const classes = buildClasses();

export function isWhite(byte: number | undefined): boolean {
  return byte !== undefined && classes[byte] === charClass.white;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** The byte at the cursor; -1 at the true end. */
export function peek(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at];
  if (byte !== undefined) return byte;
  if (!cursor.whole) throw needMore;
  return -1;
}

/** Skips white space and comments (7.2.3). */
export function skipWhite(cursor: Cursor): void {
  for (;;) {
    const byte = peek(cursor);
    if (byte === 0x25) {
      while (peek(cursor) !== -1 && peek(cursor) !== 0x0a && peek(cursor) !== 0x0d) cursor.at += 1;
    } else if (isWhite(byte)) cursor.at += 1;
    else return;
  }
}

/** Skips one keyword if it stands here as a whole token. */
export function takeKeyword(cursor: Cursor, word: string): boolean {
  const start = cursor.at;
  for (let i = 0; i < word.length; i += 1) {
    if (peek(cursor) !== word.charCodeAt(i)) {
      cursor.at = start;
      return false;
    }
    cursor.at += 1;
  }
  const next = peek(cursor);
  if (next === -1 || classes[next] !== charClass.regular) return true;
  cursor.at = start;
  return false;
}

/** A non-negative integer of at most 15 digits, or null (cursor unmoved). */
export function takeInteger(cursor: Cursor): number | null {
  const start = cursor.at;
  let value = 0;
  while (isDigit(peek(cursor))) {
    value = value * 10 + (peek(cursor) - 0x30);
    cursor.at += 1;
    if (cursor.at - start > 15) {
      cursor.at = start;
      return null;
    }
  }
  return cursor.at === start ? null : value;
}

/** One direct object or reference. Throws `pdf.broken` on anything that is not one, `needMore` at the end of the window. */
export function parseObject(cursor: Cursor, depth = 0): PdfObject {
  if (depth > maxDepth) throw broken('lồng nhau quá sâu');
  countValue(cursor);
  skipWhite(cursor);
  const byte = peek(cursor);
  if (byte === 0x2f) return { kind: 'name', value: parseName(cursor) };
  if (byte === 0x28) return parseLiteral(cursor);
  if (byte === 0x5b) return parseArray(cursor, depth);
  if (byte === 0x3c) {
    const next = cursor.bytes[cursor.at + 1];
    if (next === undefined && !cursor.whole) throw needMore;
    return next === 0x3c ? parseDict(cursor, depth) : parseHex(cursor);
  }
  if (isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e) return parseNumberOrRef(cursor);
  if (takeKeyword(cursor, 'null')) return pdfNull;
  if (takeKeyword(cursor, 'true')) return { kind: 'boolean', value: true };
  if (takeKeyword(cursor, 'false')) return { kind: 'boolean', value: false };
  throw broken(`không đọc được đối tượng tại byte ${where(cursor)}`);
}

export function parseDict(cursor: Cursor, depth = 0): PdfDict {
  if (peek(cursor) !== 0x3c) throw broken(`thiếu từ điển tại byte ${where(cursor)}`);
  cursor.at += 1;
  if (peek(cursor) !== 0x3c) throw broken(`thiếu từ điển tại byte ${where(cursor)}`);
  cursor.at += 1;
  countValue(cursor, dictValues);
  const entries = new Map<string, PdfObject>();
  const duplicates: string[] = [];
  for (;;) {
    skipWhite(cursor);
    const byte = peek(cursor);
    if (byte === 0x3e) {
      cursor.at += 1;
      if (peek(cursor) !== 0x3e) throw broken(`từ điển không đóng tại byte ${where(cursor)}`);
      cursor.at += 1;
      return { kind: 'dict', entries, duplicates };
    }
    if (byte !== 0x2f) throw broken(`khóa của từ điển không phải tên tại byte ${where(cursor)}`);
    countValue(cursor);
    const key = parseName(cursor);
    const value = parseObject(cursor, depth + 1);
    if (entries.has(key)) duplicates.push(key);
    entries.set(key, value);
  }
}

function parseArray(cursor: Cursor, depth: number): PdfObject {
  cursor.at += 1;
  const items: PdfObject[] = [];
  for (;;) {
    skipWhite(cursor);
    if (peek(cursor) === 0x5d) {
      cursor.at += 1;
      return { kind: 'array', items };
    }
    items.push(parseObject(cursor, depth + 1));
  }
}

function countValue(cursor: Cursor, count = 1): void {
  cursor.values = (cursor.values ?? 0) + count;
  if (cursor.values > maxValues) throw broken('một đối tượng quá lớn');
}

function parseName(cursor: Cursor): string {
  cursor.at += 1;
  const start = cursor.at;
  let value = '';
  for (;;) {
    const byte = peek(cursor);
    if (byte === -1 || classes[byte] !== charClass.regular) return value;
    cursor.at += 1;
    if (cursor.at - start > maxNameBytes) throw broken(`tên quá dài tại byte ${where(cursor)}`);
    if (byte !== 0x23) {
      value += String.fromCharCode(byte);
      continue;
    }
    const high = hexValue(peek(cursor));
    const low = high < 0 ? -1 : hexValue(cursor.bytes[cursor.at + 1] ?? (cursor.whole ? -1 : needsMore()));
    // PDF 1.1 names may hold a bare '#'.
    if (low < 0) value += '#';
    else {
      value += String.fromCharCode(high * 16 + low);
      cursor.at += 2;
    }
  }
}

function parseNumberOrRef(cursor: Cursor): PdfObject {
  const number = parseShortInteger(cursor) ?? parseNumber(cursor);
  if (!/^\d{1,10}$/.test(number.text)) return number;
  const back = cursor.at;
  const reference = takeRefTail(cursor);
  if (reference !== null) return { kind: 'ref', num: number.value, gen: reference };
  cursor.at = back;
  return number;
}

/** The common case, without a look at its letters: digits, of which the first is no zero. Null (cursor unmoved) for any other number. */
function parseShortInteger(cursor: Cursor): PdfNumber | null {
  const { bytes, at: start } = cursor;
  let at = start;
  let value = 0;
  for (let byte = bytes[at]; isDigit(byte) && at - start < 10; byte = bytes[at]) {
    value = value * 10 + (byte! - 0x30);
    at += 1;
  }
  const next = bytes[at];
  if (at === start || next === undefined || classes[next] === charClass.regular || (bytes[start] === 0x30 && at > start + 1)) return null;
  cursor.at = at;
  return { kind: 'number', value, text: String(value) };
}

function takeRefTail(cursor: Cursor): number | null {
  if (!isWhite(peek(cursor))) return null;
  skipWhite(cursor);
  const gen = takeInteger(cursor);
  if (gen === null || !isWhite(peek(cursor))) return null;
  skipWhite(cursor);
  return takeKeyword(cursor, 'R') ? gen : null;
}

/** Far more digits than any number has a use for. */
const maxNumberBytes = 400;

function parseNumber(cursor: Cursor): PdfNumber {
  const start = cursor.at;
  for (;;) {
    const byte = peek(cursor);
    if (byte === -1 || classes[byte] !== charClass.regular) break;
    cursor.at += 1;
    if (cursor.at - start > maxNumberBytes) throw broken(`số không hợp lệ tại byte ${where(cursor)}`);
  }
  const text = Buffer.from(cursor.bytes.buffer, cursor.bytes.byteOffset + start, cursor.at - start).toString('latin1');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw broken(`số không hợp lệ tại byte ${where(cursor)}`);
  return { kind: 'number', value: Number(text), text };
}

function parseLiteral(cursor: Cursor): PdfObject {
  const start = cursor.at;
  // what it says is never longer than how it is written
  const out = new Uint8Array(findLiteralEnd(cursor) - start);
  let length = 0;
  cursor.at = start + 1;
  for (let depth = 1; ; ) {
    const byte = peek(cursor);
    cursor.at += 1;
    if (byte === 0x5c) {
      const escaped = takeEscape(cursor);
      if (escaped !== null) out[length++] = escaped;
    } else if (byte === 0x0d) {
      // 7.3.4.2: an end of line inside a string is one LF, however it is written.
      if (peek(cursor) === 0x0a) cursor.at += 1;
      out[length++] = 0x0a;
    } else {
      if (byte === 0x28) depth += 1;
      if (byte === 0x29) depth -= 1;
      if (depth === 0) break;
      out[length++] = byte;
    }
  }
  return { kind: 'string', bytes: out.slice(0, length), hex: false, span: spanOf(cursor, start) };
}

/** After the bracket that closes the literal string at the cursor. */
function findLiteralEnd(cursor: Cursor): number {
  for (let depth = 0; ; ) {
    const byte = peek(cursor);
    if (byte === -1) throw broken('chuỗi không đóng');
    cursor.at += 1;
    if (byte === 0x5c) {
      if (peek(cursor) === -1) throw broken('chuỗi không đóng');
      cursor.at += 1;
    } else if (byte === 0x28) depth += 1;
    else if (byte === 0x29) {
      depth -= 1;
      if (depth === 0) return cursor.at;
    }
  }
}

/** The byte that an escape stands for; null for an end of line, which stands for nothing. */
function takeEscape(cursor: Cursor): number | null {
  const byte = peek(cursor);
  if (byte === -1) throw broken('chuỗi không đóng');
  cursor.at += 1;
  if (byte >= 0x30 && byte <= 0x37) {
    let value = byte - 0x30;
    for (let i = 0; i < 2; i += 1) {
      const next = peek(cursor);
      if (next < 0x30 || next > 0x37) break;
      value = value * 8 + (next - 0x30);
      cursor.at += 1;
    }
    return value & 0xff;
  }
  if (byte === 0x0d) {
    if (peek(cursor) === 0x0a) cursor.at += 1;
    return null;
  }
  return byte === 0x0a ? null : escapes.get(byte) ?? byte;
}

const escapes: ReadonlyMap<number, number> = new Map([[0x6e, 0x0a], [0x72, 0x0d], [0x74, 0x09], [0x62, 0x08], [0x66, 0x0c]]);

function parseHex(cursor: Cursor): PdfObject {
  const start = cursor.at;
  cursor.at += 1;
  const end = findHexEnd(cursor);
  const bytes = new Uint8Array((end - cursor.at + 1) >> 1);
  let digits = 0;
  for (; cursor.at < end; cursor.at += 1) {
    const byte = cursor.bytes[cursor.at] ?? 0;
    const value = hexValue(byte);
    if (value < 0) {
      if (isWhite(byte)) continue;
      throw broken(`chuỗi thập lục phân hỏng tại byte ${where(cursor)}`);
    }
    bytes[digits >> 1] = (digits & 1) === 0 ? value << 4 : (bytes[digits >> 1] ?? 0) | value;
    digits += 1;
  }
  cursor.at = end + 1;
  return { kind: 'string', bytes: bytes.subarray(0, (digits + 1) >> 1), hex: true, span: spanOf(cursor, start) };
}

function findHexEnd(cursor: Cursor): number {
  const end = cursor.bytes.indexOf(0x3e, cursor.at);
  if (end >= 0) return end;
  if (!cursor.whole) throw needMore;
  throw broken('chuỗi không đóng');
}

function spanOf(cursor: Cursor, start: number): { readonly start: number; readonly end: number } | null {
  return cursor.base === null ? null : { start: cursor.base + start, end: cursor.base + cursor.at };
}

function where(cursor: Cursor): number {
  return (cursor.base ?? 0) + cursor.at;
}

function needsMore(): never {
  throw needMore;
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}

function buildClasses(): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) table[byte] = charClass.white;
  for (const char of '()<>[]{}/%') table[char.charCodeAt(0)] = charClass.delimiter;
  return table;
}
