import { ok, fail, type Result } from '../result.ts';
import { dayMonthYear } from './calendar.ts';
import { documentKinds, type DocumentKind } from './document.ts';

/** What takes a number: each type of outgoing document, incoming documents, and copies of every form together (App I Part II.II.1c: one series for sao y, sao lục, trích sao). */
export type NumberedKind = DocumentKind | 'incoming' | 'copy';

/** A book (sổ) of each year as the office has set it (`bookRule` of its record). `slug`: the last part of a book's id; `kinds`: types and `copy`, null: every type that no other book takes. */
export type BookRule = { readonly slug: string; readonly name: string; readonly kinds: readonly string[] | null };

/**
 * One book for all outgoing types. The head of the office sets how administrative documents are numbered (NĐ 30/2020 Art 15.1c), so an office may divide it; whatever it
 * sets, numbers run from 01 on 1 January to 31 December and are unique (Art 15.1).
 */
export const usualBooks: readonly BookRule[] = [{ slug: 'van-ban-di', name: 'Sổ đăng ký văn bản đi', kinds: null }];
/** Art 22.2: one series for paper and electronic, so it is never divided nor shared. */
const incomingBook: BookRule = { slug: 'van-ban-den', name: 'Sổ đăng ký văn bản đến', kinds: ['incoming'] };
/** Copies have a series of their own (App I Part II.II.1c) unless the office puts them into one of its books. */
const copyBook: BookRule = { slug: 'ban-sao', name: 'Sổ đăng ký bản sao', kinds: ['copy'] };

const outgoingKinds = Object.keys(documentKinds) as readonly DocumentKind[];
export const numberedKinds: readonly NumberedKind[] = [...outgoingKinds, 'incoming', 'copy'];

/** The book that gives this kind its number; an office that has set none has `usualBooks`. Throws where the rules leave it out: rules are kept only when `checkBookRules` has passed them. */
export function bookOf(rules: readonly BookRule[], kind: NumberedKind): BookRule {
  if (kind === 'incoming') return incomingBook;
  const set = rules.length === 0 ? usualBooks : rules;
  const own = set.find(({ kinds }) => kinds?.includes(kind));
  const rule = own ?? (kind === 'copy' ? copyBook : set.find(({ kinds }) => kinds === null));
  if (rule === undefined) throw new Error(`no book for ${kind}`);
  return rule;
}

/** Each type in exactly one book, books told apart. Errors: `numbering.kind-without-book`, `numbering.kind-in-two-books`, `numbering.book-name`, `input.invalid`. */
export function checkBookRules(rules: readonly BookRule[]): Result<null> {
  const slugs = new Set<string>([incomingBook.slug]);
  const named = rules.flatMap(({ kinds }) => kinds ?? []);
  if (!named.includes('copy')) slugs.add(copyBook.slug);
  for (const { slug, name } of rules) {
    const isName = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) && slug.length <= 40 && name.trim() !== '';
    if (!isName || slugs.has(slug)) return fail('numbering.book-name', { book: name.trim() === '' ? slug : name });
    slugs.add(slug);
  }
  for (const [index, kind] of named.entries()) {
    if (kind !== 'copy' && !Object.hasOwn(documentKinds, kind)) return fail('input.invalid', { where: 'books.kinds' });
    if (named.indexOf(kind) !== index) return fail('numbering.kind-in-two-books', { kind: nameOf(kind) });
  }
  const others = rules.filter(({ kinds }) => kinds === null).length;
  const rest = outgoingKinds.find((kind) => !named.includes(kind));
  if (others === 0 && rest !== undefined) return fail('numbering.kind-without-book', { kind: nameOf(rest) });
  return others > 1 ? fail('numbering.kind-in-two-books', { kind: nameOf(rest ?? 'copy') }) : ok(null);
}

/** The rules with a book of their own for these kinds; another book that is left without any goes. */
export function withOwnBook(rules: readonly BookRule[], book: BookRule & { readonly kinds: readonly string[] }): readonly BookRule[] {
  const left = (rules.length === 0 ? usualBooks : rules).map((rule) => ({ ...rule, kinds: rule.kinds?.filter((kind) => !book.kinds.includes(kind)) ?? null }));
  return [...left.filter(({ slug, kinds }) => kinds?.length !== 0 && slug !== book.slug), book];
}

export type BookYear = {
  readonly year: number;
  /** Whether the year's book was closed; it is never opened again. */
  readonly closed: boolean;
  /** The number given last, and the date it bears. */
  readonly previous: { readonly number: number; readonly date: string } | null;
  /** The latest day that this machine knows to have come, from the server or the book itself; null: none. */
  readonly latestKnownDay: string | null;
};

/**
 * Whether the next number of the book may bear this date; of incoming documents, the date of arrival. Dates `yyyy-mm-dd`.
 * Errors: `numbering.clock-back`, `numbering.book-closed`, `numbering.other-year`, `numbering.after-today`, `numbering.before-previous`.
 */
export function checkIssueDate(book: BookYear, date: string, today: string): Result<null> {
  const known = laterOf(book.latestKnownDay, book.previous?.date ?? null);
  // first, since every answer below would blame the date that was typed for what the clock has done
  if (known !== null && today < known) return fail('numbering.clock-back', { today: dayMonthYear(today), known: dayMonthYear(known) });
  if (book.closed) return fail('numbering.book-closed', { year: book.year });
  // Art 15.1, 22.2: a book begins on 1 January and ends on 31 December
  if (Number(date.slice(0, 4)) !== book.year) return fail('numbering.other-year', { date: dayMonthYear(date), year: book.year });
  if (date > today) return fail('numbering.after-today', { date: dayMonthYear(date), today: dayMonthYear(today) });
  // Art 15.1, 22.2: numbers and dates follow the order of time
  if (book.previous !== null && date < book.previous.date) {
    return fail('numbering.before-previous', { date: dayMonthYear(date), previous: dayMonthYear(book.previous.date), number: String(book.previous.number).padStart(2, '0') });
  }
  return ok(null);
}

/**
 * Whether the year's book may be closed. Art 15.1 ends it with 31 December: until that day is over it may still be asked for a number.
 * Errors: `numbering.clock-back`, `numbering.closed-for-good`, `numbering.year-not-over`.
 */
export function checkClosing(book: BookYear, today: string): Result<null> {
  if (book.closed) return fail('numbering.closed-for-good', { year: book.year });
  const known = laterOf(book.latestKnownDay, book.previous?.date ?? null);
  if (known !== null && today < known) return fail('numbering.clock-back', { today: dayMonthYear(today), known: dayMonthYear(known) });
  return today <= `${book.year}-12-31` ? fail('numbering.year-not-over', { year: book.year }) : ok(null);
}

function laterOf(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function nameOf(kind: string): string {
  return kind === 'copy' ? 'Bản sao' : Object.hasOwn(documentKinds, kind) ? documentKinds[kind as DocumentKind].name : kind;
}
