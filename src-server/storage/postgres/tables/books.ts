import type { BookId, DocumentId, OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import type { BookEntry, BookNumber, BookStanding, BookTable } from '../../port.ts';
import { statement, type Row, type Session } from '../session.ts';

type Book = Row & {
  readonly id: BookId; readonly unit: OrganizationCode; readonly epoch: number; readonly first: number; readonly next: number; readonly reserveEnd: number; readonly station: string;
};
const columns = 'SELECT id, unit, epoch, first, next, reserve_end AS "reserveEnd", station FROM book WHERE id = $1';
const find = statement('book-find', columns);
const own = statement('book-own', `${columns} FOR UPDATE`);
/** So that there is a row to lock: of two that lend a new book at once, one waits. */
const make = statement('book-make', `INSERT INTO book (id, unit, epoch, first, next, reserve_end, station) VALUES ($1, $2, 0, 1, 1, 0, '') ON CONFLICT (id) DO NOTHING`);
const put = statement('book-put', 'UPDATE book SET unit = $2, epoch = $3, first = $4, next = $5, reserve_end = $6, station = $7 WHERE id = $1');
const check = statement(
  'book-check',
  `SELECT id, unit, epoch, first, next, reserve_end AS "reserveEnd", station, EXISTS (SELECT 1 FROM book_number n WHERE n.book = $1 AND n.number = $2) AS taken FROM book WHERE id = $1`,
);
const record = statement('book-record', 'SELECT record_number($1, $2, $3, $4)');
const voidUnseen = statement('book-void', `INSERT INTO book_number (book, number, epoch, document) SELECT $1, n, $2, '' FROM generate_series($3::bigint, $4::bigint) n ON CONFLICT DO NOTHING`);
const numbers = statement('book-numbers', 'SELECT number, epoch, document FROM book_number WHERE book = $1 ORDER BY number');
const someNumbers = statement('book-numbers-after', 'SELECT number, epoch, document FROM book_number WHERE book = $1 AND number > $2 ORDER BY number LIMIT $3');

/**
 * Registers (sổ). A number is checked without a lock and recorded at the transaction's end: `record_number` looks again under the row's lock, which is then held for
 * one journey only, and has the transaction run again when the lease or the number has changed hands meanwhile.
 */
export function createBooks(session: Session): { readonly table: BookTable; readonly flush: () => readonly Promise<unknown>[] } {
  let owed: { entry: BookEntry; document: DocumentId }[] = [];
  const given = new Set<string>();

  const flush = () => {
    const rows = owed;
    owed = [];
    // those of one book in their order; books in theirs, so that no two transactions wait for each other
    return rows.sort((a, b) => (a.entry.book === b.entry.book ? a.entry.number - b.entry.number : a.entry.book < b.entry.book ? -1 : 1))
      .map(({ entry, document }) => session.run(record, [entry.book, entry.epoch, entry.number, document]));
  };
  /** The row, locked, with all that this transaction has recorded in it. */
  async function take(id: BookId): Promise<Book | null> {
    await Promise.all(flush());
    return (await session.query<Book>(own, [id]))[0] ?? null;
  }
  const write = (book: Book) => session.run(put, [book.id, book.unit, book.epoch, book.first, book.next, book.reserveEnd, book.station]);

  return {
    flush,
    table: {
      setStart: async (id, unit, next) => {
        const [, row] = await Promise.all([session.run(make, [id, unit]), take(id)]);
        if (row === null || row.epoch > 0) return false;
        await write({ ...row, unit, first: next, next, reserveEnd: next - 1 });
        return true;
      },
      lease: async (id, unit, station, reserve) => {
        const [, row] = await Promise.all([session.run(make, [id, unit]), take(id)]);
        if (row === null || row.unit !== unit || (row.station !== '' && row.station !== station)) return null;
        const epoch = row.station === '' ? row.epoch + 1 : row.epoch;
        const reserveEnd = Math.max(row.reserveEnd, row.next + reserve - 1);
        await write({ ...row, epoch, reserveEnd, station });
        return { book: id, epoch, next: row.next, reserveEnd };
      },
      giveBack: async (id, station, epoch) => {
        const row = await take(id);
        if (row === null || row.station !== station || row.epoch !== epoch) return false;
        // numbers that it left out below the highest one seen will never be given: no silent gap (I3)
        await session.run(voidUnseen, [id, row.epoch, row.first, row.next - 1]);
        await write({ ...row, first: row.next, reserveEnd: row.next - 1, station: '' });
        return true;
      },
      release: async (id) => {
        const row = await take(id);
        if (row === null || row.station === '') return;
        await session.run(voidUnseen, [id, row.epoch, row.first, row.reserveEnd]);
        await write({ ...row, first: row.reserveEnd + 1, next: row.reserveEnd + 1, station: '' });
      },
      check: async (entry, unit) => {
        const [row] = await session.query<Book & { taken: boolean }>(check, [entry.book, entry.number]);
        if (row === undefined) return 'number.no-book';
        if (row.unit !== unit) return 'not-allowed';
        if (row.taken || given.has(`${entry.book}\n${entry.number}`)) return 'number.taken';
        if (row.station === '' || row.epoch !== entry.epoch) return 'number.old-epoch';
        // before the book's start: given out on paper
        if (entry.number < row.first) return 'number.taken';
        return entry.number > row.reserveEnd ? 'number.reserve-used-up' : null;
      },
      record: async (entry, document) => {
        given.add(`${entry.book}\n${entry.number}`);
        owed.push({ entry, document });
      },
      numbers: async (id) => {
        await Promise.all(flush());
        return (await session.query<NumberRow>(numbers, [id])).map(toNumber);
      },
      numbersAfter: async (id, after, limit) => {
        await Promise.all(flush());
        return (await session.query<NumberRow>(someNumbers, [id, after, limit])).map(toNumber);
      },
      holder: async (id) => standingOf((await session.query<Book>(find, [id]))[0] ?? null),
      own: async (id) => standingOf(await take(id)),
    },
  };
}

type NumberRow = { readonly number: number; readonly epoch: number; readonly document: DocumentId | '' };

function toNumber({ number, epoch, document }: NumberRow): BookNumber {
  return { number, epoch, document: document === '' ? null : document };
}

function standingOf(row: Book | null): BookStanding | null {
  return row === null ? null : { epoch: row.epoch, station: row.station === '' ? null : row.station, last: row.next - 1 };
}
