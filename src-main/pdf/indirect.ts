import type { ByteSource } from '../ports/bytes.ts';
import { broken } from './fault.ts';
import type { Allowance } from './allowance.ts';
import { inflate, unpredict } from './filters.ts';
import { entryOf, isName, pdfNull, type PdfDict, type PdfObject, type PdfStream } from './object.ts';
import { isWhite, parseObject, peek, skipWhite, takeInteger, takeKeyword } from './parser.ts';
import { readWindow, weightOf } from './window.ts';

/** `values`: what it is made of. */
export type IndirectObject = { readonly num: number; readonly gen: number; readonly object: PdfObject; readonly end: number; readonly values: number };

type Body = { readonly num: number; readonly gen: number; readonly object: PdfObject; readonly at: number; readonly values: number; readonly isStream: boolean };

/**
 * Reads `N G obj … endobj` at an offset. `resolveLength` is asked for a stream's /Length that is a reference.
 * Anything else at that offset, or a stream whose data do not end at `endstream`, is `pdf.broken`.
 */
export function readIndirect(source: ByteSource, offset: number, resolveLength: (object: PdfObject) => PdfObject): IndirectObject {
  const body = readWindow(source, offset, (cursor): Body => {
    skipWhite(cursor);
    const num = takeInteger(cursor);
    skipWhite(cursor);
    const gen = takeInteger(cursor);
    skipWhite(cursor);
    if (num === null || gen === null || !takeKeyword(cursor, 'obj')) throw broken(`không có đối tượng nào tại byte ${offset}`);
    const object = parseObject(cursor);
    skipWhite(cursor);
    if (object.kind === 'dict' && takeKeyword(cursor, 'stream')) {
      // 7.3.8.1: CR LF or LF, never CR alone.
      if (peek(cursor) === 0x0d) cursor.at += 1;
      if (peek(cursor) !== 0x0a) throw broken(`luồng dữ liệu tại byte ${offset} mở sai`);
      return { num, gen, object, at: offset + cursor.at + 1, values: weightOf(cursor, 0), isStream: true };
    }
    if (!takeKeyword(cursor, 'endobj')) throw broken(`đối tượng tại byte ${offset} không đóng`);
    return { num, gen, object, at: offset + cursor.at, values: weightOf(cursor, 0), isStream: false };
  });
  if (!body.isStream || body.object.kind !== 'dict') return { num: body.num, gen: body.gen, object: body.object, end: body.at, values: body.values };
  const length = resolveLength(entryOf(body.object, 'Length'));
  if (length.kind !== 'number' || !Number.isSafeInteger(length.value) || length.value < 0) throw broken(`luồng dữ liệu tại byte ${offset} thiếu độ dài`);
  const end = readStreamEnd(source, body.at + length.value);
  return { num: body.num, gen: body.gen, object: { kind: 'stream', dict: body.object, start: body.at, length: length.value, num: body.num, gen: body.gen }, end, values: body.values };
}

/** Of a byte that is unpacked. */
const decodeWork = 1 / 8;
const maxFilters = 8;

/** A stream's data (`raw`: decrypted) through its filters. `resolve` follows references in /Filter and /DecodeParms. */
export function decodeStream(raw: Uint8Array, stream: PdfStream, resolve: (object: PdfObject) => PdfObject, allowance: Allowance | null): Uint8Array {
  let data = raw;
  const named = listOf(resolve(entryOf(stream.dict, 'Filter')));
  if (named.length > maxFilters) throw broken('luồng dữ liệu có quá nhiều bộ lọc');
  const filters = named.map(resolve);
  const params = listOf(resolve(entryOf(stream.dict, 'DecodeParms'))).slice(0, maxFilters).map(resolve);
  filters.forEach((filter, i) => {
    // 7.4.10: said what decrypts it, which is done.
    if (isName(filter, 'Crypt')) return;
    if (!isName(filter, 'FlateDecode') && !isName(filter, 'Fl')) throw broken(`bộ lọc ${filter.kind === 'name' ? filter.value : '?'} chưa đọc được`);
    const own = params[i] ?? pdfNull;
    data = inflate(data);
    allowance?.spend(data.length * decodeWork);
    if (own.kind !== 'dict') return;
    const predictor = predictorOf(own, resolve);
    if (predictor.predictor > 1) allowance?.spend(data.length * decodeWork * 2);
    data = unpredict(data, predictor);
  });
  return data;
}

function predictorOf(params: PdfDict, resolve: (object: PdfObject) => PdfObject): Parameters<typeof unpredict>[1] {
  const number = (key: string, otherwise: number): number => {
    const value = resolve(entryOf(params, key));
    return value.kind === 'number' ? value.value : otherwise;
  };
  return { predictor: number('Predictor', 1), colors: number('Colors', 1), bitsPerComponent: number('BitsPerComponent', 8), columns: number('Columns', 1) };
}

function readStreamEnd(source: ByteSource, at: number): number {
  return readWindow(source, at, (cursor) => {
    while (isWhite(peek(cursor))) cursor.at += 1;
    if (!takeKeyword(cursor, 'endstream')) throw broken(`luồng dữ liệu không kết thúc đúng chỗ (byte ${at})`);
    skipWhite(cursor);
    if (!takeKeyword(cursor, 'endobj')) throw broken(`đối tượng không đóng (byte ${at})`);
    return at + cursor.at;
  }, 64, maxGapBytes);
}

/** Between a stream's data and the end of its object: white space, perhaps a comment. */
const maxGapBytes = 64 * 1024;

function listOf(object: PdfObject): readonly PdfObject[] {
  if (object.kind === 'array') return object.items;
  return object.kind === 'null' ? [] : [object];
}
