import { attempt, type PdfFile } from '../pdf/index.ts';
import { readIndirect } from '../pdf/indirect.ts';
import { ownSections, readRevisionEntries } from './entries.ts';
import type { History } from './history.ts';
import type { ProblemCode } from './messages.ts';
import { repeatsKey, standsBehindComment } from './repeated-keys.ts';

type Span = { readonly start: number; readonly end: number };

/** Larger gaps than white space and a comment are no gap of a writer. */
const maxGapBytes = 4096;
/** Objects of one update that are walked; beyond it the update is not examined. */
const maxObjects = 200_000;

/**
 * Accounts for every byte of a revision that was added after a signature: objects that its own cross-reference knows, the section, the end mark, and
 * white space or comments between them. What is left over could be an object to another reader.
 */
export function findStrayBytes(history: History, index: number): readonly ProblemCode[] {
  const outcome = attempt(() => walk(history, index));
  return outcome.ok ? outcome.value : ['structure.bad-revision'];
}

function walk(history: History, index: number): readonly ProblemCode[] {
  const state = history.states[index];
  if (state === undefined) return [];
  const { file, revision } = state;
  const spans: Span[] = ownSections(history, index, file).map((section) => ({ start: section.offset, end: section.end }));
  // 7.5.8.4: a hybrid update shows old and new readers different things; no signer in use writes one.
  if (ownSections(history, index, file).some((section) => section.hybrid !== null)) return ['structure.two-readings'];
  const bodies = new Set(spans.map((span) => span.start));
  for (const [num, entry] of readRevisionEntries(history, index)) {
    if (entry.kind === 'compressed' && repeatsKey(file.readObject(num))) return ['structure.repeated-key'];
    if (entry.kind !== 'offset' || bodies.has(entry.offset) || stoodThere(history, index, num, entry.offset)) continue;
    if (bodies.size > maxObjects) return ['structure.stray-bytes'];
    // A comment before the object, or the header's own at offset 0, is no object to a stricter reader.
    if (standsBehindComment(file, num)) return ['structure.two-readings'];
    if (entry.offset < revision.start) continue;
    bodies.add(entry.offset);
    const body = readIndirect(file.source, entry.offset, (length) => file.resolve(length));
    if (repeatsKey(body.object)) return ['structure.repeated-key'];
    spans.push({ start: entry.offset, end: body.end });
  }
  spans.sort((a, b) => a.start - b.start);
  let at = revision.start;
  for (const span of spans) {
    if (span.start < at) return ['structure.repeated-object'];
    if (!isBlank(file, at, span.start)) return ['structure.stray-bytes'];
    at = span.end;
  }
  return isEndMark(file, at, revision.eofEnd) ? [] : ['structure.stray-bytes'];
}

/** Tools that list every object in every update: what stood at the same place before is nothing new. */
function stoodThere(history: History, index: number, num: number, offset: number): boolean {
  const entry = history.states[index - 1]?.file.findEntry(num);
  return entry?.kind === 'offset' && entry.offset === offset;
}

function isBlank(file: PdfFile, from: number, to: number): boolean {
  if (to - from > maxGapBytes) return false;
  return /^(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])*$/.test(text(file, from, to));
}

/** Comments may stand before `startxref`; a second `startxref` may not. */
function isEndMark(file: PdfFile, from: number, to: number): boolean {
  if (to - from > maxGapBytes) return false;
  return /^(?:[\0\t\n\f\r ]|%[^\r\n]*[\r\n])*startxref[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]+%%EOF$/.test(text(file, from, to));
}

function text(file: PdfFile, from: number, to: number): string {
  return Buffer.from(file.source.read(from, to - from)).toString('latin1');
}
