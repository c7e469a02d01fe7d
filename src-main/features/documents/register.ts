import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Verdict } from '../../../src-shared/domain/verdict.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { Reports } from '../verification/reports.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { act, tryAct } from './act.ts';
import { bookFor, checkNumberDate, nextNumber } from './books.ts';

/**
 * Vào sổ văn bản đến (NĐ 30/2020 Art 22): the next arrival number, used up in the same transaction. What its signatures were judged to be is written
 * down with it (Art 21.2: electronic documents are checked as they are received), and where they are not in order, why it was registered all the same. A
 * content that is not here yet cannot be checked and holds nothing up; the event then says `unchecked`.
 * Errors: those of the rule and of the day (`numbering.*`), `verification.reason-needed`; no number is used then.
 */
export async function register(context: DeskContext, reports: Reports, id: DocumentId, given: string | null): Promise<Result<DocumentDetail>> {
  const arrivalDate = vietnamDate(context.now());
  const book = bookFor(context.unit.code, arrivalDate.slice(0, 4), 'van-ban-den');
  const expected = nextNumber(context, book);
  if (!expected.ok) return expected;
  const dated = checkNumberDate(context, 'incoming', expected.value, arrivalDate);
  if (!dated.ok) return dated;
  // Who may not, or comes too late, waits for no examination
  const allowed = tryAct(context, id, { type: 'register', args: { entry: expected.value, arrivalDate } });
  if (!allowed.ok) return allowed;
  const check = { verdict: await verdictOf(context, reports, id), reason: given?.trim() || null };
  // Another document may have taken the number while this one was examined
  const entry = nextNumber(context, book);
  if (!entry.ok) return entry;
  return act(context, id, { type: 'register', args: { entry: entry.value, arrivalDate, check } }, { book: { id: entry.value.book, used: entry.value.number } });
}

async function verdictOf(context: DeskContext, reports: Reports, id: DocumentId): Promise<Verdict> {
  const stored = context.store.findDocument(id);
  const report = stored === null ? null : await reports.reportOn(stored.state.content.sha256);
  return report?.verdict ?? 'unchecked';
}
