import type { DocumentKind } from '../../../src-shared/domain/document.ts';
import type { BookId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { bookOf, checkIssueDate, numberedKinds, type BookRule } from '../../../src-shared/domain/numbering.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { vietnamDate } from '../vietnam-time.ts';

/** NĐ 30/2020 Art 15.1, 22.2: numbers restart on 1 January; incoming and outgoing each have their register. */
export function bookFor(unit: OrganizationCode, year: string, register: string): BookId {
  return `${unit}/${year}/${register}` as BookId;
}

/** `2026` and `van-ban-di` of `H48.60.12/2026/van-ban-di`. */
export function partsOfBook(book: BookId): { readonly year: number; readonly slug: string } {
  const [, year = '', slug = ''] = book.split('/');
  return { year: Number(year), slug };
}

/** The book of that year from which a document of this type takes its number, as the office has set it. */
export function outgoingBook(context: Pick<DeskContext, 'unit' | 'store'>, kind: DocumentKind, year: string): { readonly id: BookId; readonly rule: BookRule } {
  const rule = bookOf(context.store.office()?.books ?? [], kind);
  return { id: bookFor(context.unit.code, year, rule.slug), rule };
}

/** Every book of one year out of which this office gives numbers. */
export function booksOfYear(context: Pick<DeskContext, 'unit' | 'store'>, year: string): readonly BookId[] {
  const rules = context.store.office()?.books ?? [];
  const slugs = numberedKinds.filter((kind) => kind !== 'copy' || rules.some(({ kinds }) => kinds?.includes(kind))).map((kind) => bookOf(rules, kind).slug);
  return [...new Set(slugs)].map((slug) => bookFor(context.unit.code, year, slug));
}

/** The next number of a register that this station holds. Errors: `number.no-book`, `number.after-restore`, `number.reserve-used-up`. */
export function nextNumber(context: Pick<DeskContext, 'store'>, id: BookId): Result<{ readonly book: BookId; readonly epoch: number; readonly number: number }> {
  const lease = context.store.findBook(id);
  if (lease === null) return fail('number.no-book');
  // out of a backup: numbers may have been given since, and only the server knows
  if (lease.reserveEnd < 0) return fail('number.after-restore');
  if (lease.next > lease.reserveEnd) return fail('number.reserve-used-up');
  return ok({ book: id, epoch: lease.epoch, number: lease.next });
}

/** Whether the book's next number may bear this date. Errors: those of `checkIssueDate`; nothing is used up. */
export function checkNumberDate(context: DeskContext, register: 'incoming' | 'outgoing', { book, number }: { readonly book: BookId; readonly number: number }, date: string): Result<null> {
  const before = number - 1;
  const [last] = before < 1 ? [] : context.store.registerRows({ register, book, from: before, to: before, offset: 0, limit: 1 }).rows;
  const dated = register === 'incoming' ? (last?.arrival?.arrivalDate ?? null) : (last?.issuedDate ?? null);
  return checkIssueDate(
    { year: partsOfBook(book).year, closed: isClosedBook(context, book), previous: dated === null ? null : { number: before, date: dated }, latestKnownDay: null },
    date, vietnamDate(context.now()),
  );
}

export function isClosedBook({ store }: Pick<DeskContext, 'store'>, book: BookId): boolean {
  return store.office()?.closed.some((closed) => closed.book === book) ?? false;
}
