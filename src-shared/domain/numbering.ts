import { ok, fail, type Result } from '../result.ts';
import { dayMonthYear } from './calendar.ts';
import { documentKinds, type DocumentKind } from './document.ts';

/** What takes a number: each type of outgoing document, incoming documents, and copies of every form together (App I Part II.II.1c: one series for sao y, sao lục, trích sao). */
export type NumberedKind = DocumentKind | 'incoming' | 'copy';

/** A book (sổ) of each year. `register`: its part of a book's id, `<unit>/<year>/<register>`. */
export type BookRule = { readonly register: string; readonly name: string; readonly kinds: readonly NumberedKind[] };
export type BookRules = readonly BookRule[];

const outgoingKinds = Object.keys(documentKinds) as readonly DocumentKind[];
export const numberedKinds: readonly NumberedKind[] = [...outgoingKinds, 'incoming', 'copy'];

/**
 * One book for all outgoing types. The head of the office sets how administrative documents are numbered (NĐ 30/2020 Art 15.1c), so an office may divide it; whatever it
 * sets, numbers run from 01 on 1 January to 31 December and are unique (Art 15.1). Incoming: one series for paper and electronic (Art 22.2), so it is never divided.
 */
export const usualBooks: BookRules = [
  { register: 'van-ban-di', name: 'Sổ đăng ký văn bản đi', kinds: outgoingKinds },
  { register: 'van-ban-den', name: 'Sổ đăng ký văn bản đến', kinds: ['incoming'] },
  { register: 'ban-sao', name: 'Sổ đăng ký bản sao', kinds: ['copy'] },
];

/** The book that gives this kind its number. Throws where the rules leave it out: rules are kept only when `checkBookRules` has passed them. */
export function bookOf(rules: BookRules, kind: NumberedKind): BookRule {
  const rule = rules.find(({ kinds }) => kinds.includes(kind));
  if (rule === undefined) throw new Error(`no book for ${kind}`);
  return rule;
}

/** Each kind in exactly one book, books told apart. Errors: `numbering.kind-without-book`, `numbering.kind-in-two-books`, `numbering.book-name`. */
export function checkBookRules(rules: BookRules): Result<null> {
  const registers = new Set<string>();
  for (const { register, name, kinds } of rules) {
    const isIncoming = kinds.includes('incoming');
    // Art 22.2: what comes in shares its book with nothing; and its book keeps the name by which every machine knows it
    const misnamed = isIncoming !== (register === 'van-ban-den') || (isIncoming && kinds.length > 1);
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(register) || register.length > 40 || name.trim() === '' || registers.has(register) || misnamed) return fail('numbering.book-name', { book: name.trim() === '' ? register : name });
    registers.add(register);
  }
  for (const kind of numberedKinds) {
    const books = rules.flatMap(({ kinds }) => kinds).filter((one) => one === kind).length;
    if (books !== 1) return fail(books === 0 ? 'numbering.kind-without-book' : 'numbering.kind-in-two-books', { kind: nameOf(kind) });
  }
  return ok(null);
}

/** The rules with a book of their own for these kinds; a book left without any kind goes. */
export function withOwnBook(rules: BookRules, book: BookRule): BookRules {
  const moved = new Set<NumberedKind>(book.kinds);
  const left = rules.map((rule) => ({ ...rule, kinds: rule.kinds.filter((kind) => !moved.has(kind)) }));
  return [...left.filter(({ register, kinds }) => kinds.length > 0 && register !== book.register), book];
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
 * Whether the year's book may be closed. Art 15.1 ends it on 31 December, so it may be closed on that day, after the last number.
 * Errors: `numbering.clock-back`, `numbering.closed-for-good`, `numbering.year-not-over`.
 */
export function checkClosing(book: BookYear, today: string): Result<null> {
  if (book.closed) return fail('numbering.closed-for-good', { year: book.year });
  const known = laterOf(book.latestKnownDay, book.previous?.date ?? null);
  if (known !== null && today < known) return fail('numbering.clock-back', { today: dayMonthYear(today), known: dayMonthYear(known) });
  return today < `${book.year}-12-31` ? fail('numbering.year-not-over', { year: book.year }) : ok(null);
}

function laterOf(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function nameOf(kind: NumberedKind): string {
  return kind === 'incoming' ? 'Văn bản đến' : kind === 'copy' ? 'Bản sao' : documentKinds[kind].name;
}
