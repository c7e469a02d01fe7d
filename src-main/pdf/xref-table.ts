import type { ByteSource } from '../ports/bytes.ts';
import { broken } from './fault.ts';
import type { PdfDict } from './object.ts';
import { isDigit, isWhite, parseDict, peek, skipWhite, takeInteger, takeKeyword } from './parser.ts';
import { readWindow } from './window.ts';
import { maxSubsections, sortSubsections, type Subsection, type XrefEntry } from './xref-section.ts';

const entryBytes = 20;
/** Of 400,000 objects. */
const maxHeldBytes = 8 * 1024 * 1024;

type Head = { readonly kind: 'run'; readonly first: number; readonly count: number; readonly at: number } | { readonly kind: 'trailer'; readonly trailer: PdfDict; readonly end: number };

/** Reads a table from right after its `xref` (7.5.4): each subsection is one read, its entries stay bytes. */
export function readXrefTable(source: ByteSource, after: number): { readonly subsections: readonly Subsection[]; readonly trailer: PdfDict; readonly end: number } {
  const subsections: Subsection[] = [];
  for (let at = after; ; ) {
    const head = readWindow(source, at, (cursor): Head => {
      skipWhite(cursor);
      if (takeKeyword(cursor, 'trailer')) {
        skipWhite(cursor);
        const trailer = parseDict(cursor);
        return { kind: 'trailer', trailer, end: at + cursor.at };
      }
      const first = takeInteger(cursor);
      if (first === null) throw broken(`bảng tham chiếu hỏng tại byte ${at + cursor.at}`);
      skipWhite(cursor);
      const count = takeInteger(cursor);
      if (count === null || !isWhite(peek(cursor))) throw broken(`bảng tham chiếu hỏng tại byte ${at + cursor.at}`);
      while (isWhite(peek(cursor))) cursor.at += 1;
      return { kind: 'run', first, count, at: at + cursor.at };
    }, 128);
    if (head.kind === 'trailer') return { subsections: sortSubsections(subsections), trailer: head.trailer, end: head.end };
    if (subsections.length >= maxSubsections) throw broken('bảng tham chiếu có quá nhiều đoạn');
    subsections.push(tableRun(source, head.first, head.count, head.at));
    at = head.at + head.count * entryBytes;
  }
}

function tableRun(source: ByteSource, first: number, count: number, at: number): Subsection {
  if (at + count * entryBytes > source.sizeBytes || first + count > 2 ** 31) throw broken('bảng tham chiếu dài hơn tệp');
  // A longer run is read where it is asked about: its rows are the file's own bytes
  if (count * entryBytes > maxHeldBytes) return { first, count, read: (index) => readTableEntry(source.read(at + index * entryBytes, entryBytes), 0) };
  const bytes = source.read(at, count * entryBytes);
  // Rows of another length are found out here, where they can be named, rather than by what seems to follow them.
  if (count > 0) for (const row of [0, count - 1]) readTableEntry(bytes, row * entryBytes);
  return { first, count, read: (index) => readTableEntry(bytes, index * entryBytes) };
}

/** `nnnnnnnnnn ggggg n` and two bytes of end of line, nothing else: anything looser has two readings. */
function readTableEntry(bytes: Uint8Array, at: number): XrefEntry {
  const use = bytes[at + 17];
  const wellFormed = bytes[at + 10] === 0x20 && bytes[at + 16] === 0x20 && (use === 0x6e || use === 0x66) && isWhite(bytes[at + 18]) && isWhite(bytes[at + 19]);
  if (!wellFormed) throw broken('dòng của bảng tham chiếu không đúng 20 byte');
  const offset = digits(bytes, at, 10);
  const gen = digits(bytes, at + 11, 5);
  return use === 0x66 ? { kind: 'free' } : { kind: 'offset', offset, gen };
}

function digits(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i += 1) {
    if (!isDigit(bytes[i])) throw broken('dòng của bảng tham chiếu không phải số');
    value = value * 10 + (bytes[i]! - 0x30);
  }
  return value;
}
