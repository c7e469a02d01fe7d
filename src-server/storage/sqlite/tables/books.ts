import type { BookId, OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import type { BookStanding, BookTable } from '../../port.ts';
import type { Db } from '../open.ts';

type Row = {
  readonly id: BookId; readonly unit: OrganizationCode; readonly epoch: number; readonly first: number; readonly next: number; readonly reserveEnd: number; readonly station: string | null;
};

/** Registers (sổ): who holds each one, under which epoch, and every number given out. */
export function createBooks(db: Db): BookTable {
  const find = db.prepare('SELECT id, unit, epoch, first, next, reserve_end AS reserveEnd, station FROM book WHERE id = ?');
  const put = db.prepare(
    `INSERT INTO book (id, unit, epoch, first, next, reserve_end, station) VALUES (@id, @unit, @epoch, @first, @next, @reserveEnd, @station)
     ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, first = excluded.first, next = excluded.next, reserve_end = excluded.reserve_end, station = excluded.station`,
  );
  const findNumber = db.prepare('SELECT 1 FROM book_number WHERE book = ? AND number = ?');
  const putNumber = db.prepare('INSERT INTO book_number (book, number, epoch, document) VALUES (?, ?, ?, ?)');
  const allNumbers = db.prepare('SELECT number, epoch, document FROM book_number WHERE book = ? ORDER BY number');
  const someNumbers = db.prepare('SELECT number, epoch, document FROM book_number WHERE book = ? AND number > ? ORDER BY number LIMIT ?');
  const read = (id: BookId): Row | null => (find.get(id) as Row | undefined) ?? null;

  function voidUnseen(row: Row, last: number): void {
    for (let number = row.first; number <= last; number++) {
      if (findNumber.get(row.id, number) === undefined) putNumber.run(row.id, number, row.epoch, null);
    }
  }

  function standing(id: BookId): BookStanding | null {
    const row = read(id);
    return row === null ? null : { epoch: row.epoch, station: row.station, last: row.next - 1 };
  }

  return {
    setStart: async (id, unit, next) => {
      if ((read(id)?.epoch ?? 0) > 0) return false;
      put.run({ id, unit, epoch: 0, first: next, next, reserveEnd: next - 1, station: null });
      return true;
    },
    lease: async (id, unit, station, reserve) => {
      const row = read(id) ?? { id, unit, epoch: 0, first: 1, next: 1, reserveEnd: 0, station: null };
      if (row.unit !== unit || (row.station !== null && row.station !== station)) return null;
      const epoch = row.station === null ? row.epoch + 1 : row.epoch;
      const reserveEnd = Math.max(row.reserveEnd, row.next + reserve - 1);
      put.run({ ...row, epoch, reserveEnd, station });
      return { book: id, epoch, next: row.next, reserveEnd };
    },
    giveBack: async (id, station, epoch) => {
      const row = read(id);
      if (row === null || row.station !== station || row.epoch !== epoch) return false;
      // numbers that it left out below the highest one seen will never be given: no silent gap (I3)
      voidUnseen(row, row.next - 1);
      put.run({ ...row, first: row.next, reserveEnd: row.next - 1, station: null });
      return true;
    },
    release: async (id) => {
      const row = read(id);
      if (row === null || row.station === null) return;
      voidUnseen(row, row.reserveEnd);
      put.run({ ...row, first: row.reserveEnd + 1, next: row.reserveEnd + 1, station: null });
    },
    check: async (entry, unit) => {
      const row = read(entry.book);
      if (row === null) return 'number.no-book';
      if (row.unit !== unit) return 'not-allowed';
      if (findNumber.get(entry.book, entry.number) !== undefined) return 'number.taken';
      if (row.station === null || row.epoch !== entry.epoch) return 'number.old-epoch';
      // before the book's start: given out on paper
      if (entry.number < row.first) return 'number.taken';
      return entry.number > row.reserveEnd ? 'number.reserve-used-up' : null;
    },
    record: async (entry, document) => {
      putNumber.run(entry.book, entry.number, entry.epoch, document);
      const row = read(entry.book);
      if (row !== null && entry.number >= row.next) put.run({ ...row, next: entry.number + 1 });
    },
    numbers: async (id) => allNumbers.all(id) as Awaited<ReturnType<BookTable['numbers']>>,
    numbersAfter: async (id, after, limit) => someNumbers.all(id, after, limit) as Awaited<ReturnType<BookTable['numbers']>>,
    holder: async (id) => standing(id),
    // one transaction at a time decides about everything
    own: async (id) => standing(id),
  };
}
