import type { BookId, DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { ErrorCode } from '../../src-shared/errors.ts';
import type { BookLease } from '../../src-shared/protocol/wire.ts';
import type { Db } from './sqlite.ts';

type BookRow = { readonly id: BookId; readonly unit: string; readonly epoch: number; readonly first: number; readonly next: number; readonly reserveEnd: number; readonly station: string | null };

export type Books = ReturnType<typeof createBooks>;

/** Registers (sổ): who holds each one, under which epoch, and every number given out. */
export function createBooks(db: Db) {
  const find = db.prepare('SELECT id, unit, epoch, first, next, reserve_end AS reserveEnd, station FROM book WHERE id = ?');
  const put = db.prepare(
    `INSERT INTO book (id, unit, epoch, first, next, reserve_end, station) VALUES (@id, @unit, @epoch, @first, @next, @reserveEnd, @station)
     ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, first = excluded.first, next = excluded.next, reserve_end = excluded.reserve_end, station = excluded.station`,
  );
  const findNumber = db.prepare('SELECT 1 FROM book_number WHERE book = ? AND number = ?');
  const putNumber = db.prepare('INSERT INTO book_number (book, number, epoch, document) VALUES (?, ?, ?, ?)');

  function read(id: BookId): BookRow | null {
    return (find.get(id) as BookRow | undefined) ?? null;
  }

  return {
    /** Where a book that nobody has held yet begins: the numbers before it stand on paper. Throws on a book in use. */
    setStart: (id: BookId, unit: OrganizationCode, next: number) => {
      if ((read(id)?.epoch ?? 0) > 0) throw new Error(`book ${id} is in use`);
      put.run({ id, unit, epoch: 0, first: next, next, reserveEnd: next - 1, station: null });
    },
    /** Lends the book or renews it, with at least `reserve` numbers ahead of the last one seen. Null when another station holds it. */
    lease: (id: BookId, unit: OrganizationCode, station: string, reserve: number): BookLease | null =>
      db.transaction(() => {
        const row = read(id) ?? { id, unit, epoch: 0, first: 1, next: 1, reserveEnd: 0, station: null };
        if (row.station !== null && row.station !== station) return null;
        const epoch = row.station === null ? row.epoch + 1 : row.epoch;
        const reserveEnd = Math.max(row.reserveEnd, row.next + reserve - 1);
        put.run({ ...row, epoch, reserveEnd, station });
        return { book: id, epoch, next: row.next, reserveEnd };
      }).immediate(),
    /**
     * Takes the book from its holder, who may be lost. The next epoch starts after the reserve; numbers of the reserve that were
     * never seen are recorded as void (a row without a document), so that the series has no silent gap (I3).
     */
    release: (id: BookId) => {
      db.transaction(() => {
        const row = read(id);
        if (row === null || row.station === null) return;
        for (let number = row.first; number <= row.reserveEnd; number++) {
          if (findNumber.get(id, number) === undefined) putNumber.run(id, number, row.epoch, null);
        }
        put.run({ ...row, first: row.reserveEnd + 1, next: row.reserveEnd + 1, station: null });
      }).immediate();
    },
    /** Why this entry cannot stand, or null. */
    check: (entry: { readonly book: BookId; readonly epoch: number; readonly number: number }, unit: OrganizationCode): ErrorCode | null => {
      const row = read(entry.book);
      if (row === null) return 'number.no-book';
      if (row.unit !== unit) return 'not-allowed';
      if (findNumber.get(entry.book, entry.number) !== undefined) return 'number.taken';
      if (row.station === null || row.epoch !== entry.epoch) return 'number.old-epoch';
      // before the book's start: given out on paper
      if (entry.number < row.first) return 'number.taken';
      return entry.number > row.reserveEnd ? 'number.reserve-used-up' : null;
    },
    /** Records the number inside the caller's transaction; `next` follows the highest one seen. */
    record: (entry: { readonly book: BookId; readonly epoch: number; readonly number: number }, document: DocumentId) => {
      putNumber.run(entry.book, entry.number, entry.epoch, document);
      const row = read(entry.book);
      if (row !== null && entry.number >= row.next) put.run({ ...row, next: entry.number + 1 });
    },
    numbers: (id: BookId) =>
      db.prepare('SELECT number, epoch, document FROM book_number WHERE book = ? ORDER BY number').all(id) as { number: number; epoch: number; document: DocumentId | null }[],
  };
}
