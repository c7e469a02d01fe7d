import type { ByteSource } from '../ports/bytes.ts';
import { AppFailure } from '../../src-shared/result.ts';
import { attempt } from './fault.ts';
import type { PdfFile } from './file.ts';
import { readIndirect } from './indirect.ts';
import { entryOf } from './object.ts';
import { findLastStartXref, readSections } from './sections.ts';
import { serializeObject } from './serialize.ts';
import { joinSource } from './window.ts';
import { topOfSection } from './xref-section.ts';

/** What every update hands on from the trailer before it (7.5.6). */
const kept = ['Root', 'Info', 'ID', 'Encrypt'] as const;

/**
 * After every write: `input ++ tail` is read as a stranger would, from its end. The newest section is of the form of the one before, hands on its trailer,
 * leads by /Prev to the very sections that the input was read with, and places objects in the tail alone, each where it says. Nothing of the input is read
 * again but its last byte: it is a prefix by construction, and all that the tail could do to it is to point wrongly.
 * Throws `AppFailure(signing.self-check-failed)`.
 */
export function checkUpdate(file: PdfFile, tail: Uint8Array): void {
  const checked = attempt(() => holds(file, tail));
  if (!checked.ok || !checked.value) throw new AppFailure('signing.self-check-failed');
}

function holds(file: PdfFile, tail: Uint8Array): boolean {
  const base = file.source.sizeBytes;
  const output = joinSource(file.source, tail);
  const start = findLastStartXref(output);
  const [newest, ...older] = readSections(output, start.offset, file);
  if (newest === undefined || start.offset < base || start.eofEnd !== output.sizeBytes - 1 || !beginsAt(output, start.offset, newest.kind === 'table' ? /^xref/ : /^\d/)) return false;
  if (newest.kind !== file.newestSectionKind || newest.hybrid !== null) return false;
  if (older.length !== file.sections.length || older.some((section, i) => section !== file.sections[i])) return false;
  if (kept.some((key) => Buffer.compare(serializeObject(entryOf(newest.trailer, key)), serializeObject(entryOf(file.trailer, key))) !== 0)) return false;
  const size = entryOf(newest.trailer, 'Size');
  if (size.kind !== 'number' || size.value < Math.max(file.size, topOfSection(newest))) return false;
  let end = base;
  for (const run of newest.subsections) {
    for (let i = 0; i < run.count; i += 1) {
      const entry = run.read(i);
      if (entry.kind !== 'offset' || entry.offset < end || !beginsAt(output, entry.offset, /^\d/)) return false;
      const found = readIndirect(output, entry.offset, (length) => length);
      if (found.num !== run.first + i || found.gen !== entry.gen) return false;
      end = found.end;
    }
  }
  return end <= start.at;
}

/** To the byte: readers are lenient about white space before an object, a writer is not. */
function beginsAt(source: ByteSource, offset: number, what: RegExp): boolean {
  return what.test(Buffer.from(source.read(offset, 4)).toString('latin1'));
}
