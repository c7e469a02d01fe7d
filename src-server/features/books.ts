import { leaseRequest, returnRequest } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import { auditEntry, type AuditAction } from './audit.ts';
import type { Deps } from './deps.ts';

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
      const lent = await storage.transaction(async (tx) => {
        const before = await tx.books.holder(book);
        const lease = await tx.books.lease(book, session.unit.code, station, limits.bookReserve);
        if (lease !== null && before?.epoch !== lease.epoch) await tx.audit.append(note(session, 'book.leased', book, lease.epoch, station));
        return lease;
      });
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
  };
}

/** `<unit>/<year>/<register>` */
export function isBookOf(book: string, unit: string): boolean {
  return book.startsWith(`${unit}/`) && /^\d{4}\/[a-z0-9-]+$/.test(book.slice(unit.length + 1));
}
