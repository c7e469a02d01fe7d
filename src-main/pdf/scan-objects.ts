import { attempt, broken } from './fault.ts';
import { entryOf, type PdfDict, type PdfObject } from './object.ts';
import { isDigit, isWhite, parseDict, parseObject, peek, skipWhite, takeKeyword, type Cursor } from './parser.ts';

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

/** Every `N G obj` and every trailer of a file, found by reading it from its start. A stream's data are stepped over: a PDF within a PDF is not its objects. */
export function scanObjects(bytes: Buffer): Scan {
  const objects: ScannedObject[] = [];
  const trailers: PdfDict[] = [];
  const unreadable = new Set<number>();
  for (let at = 0; ; ) {
    const head = findHead(bytes, at);
    const trailer = bytes.indexOf('trailer', at);
    if (trailer >= 0 && (head === null || trailer < head.at)) {
      const found = attempt(() => readTrailer(bytes, trailer + 7));
      if (found.ok) trailers.push(found.value);
      at = trailer + 7;
      continue;
    }
    if (head === null) return { objects, trailers, unreadable };
    const read = attempt(() => readBody(bytes, head.body));
    if (!read.ok) {
      unreadable.add(head.num);
      at = head.body;
      continue;
    }
    unreadable.delete(head.num);
    objects.push({ num: head.num, gen: head.gen, at: head.at, value: read.value.value, data: read.value.data });
    at = read.value.end;
  }
}

type Head = { readonly num: number; readonly gen: number; readonly at: number; readonly body: number };

function findHead(bytes: Buffer, from: number): Head | null {
  for (let at = bytes.indexOf('obj', from); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    const gen = numberBefore(bytes, at, from);
    const num = gen === null ? null : numberBefore(bytes, gen.at, from);
    if (gen === null || num === null || gen.value > 65535 || num.value < 1 || num.value > 2 ** 31) continue;
    return { num: num.value, gen: gen.value, at: num.at, body: at + 3 };
  }
  return null;
}

/** The integer that ends before `end` with white space between. */
function numberBefore(bytes: Buffer, end: number, from: number): { readonly value: number; readonly at: number } | null {
  let last = end;
  while (last > from && isWhite(bytes[last - 1])) last -= 1;
  let at = last;
  while (at > from && last - at < 11 && isDigit(bytes[at - 1])) at -= 1;
  return at === last || last === end ? null : { value: Number(bytes.toString('latin1', at, last)), at };
}

function readTrailer(bytes: Buffer, from: number): PdfDict {
  const cursor: Cursor = { bytes, at: from, base: 0, whole: true };
  skipWhite(cursor);
  return parseDict(cursor);
}

function readBody(bytes: Buffer, from: number): { readonly value: PdfObject; readonly data: ScannedObject['data']; readonly end: number } {
  const cursor: Cursor = { bytes, at: from, base: 0, whole: true };
  const value = parseObject(cursor);
  const end = cursor.at;
  skipWhite(cursor);
  if (value.kind !== 'dict' || !takeKeyword(cursor, 'stream')) return { value, data: null, end };
  // A writer's mistakes are what is mended here: CR alone is taken for an end of line too.
  if (peek(cursor) === 0x0d) cursor.at += 1;
  if (peek(cursor) === 0x0a) cursor.at += 1;
  const start = cursor.at;
  const length = entryOf(value, 'Length');
  const said = length.kind === 'number' && Number.isSafeInteger(length.value) && length.value >= 0 ? start + length.value : null;
  const data = { start, end: said !== null && endsAt(bytes, said) ? said : searchEnd(bytes, start) };
  return { value, data, end: data.end };
}

function endsAt(bytes: Buffer, at: number): boolean {
  let next = at;
  while (next < at + 4 && isWhite(bytes[next])) next += 1;
  return bytes.toString('latin1', next, next + 9) === 'endstream';
}

function searchEnd(bytes: Buffer, start: number): number {
  const found = bytes.indexOf('endstream', start);
  if (found < 0) throw broken('luồng dữ liệu bị cắt cụt');
  // 7.3.8.1: the end of line before endstream is none of the data.
  if (bytes[found - 1] === 0x0a) return Math.max(start, found - (bytes[found - 2] === 0x0d ? 2 : 1));
  return Math.max(start, bytes[found - 1] === 0x0d ? found - 1 : found);
}
