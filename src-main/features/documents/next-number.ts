import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentKind } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { formatNumber, formatReference, suggestNotation } from '../../../src-shared/domain/notation.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { bookFor, nextNumber, outgoingBook } from './books.ts';

/** The last that went out; an office that has noted itself otherwise since is found among them at once. */
const notationsLookedAt = 100;

export function usualNotation({ store, me, now }: Pick<DeskContext, 'store' | 'me' | 'now'>, kind: DocumentKind): string | null {
  const { rows } = store.listDocuments({ folder: 'outgoing', me: me.id, text: '', today: vietnamDate(now()), offset: 0, limit: notationsLookedAt });
  return suggestNotation(kind, rows.map(({ state }) => state));
}

/** What the number will read as, before it is used up: số đến, or số and ký hiệu. Errors: `not-found`, `number.*`. */
export function proposeNumber(context: DeskContext, id: DocumentId): Result<Output<'documents.nextNumber'>> {
  const state = context.store.findDocument(id)?.state;
  if (state === undefined) return fail('not-found', { what: 'document' });
  const year = vietnamDate(context.now()).slice(0, 4);
  const incoming = state.direction === 'incoming';
  const outgoing = outgoingBook(context, state.kind, year);
  const entry = nextNumber(context, incoming ? bookFor(context.unit.code, year, 'van-ban-den') : outgoing.id);
  if (!entry.ok) return entry;
  const { number } = entry.value;
  return ok({
    number,
    reference: incoming ? formatNumber(number) : formatReference({ number, numberText: '', notation: state.notation }),
    book: `${incoming ? 'Sổ đăng ký văn bản đến' : outgoing.rule.name} ${year}`,
  });
}
