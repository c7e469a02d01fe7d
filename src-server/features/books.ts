import { bookId } from '../../src-shared/domain/ids.ts';
import { recordId } from '../../src-shared/domain/records/record-id.ts';
import { leaseRequest, returnRequest, type BookNumbers } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import { auditEntry, type AuditAction } from './audit.ts';
import type { Deps } from './deps.ts';
import { isClosedBook, readOffice } from './settle-rules.ts';

/** Numbers in one answer: a year of a commune office, and most of a department's. */
const numbersPage = 2000;

/** Numbers are the clerk's (NĐ 30/2020 Art 14, 22), in the unit's own books. */
export function createBookCalls({ storage, limits, now }: Deps) {
  const note = (session: Session, action: AuditAction, book: string, epoch: number, station: string) =>
    auditEntry({ atMs: now(), unit: session.unit.code, user: session.user, action, subject: book, detail: { epoch, station } });

  return {
    /** POST /v1/books/lease */
    lease: async ({ request }: Call, session: Session): Promise<Reply> => {
      const body = await readJson(request, leaseRequest, limits.smallBodyBytes);
      if (!body.ok) return refuse(body.error);
      const { book, station } = body.value;
      if (!isBookOf(book, session.unit.code)) return refuse({ code: 'not-allowed' });
      const { code: unit } = session.unit;
      const lent = await storage.transaction(async (tx) => {
        // of a lease and the closing of its book, whichever comes second sees the first
        await tx.documents.lock(unit, recordId(unit, 'office'));
        if (isClosedBook(await readOffice(tx, unit), book)) return 'closed';
        const before = await tx.books.holder(book);
        const lease = await tx.books.lease(book, unit, station, limits.bookReserve);
        if (lease !== null && before?.epoch !== lease.epoch) await tx.audit.append(note(session, 'book.leased', book, lease.epoch, station));
        return lease;
      });
      if (lent === 'closed') return refuse({ code: 'numbering.book-closed', params: { year: book.split('/')[1] ?? '' } }, {}, 409);
      return lent === null ? refuse({ code: 'number.old-epoch' }) : json(200, lent);
    },
    /** POST /v1/books/return. Asked again, because the answer was lost, it is answered alike: nobody has taken the book since. */
    giveBack: async ({ request }: Call, session: Session): Promise<Reply> => {
      const body = await readJson(request, returnRequest, limits.smallBodyBytes);
      if (!body.ok) return refuse(body.error);
      const { book, station, epoch } = body.value;
      if (!isBookOf(book, session.unit.code)) return refuse({ code: 'not-allowed' });
      const back = await storage.transaction(async (tx) => {
        if (await tx.books.giveBack(book, station, epoch)) {
          await tx.audit.append(note(session, 'book.returned', book, epoch, station));
          return true;
        }
        const present = await tx.books.holder(book);
        return present !== null && present.station === null && present.epoch === epoch;
      });
      return back ? { status: 204 } : refuse({ code: 'number.old-epoch' });
    },
    /** GET /v1/books/{unit}/{year}/{register}/numbers. What a register shows between its documents: numbers that are void, so that no gap is silent (NĐ 30/2020 Art 15.1). */
    numbers: async ({ params, url }: Call, session: Session): Promise<Reply> => {
      const book = bookId.safeParse(params.slice(0, 3).join('/'));
      if (!book.success || !isBookOf(book.data, session.unit.code)) return refuse({ code: 'not-found', params: { what: '' } });
      const after = Number(url.searchParams.get('after') ?? 0);
      if (!Number.isSafeInteger(after) || after < 0) return refuse({ code: 'input.invalid', params: { where: 'after' } });
      const answer = await storage.read(async (tx): Promise<BookNumbers> => {
        const [standing, office] = [await tx.books.holder(book.data), await readOffice(tx, session.unit.code)];
        const rows = await tx.books.numbersAfter(book.data, after, numbersPage + 1);
        return {
          book: book.data, last: standing?.last ?? 0, lent: standing !== null && standing.station !== null, closed: isClosedBook(office, book.data),
          numbers: rows.slice(0, numbersPage).map(({ number, document }) => ({ number, document })), hasMore: rows.length > numbersPage,
        };
      });
      return json(200, answer);
    },
  };
}

/** `<unit>/<year>/<register>` */
export function isBookOf(book: string, unit: string): boolean {
  return book.startsWith(`${unit}/`) && /^\d{4}\/[a-z0-9-]+$/.test(book.slice(unit.length + 1));
}
