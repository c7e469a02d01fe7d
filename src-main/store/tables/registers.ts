import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { BookId, DocumentId } from '../../../src-shared/domain/ids.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { DeskStore } from '../../ports/store.ts';
import type { ReadableDb } from '../driver.ts';
import { numberKey } from './document-columns.ts';

export type Registers = { readonly rows: DeskStore['registerRows']; readonly index: DeskStore['registerIndex']; readonly answersTo: DeskStore['answersTo']; readonly books: DeskStore['booksKnown']; readonly duplicates: DeskStore['findDuplicates'] };

type Json = { readonly state: string };
type Range = { readonly direction: string; readonly book: string; readonly from: number; readonly to: number };

/** No register has as many numbers, and none of them is below 1. */
const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
/** Along one index, whose columns are these. */
const ofBook = 'FROM document d INDEXED BY document_by_book WHERE d.direction = :direction AND d.book = :book AND d.book_number BETWEEN :from AND :to';

export function createRegisters(db: ReadableDb): Registers {
  const count = db.read<[Range], { n: number }>(`SELECT count(*) AS n ${ofBook}`);
  const page = db.read<[Range & { readonly offset: number; readonly limit: number }], Json>(`
    SELECT d.state AS state FROM (SELECT d.row AS row ${ofBook} ORDER BY d.book_number, d.id LIMIT :limit OFFSET :offset) page
      CROSS JOIN document d ON d.row = page.row ORDER BY d.book_number, d.id`);
  const index = db.read<[{ readonly direction: string; readonly book: string }], { id: DocumentId; number: number; date: string; voided: number }>(`
    SELECT d.id AS id, d.book_number AS number, d.dated_on AS date, d.stage = 'voided' AS voided FROM document d INDEXED BY document_by_book WHERE d.direction = :direction AND d.book = :book ORDER BY d.book_number, d.id`);
  const answers = db.read<[string], Json>("SELECT state FROM document INDEXED BY document_answers WHERE in_reply_to = ? AND direction = 'outgoing' ORDER BY row");
  // from one book to the next, and of each its ends and its numbers, without reading a document
  const books = db.read<[], { book: BookId; count: number; first: number; last: number }>(`
    SELECT book, count(*) AS count, min(book_number) AS first, max(book_number) AS last FROM document INDEXED BY document_by_book WHERE book IS NOT NULL GROUP BY direction, book`);
  const byOrigin = db.read<[string], Json>('SELECT state FROM document INDEXED BY document_by_origin WHERE origin = ? ORDER BY row');
  const byNumber = db.read<[string], Json & { readonly issuer: string; readonly name: string }>(`
    SELECT d.state AS state, d.issuing_office AS issuer, coalesce(s.name, '') AS name FROM document d INDEXED BY document_by_number_key LEFT JOIN sender s ON s.code = d.issuing_office
    WHERE d.number_key = ? ORDER BY d.row`);

  return {
    rows: ({ register, book, from, to, offset, limit }) => {
      const range: Range = { direction: register, book, from: from ?? all.from, to: to ?? all.to };
      return { total: count.get(range)?.n ?? 0, rows: page.all({ ...range, offset, limit }).map(toState) };
    },
    index: ({ register, book }) => index.all({ direction: register, book }).map((one) => ({ ...one, voided: one.voided === 1 })),
    answersTo: (id) => answers.all(id).map(toState),
    books: () => {
      const known = new Map<BookId, { book: BookId; count: number; first: number; last: number }>();
      for (const one of books.all()) {
        const other = known.get(one.book);
        known.set(one.book, other === undefined ? one : { book: one.book, count: one.count + other.count, first: Math.min(one.first, other.first), last: Math.max(one.last, other.last) });
      }
      return [...known.values()].sort((a, b) => (a.book < b.book ? -1 : 1));
    },
    duplicates: ({ origin, number, numberText, notation, from, except }) => {
      const key = numberKey({ number, numberText, notation });
      const name = foldedWords(from.name).join(' ');
      // an office is typed by its name where its code is not at hand
      const isIssuer = (state: DocumentState): boolean => (from.code !== null && state.from.code !== null ? from.code === state.from.code : foldedWords(state.from.name).join(' ') === name);
      const sameOrigin = origin === null ? [] : byOrigin.all(origin).map(toState);
      const sameNumber = key === null ? [] : byNumber.all(key).map(toState).filter(isIssuer);
      return [...new Map([...sameOrigin, ...sameNumber].filter(({ id }) => id !== except).map((state) => [state.id, state])).values()];
    },
  };
}

function toState({ state }: Json): DocumentState {
  return JSON.parse(state) as DocumentState;
}
