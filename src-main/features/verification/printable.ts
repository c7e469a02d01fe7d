import type { Output } from '../../../src-shared/contract/index.ts';
import { documentKinds, type DocumentState } from '../../../src-shared/domain/document.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { AboutDocument } from '../../ports/printing.ts';
import type { DeskContext } from '../context.ts';
import { printedNumber } from '../vietnam-time.ts';
import type { Reports } from './reports.ts';

/**
 * A kept report of the document's present content as a PDF. `checkedAt`: which one, null for the one without a time; the newest, unless told, which is made
 * now where there is none. Errors: `not-found`, `content.not-here`, `report.newer`.
 */
export async function printReport(context: DeskContext, reports: Reports, id: DocumentId, checkedAt?: string | null): Promise<Result<Output<'verification.printable'>>> {
  const { store, unit, office } = context;
  const stored = store.findDocument(id);
  if (stored === null) return fail('not-found', { what: 'document' });
  const { state } = stored;
  const { sha256 } = state.content;
  if (checkedAt === undefined && stored.report === null && (await reports.reportOn(sha256)) === null) return fail('content.not-here');
  const key = checkedAt === undefined ? null : (checkedAt ?? '');
  const report = store.findReport(sha256, key);
  const kept = store.findReportText(sha256, key);
  if (kept === null) return fail('not-found', { what: 'report' });
  if (report === null) return fail('report.newer');
  const about = { ...aboutOf(state), office: { name: office.organization ?? unit.name, place: office.location }, kept };
  return ok({ fileName: fileNameOf(state), bytes: await context.printReport(report, about, store.readEvidence(sha256, key)) });
}

function aboutOf(state: DocumentState): Omit<AboutDocument, 'office' | 'kept'> {
  const { kind, number, notation, from, issuedDate, title, content } = state;
  return { fileName: content.fileName, sizeBytes: content.sizeBytes, kind: documentKinds[kind].name, code: number === null ? null : codeOf(number, notation), issuer: from.name, issuedDate, title };
}

/** NĐ 30/2020 App I II.3: number and notation are parted by a stroke. */
function codeOf(number: number, notation: string): string {
  return notation === '' ? printedNumber(number) : `${printedNumber(number)}/${notation}`;
}

/** ASCII words, so that every system and every mailbox takes it; of the document's own name where it has no number yet. */
export function fileNameOf({ number, notation, content }: Pick<DocumentState, 'number' | 'notation' | 'content'>): string {
  const name = number === null ? content.fileName.replace(/\.pdf$/i, '') : `${printedNumber(number)} ${notation}`;
  const words = foldedWords(name).map((word) => word.replaceAll(/[^a-z0-9]/g, '')).filter((word) => word !== '');
  return `${['kiem-tra-chu-ky', ...words].join('-').slice(0, 100).replace(/-$/, '')}.pdf`;
}
