import type { ByteSource } from '../ports/bytes.ts';
import { broken } from './fault.ts';
import { inflate, unpredict } from './filters.ts';
import { entryOf, isName, pdfNull, type PdfDict, type PdfObject, type PdfStream } from './object.ts';
import { isWhite, parseObject, peek, skipWhite, takeInteger, takeKeyword } from './parser.ts';
import { readWindow } from './window.ts';

export type IndirectObject = { readonly num: number; readonly gen: number; readonly object: PdfObject; readonly end: number };

type Body = { readonly num: number; readonly gen: number; readonly object: PdfObject; readonly at: number; readonly isStream: boolean };

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
      return { num, gen, object, at: offset + cursor.at + 1, isStream: true };
    }
    if (!takeKeyword(cursor, 'endobj')) throw broken(`đối tượng tại byte ${offset} không đóng`);
    return { num, gen, object, at: offset + cursor.at, isStream: false };
  });
  if (!body.isStream || body.object.kind !== 'dict') return { num: body.num, gen: body.gen, object: body.object, end: body.at };
  const length = resolveLength(entryOf(body.object, 'Length'));
  if (length.kind !== 'number' || !Number.isSafeInteger(length.value) || length.value < 0) throw broken(`luồng dữ liệu tại byte ${offset} thiếu độ dài`);
  const end = readStreamEnd(source, body.at + length.value);
  return { num: body.num, gen: body.gen, object: { kind: 'stream', dict: body.object, start: body.at, length: length.value, num: body.num, gen: body.gen }, end };
}

/** A stream's data (`raw`: decrypted) through its filters. `resolve` follows references in /Filter and /DecodeParms. */
export function decodeStream(raw: Uint8Array, stream: PdfStream, resolve: (object: PdfObject) => PdfObject): Uint8Array {
  let data = raw;
  const filters = listOf(resolve(entryOf(stream.dict, 'Filter'))).map(resolve);
  const params = listOf(resolve(entryOf(stream.dict, 'DecodeParms'))).map(resolve);
  if (filters.length > 8) throw broken('luồng dữ liệu có quá nhiều bộ lọc');
  filters.forEach((filter, i) => {
    // 7.4.10: said what decrypts it, which is done.
    if (isName(filter, 'Crypt')) return;
    if (!isName(filter, 'FlateDecode') && !isName(filter, 'Fl')) throw broken(`bộ lọc ${filter.kind === 'name' ? filter.value : '?'} chưa đọc được`);
    const own = params[i] ?? pdfNull;
    data = inflate(data);
    if (own.kind === 'dict') data = unpredict(data, predictorOf(own, resolve));
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
  }, 64);
}

function listOf(object: PdfObject): readonly PdfObject[] {
  if (object.kind === 'array') return object.items;
  return object.kind === 'null' ? [] : [object];
}
