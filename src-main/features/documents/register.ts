import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { act } from './act.ts';
import { bookFor, nextNumber } from './books.ts';

/** Vào sổ văn bản đến (NĐ 30/2020 Art 22): the next arrival number, used up in the same transaction. */
export function register(context: DeskContext, id: DocumentId): Result<DocumentDetail> {
  const arrivalDate = vietnamDate(context.now());
  const entry = nextNumber(context, bookFor(context.unit.code, arrivalDate.slice(0, 4), 'van-ban-den'));
  if (!entry.ok) return entry;
  return act(context, id, { type: 'register', args: { entry: entry.value, arrivalDate } }, { book: { id: entry.value.book, used: entry.value.number } });
}
