import { leaseRequest } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import type { Deps } from './deps.ts';

/** Numbers are the clerk's (NĐ 30/2020 Art 14, 22), in the unit's own books. */
export function createBookCalls({ storage, limits }: Deps) {
  return {
    /** POST /v1/books/lease */
    lease: async ({ request }: Call, session: Session): Promise<Reply> => {
      const body = await readJson(request, leaseRequest, limits.smallBodyBytes);
      if (!body.ok) return refuse(body.error);
      const { book, station } = body.value;
      if (!isBookOf(book, session.unit.code)) return refuse({ code: 'not-allowed' });
      const lent = await storage.transaction((tx) => tx.books.lease(book, session.unit.code, station, limits.bookReserve));
      return lent === null ? refuse({ code: 'number.old-epoch' }) : json(200, lent);
    },
  };
}

/** `<unit>/<year>/<register>` */
export function isBookOf(book: string, unit: string): boolean {
  return book.startsWith(`${unit}/`) && /^\d{4}\/[a-z0-9-]+$/.test(book.slice(unit.length + 1));
}
