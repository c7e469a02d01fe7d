import type { ByteSource } from '../ports/bytes.ts';
import { broken } from './fault.ts';
import { maxDecodedBytes } from './filters.ts';
import { decodeStream, readIndirect } from './indirect.ts';
import { entryOf, isName, type PdfDict, type PdfObject } from './object.ts';
import { skipWhite, takeInteger, takeKeyword } from './parser.ts';
import { allowanceOf, readWindow } from './window.ts';
import { readXrefStream } from './xref-stream.ts';
import { readXrefTable } from './xref-table.ts';
import type { XrefSection } from './xref-section.ts';

/** Annexes A of real offices have dozens of revisions; a /Prev chain of tens of thousands is an attack. */
const maxSections = 4096;
/** ISO 32000-2 Annex I and every reader: the end mark is looked for in the last kilobyte. */
const tailBytes = 1024;

export type StartXref = { readonly offset: number; readonly at: number; readonly eofEnd: number };

/** The last `startxref N %%EOF` of the file. */
export function findLastStartXref(source: ByteSource): StartXref {
  const from = Math.max(0, source.sizeBytes - tailBytes);
  const tail = Buffer.from(source.read(from, source.sizeBytes - from));
  const at = tail.lastIndexOf('startxref');
  if (at < 0) throw broken('không thấy startxref ở cuối tệp, tệp có thể bị cắt cụt');
  return readStartXref(source, from + at);
}

/** `startxref N %%EOF` at an offset. */
export function readStartXref(source: ByteSource, at: number): StartXref {
  return readWindow(source, at, (cursor) => {
    if (!takeKeyword(cursor, 'startxref')) throw broken('không thấy startxref');
    while (cursor.at < 64 && (cursor.bytes[cursor.at] ?? 0) <= 0x20) cursor.at += 1;
    const offset = takeInteger(cursor);
    if (offset === null) throw broken('startxref không có vị trí');
    const rest = Buffer.from(cursor.bytes).subarray(cursor.at, cursor.at + 64);
    const mark = /^[\0\t\n\f\r ]*%%EOF/.exec(rest.toString('latin1'));
    if (mark === null) throw broken('không thấy %%EOF sau startxref');
    return { offset, at, eofEnd: at + cursor.at + mark[0].length };
  }, 256);
}

/** Sections of an earlier state of the same file, newest first, which need not be read again. */
export type KnownSections = { readonly startXref: number; readonly sections: readonly XrefSection[] };

/** All cross-reference sections, newest first, along /Prev. */
export function readSections(source: ByteSource, newest: number, known?: KnownSections): readonly XrefSection[] {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  for (let offset: number | null = newest; offset !== null; ) {
    if (seen.has(offset)) throw broken('các bảng tham chiếu trỏ vòng');
    if (seen.size >= maxSections) throw broken('quá nhiều bảng tham chiếu');
    seen.add(offset);
    if (offset === known?.startXref) return [...sections, ...known.sections];
    const section: XrefSection = readSection(source, offset);
    sections.push(section);
    offset = integerOf(section.trailer, 'Prev');
  }
  return sections;
}

function readSection(source: ByteSource, offset: number): XrefSection {
  const after = readWindow(source, offset, (cursor) => {
    skipWhite(cursor);
    return takeKeyword(cursor, 'xref') ? offset + cursor.at : null;
  }, 64);
  if (after === null) return readStreamSection(source, offset);
  const table = readXrefTable(source, after);
  const hybridAt = integerOf(table.trailer, 'XRefStm');
  refuseDuplicates(table.trailer);
  return { kind: 'table', offset, ...table, hybrid: hybridAt === null ? null : readStreamSection(source, hybridAt) };
}

function readStreamSection(source: ByteSource, offset: number): XrefSection {
  const indirect = readIndirect(source, offset, direct);
  const stream = indirect.object;
  if (stream.kind !== 'stream' || !isName(entryOf(stream, 'Type'), 'XRef')) throw broken(`không có bảng tham chiếu tại byte ${offset}`);
  refuseDuplicates(stream.dict);
  const allowance = allowanceOf(source);
  if (stream.length > maxDecodedBytes) throw broken('bảng tham chiếu quá lớn');
  const rows = decodeStream(source.read(stream.start, stream.length), stream, direct, allowance);
  allowance?.keep(rows.length);
  const subsections = readXrefStream(stream.dict, rows);
  return { kind: 'stream', offset, end: indirect.end, trailer: stream.dict, subsections, hybrid: null };
}

/** 7.5.8.2: what a cross-reference stream needs to be read is direct. */
function direct(object: PdfObject): PdfObject {
  if (object.kind === 'ref') throw broken('luồng tham chiếu dùng tham chiếu gián tiếp');
  return object;
}

function integerOf(trailer: PdfDict, key: string): number | null {
  const value = entryOf(trailer, key);
  if (value.kind === 'null') return null;
  if (value.kind !== 'number' || !Number.isSafeInteger(value.value) || value.value < 0) throw broken(`/${key} của phần cuối tệp không phải vị trí`);
  return value.value;
}

function refuseDuplicates(trailer: PdfDict): void {
  if (trailer.duplicates.length > 0) throw broken(`phần cuối tệp ghi hai lần /${trailer.duplicates[0]}`);
}
