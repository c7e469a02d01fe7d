import type { ByteSource } from '../ports/bytes.ts';
import { attempt, clipSource, openPdf, type PdfFile, type Revision } from '../pdf/index.ts';
import type { ErrorCode } from '../../src-shared/errors.ts';
import type { ProblemCode } from './messages.ts';

/** One saved state, opened as the file it was: its first `revision.end` bytes and not one more. */
export type State = { readonly revision: Revision; readonly file: PdfFile };

export type History = {
  readonly source: ByteSource;
  /** Oldest first; the last one is the file as it stands. */
  readonly states: readonly State[];
  /** Findings about the file as a whole. */
  readonly problems: readonly ProblemCode[];
};

export type HistoryOutcome = { readonly ok: true; readonly history: History } | { readonly ok: false; readonly code: ProblemCode };

/** A dossier signed by dozens of people has dozens; each costs one more reading of the cross-reference sections. */
const maxRevisions = 128;
/** Every opened revision holds its cross-reference entries, about 20 bytes each: 300,000 objects saved sixty times are inside. */
const maxHeldEntries = 20_000_000;

/**
 * Stage 1 of signing.md §6: opens every revision by itself. A chain of sections that a revision's own bytes do not show, or bytes after the
 * last revision's end, are findings.
 */
export function readHistory(source: ByteSource): HistoryOutcome {
  const opened = openPdf(source);
  if (!opened.ok) return { ok: false, code: codeOf(opened.error.code) };
  const revisions = attempt(() => opened.value.revisions);
  if (!revisions.ok || revisions.value.length === 0) return { ok: false, code: 'structure.repaired' };
  if (revisions.value.length > maxRevisions) return { ok: false, code: 'file.too-large' };

  const problems = new Set<ProblemCode>();
  const states: State[] = [];
  let held = 0;
  for (const revision of revisions.value) {
    // Each follows its own startxref, and reads no section again that the state before it was read with; the key that was found once opens them all, while
    // they are encrypted alike. What reading costs is counted for all of them together.
    const state = openPdf(clipSource(opened.value.source, revision.end), states.at(-1)?.file ?? { startXref: -1, sections: [], protection: opened.value.protection });
    if (!state.ok) return { ok: false, code: 'structure.bad-revision' };
    held += state.value.sections.reduce((sum, section) => sum + countEntries(section), 0);
    if (held > maxHeldEntries) return { ok: false, code: 'file.too-large' };
    // Its own startxref must lead to the sections that the whole file's chain has for it.
    if (state.value.startXref !== revision.startXref || !isTail(state.value, opened.value)) problems.add('structure.two-readings');
    states.push({ revision, file: state.value });
  }
  // `startxref` at a comment before its section: a stricter reader finds no section there, and collects the objects for itself.
  if (opened.value.sections.some(({ offset }) => !/^[\0\t\n\f\r ]*[x\d]/.test(Buffer.from(source.read(offset, 32)).toString('latin1')))) problems.add('structure.two-readings');
  const last = states.at(-1);
  // A startxref appended without a section of its own leaves bytes that no revision owns.
  if (last === undefined || last.revision.eofEnd !== opened.value.eofEnd || opened.value.hasTrailingBytes) problems.add('structure.trailing-bytes');
  // rows that cannot be read are looked at here for the first time
  const conflict = attempt(() => opened.value.sections.some(hasConflict));
  if (!conflict.ok || conflict.value) problems.add('structure.two-readings');
  return { ok: true, history: { source, states, problems: [...problems] } };
}

function countEntries(section: PdfFile['sections'][number]): number {
  return [...section.subsections, ...(section.hybrid?.subsections ?? [])].reduce((sum, run) => sum + run.count, 0);
}

function isTail(earlier: PdfFile, whole: PdfFile): boolean {
  const skipped = whole.sections.length - earlier.sections.length;
  return skipped >= 0 && earlier.sections.every((section, i) => section.offset === whole.sections[i + skipped]?.offset);
}

/** ISO 32000-2 7.5.8.4: a hybrid's table and stream must not place one object in two places. Entries hidden from old readers are free in the table. */
function hasConflict(section: PdfFile['sections'][number]): boolean {
  if (section.hybrid === null) return false;
  if (countEntries(section) > maxHybridEntries) return true;
  const hidden = new Map<number, number>();
  for (const run of section.hybrid.subsections) {
    for (let i = 0; i < run.count; i += 1) {
      const entry = run.read(i);
      hidden.set(run.first + i, entry.kind === 'offset' ? entry.offset : -1);
    }
  }
  return section.subsections.some((run) => {
    for (let i = 0; i < run.count; i += 1) {
      const shown = run.read(i);
      const other = hidden.get(run.first + i);
      if (shown.kind === 'offset' && other !== undefined && other !== shown.offset) return true;
    }
    return false;
  });
}

const maxHybridEntries = 2_000_000;

function codeOf(error: ErrorCode): ProblemCode {
  if (error === 'pdf.encrypted' || error === 'pdf.password-needed' || error === 'pdf.password-wrong') return 'file.encrypted';
  return error === 'pdf.broken' ? 'structure.repaired' : 'file.not-pdf';
}
