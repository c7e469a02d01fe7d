import type { Allowance } from './allowance.ts';
import { attempt, broken } from './fault.ts';
import { entryOf, type PdfDict, type PdfObject } from './object.ts';
import { isDigit, isWhite, parseDict, parseObject, peek, skipWhite, takeInteger, takeKeyword, type Cursor } from './parser.ts';
import { weightOf } from './window.ts';

/** An object as it was met in a file whose cross-reference is not to be trusted. */
export type ScannedObject = {
  readonly num: number;
  readonly gen: number;
  /** Of `N G obj`. */
  readonly at: number;
  /** A stream's dictionary where it is one. */
  readonly value: PdfObject;
  /** A stream's data as they stand, encrypted or not; null for any other object. */
  readonly data: { readonly start: number; readonly end: number } | null;
};

export type Scan = {
  /** In the file's order; a number may come more than once. */
  readonly objects: readonly ScannedObject[];
  readonly trailers: readonly PdfDict[];
  /** Numbers whose object could not be read where it was met last. */
  readonly unreadable: ReadonlySet<number>;
};

/**
 * Every `N G obj` and every trailer of a file, read token by token from its start, so that what a comment or a string says is no object. A stream's data are
 * stepped over: a PDF within a PDF is not its objects.
 */
export function scanObjects(bytes: Buffer, allowance: Allowance): Scan {
  let values = 0;
  const objects: ScannedObject[] = [];
  const trailers: PdfDict[] = [];
  const unreadable = new Set<number>();
  const cursor: Cursor = { bytes, at: 0, base: 0, whole: true };
  for (skipWhite(cursor); cursor.at < bytes.length; skipWhite(cursor)) {
    // Outside of what may fail: what is damaged is read again and again
    allowance.spend(1);
    const at = cursor.at;
    const head = isDigit(bytes[at]) ? takeHead(cursor) : null;
    if (head === null) cursor.at = at;
    if (head !== null) {
      const body = cursor.at;
      const read = attempt(() => readBody(bytes, body, allowance));
      if (read.ok) {
        values += read.value.values;
        if (values > maxValues) throw broken('tệp có quá nhiều đối tượng');
        unreadable.delete(head.num);
        objects.push({ ...head, at, value: read.value.value, data: read.value.data });
        cursor.at = read.value.end;
      } else unreadable.add(head.num);
    } else if (takeKeyword(cursor, 'trailer')) {
      const found = attempt(() => readTrailer(bytes, cursor.at));
      if (found.ok) {
        trailers.push(found.value.dict);
        cursor.at = found.value.end;
      }
    } else skipToken(cursor, at);
  }
  return { objects, trailers, unreadable };
}

/** All of them are in memory at once. */
const maxValues = 5_000_000;

/** `N G obj`; null where there is none, and the cursor is then anywhere. */
function takeHead(cursor: Cursor): { readonly num: number; readonly gen: number } | null {
  const num = takeInteger(cursor);
  skipWhite(cursor);
  const gen = takeInteger(cursor);
  skipWhite(cursor);
  if (num === null || gen === null || num < 1 || num > 2 ** 31 || gen > 65535) return null;
  return takeKeyword(cursor, 'obj') ? { num, gen } : null;
}

/** A word or a number whole, so that `endobj` is not taken for more than it is; of anything else one byte. */
function skipToken(cursor: Cursor, from: number): void {
  cursor.at = from + 1;
  if (isWordByte(cursor.bytes[from])) while (isWordByte(cursor.bytes[cursor.at])) cursor.at += 1;
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && (isDigit(byte) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}

function readTrailer(bytes: Buffer, from: number): { readonly dict: PdfDict; readonly end: number } {
  const cursor: Cursor = { bytes, at: from, base: 0, whole: true };
  skipWhite(cursor);
  const dict = parseDict(cursor);
  return { dict, end: cursor.at };
}

type ScannedBody = { readonly value: PdfObject; readonly data: ScannedObject['data']; readonly end: number; readonly values: number };

function readBody(bytes: Buffer, from: number, allowance: Allowance): ScannedBody {
  const cursor: Cursor = { bytes, at: from, base: 0, whole: true, values: 0 };
  try {
    return readValue(cursor, allowance);
  } finally {
    allowance.spend(cursor.at - from);
  }
}

function readValue(cursor: Cursor, allowance: Allowance): ScannedBody {
  const bytes = Buffer.from(cursor.bytes.buffer, cursor.bytes.byteOffset, cursor.bytes.byteLength);
  const from = cursor.at;
  const value = parseObject(cursor);
  const values = weightOf(cursor, from);
  const end = cursor.at;
  skipWhite(cursor);
  if (value.kind !== 'dict' || !takeKeyword(cursor, 'stream')) return { value, data: null, end, values };
  // A writer's mistakes are what is mended here: CR alone is taken for an end of line too.
  if (peek(cursor) === 0x0d) cursor.at += 1;
  if (peek(cursor) === 0x0a) cursor.at += 1;
  const start = cursor.at;
  const length = entryOf(value, 'Length');
  const said = length.kind === 'number' && Number.isSafeInteger(length.value) && length.value >= 0 ? start + length.value : null;
  const data = { start, end: said !== null && endsAt(bytes, said) ? said : searchEnd(bytes, start, allowance) };
  return { value, data, end: data.end, values };
}

function endsAt(bytes: Buffer, at: number): boolean {
  let next = at;
  while (next < at + 4 && isWhite(bytes[next])) next += 1;
  return bytes.toString('latin1', next, next + 9) === 'endstream';
}

function searchEnd(bytes: Buffer, start: number, allowance: Allowance): number {
  const found = bytes.indexOf('endstream', start);
  allowance.spend(((found < 0 ? bytes.length : found) - start) / 16);
  if (found < 0) throw broken('luồng dữ liệu bị cắt cụt');
  // 7.3.8.1: the end of line before endstream is none of the data.
  if (bytes[found - 1] === 0x0a) return Math.max(start, found - (bytes[found - 2] === 0x0d ? 2 : 1));
  return Math.max(start, bytes[found - 1] === 0x0d ? found - 1 : found);
}
