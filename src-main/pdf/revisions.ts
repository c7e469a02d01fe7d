import type { ByteSource } from '../ports/bytes.ts';
import { broken } from './fault.ts';
import { skipWhite } from './parser.ts';
import { readStartXref } from './sections.ts';
import { readWindow } from './window.ts';
import type { XrefSection } from './xref-section.ts';

/** One state that the file was saved in. `[start, end)` are its own bytes; with all before them they are the whole file of that time. */
export type Revision = {
  readonly start: number;
  /** After `%%EOF` and its end of line, if it has one. */
  readonly end: number;
  /** Right after `%%EOF`. */
  readonly eofEnd: number;
  /** Where the revision's own `startxref` points. */
  readonly startXref: number;
};

/** Oldest first. A linearised file's two sections are one revision. `sections` newest first. */
export function readRevisions(source: ByteSource, sections: readonly XrefSection[]): readonly Revision[] {
  const ends: { offset: number; eofEnd: number }[] = [];
  for (let i = 0; i < sections.length; i += 1) {
    const { offset } = sections[i]!;
    let eofEnd = findEnd(source, sections[i]!.end);
    // /Prev pointing forward is the mark of linearisation (Annex F): both parts were written at once, and the first may lack an end mark.
    while (i + 1 < sections.length && sections[i + 1]!.offset > offset) {
      i += 1;
      eofEnd = Math.max(eofEnd ?? 0, findEnd(source, sections[i]!.end) ?? 0);
    }
    if (eofEnd === null || eofEnd === 0) throw broken(`không thấy startxref sau bảng tham chiếu tại byte ${offset}`);
    ends.push({ offset, eofEnd });
  }
  const revisions: Revision[] = [];
  for (const { offset, eofEnd } of ends.reverse()) {
    const start = revisions.at(-1)?.end ?? 0;
    if (eofEnd <= start) throw broken('các lần lưu trong tệp chồng lên nhau');
    revisions.push({ start, end: eofEnd + endOfLine(source, eofEnd), eofEnd, startXref: offset });
  }
  return revisions;
}

/** Between a section and its `startxref`: white space, perhaps a comment. */
const maxGapBytes = 64 * 1024;

function findEnd(source: ByteSource, from: number): number | null {
  if (from >= source.sizeBytes) return null;
  const at = readWindow(source, from, (cursor) => {
    skipWhite(cursor);
    return cursor.bytes[cursor.at] === 0x73 ? from + cursor.at : null;
  }, 64, maxGapBytes);
  return at === null ? null : readStartXref(source, at).eofEnd;
}

function endOfLine(source: ByteSource, at: number): number {
  const bytes = source.read(at, 2);
  if (bytes[0] === 0x0d) return bytes[1] === 0x0a ? 2 : 1;
  return bytes[0] === 0x0a ? 1 : 0;
}
