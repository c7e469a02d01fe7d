import type { IncomingMessage } from 'node:http';
import { leaseRequest } from '../../src-shared/protocol/wire.ts';
import { readJson } from '../http/body.ts';
import { json, refuse, type Reply } from '../http/reply.ts';
import type { ServerLimits } from '../limits.ts';
import type { Session } from '../storage/accounts.ts';
import type { Storage } from '../storage/storage.ts';

/** POST /v1/books/lease */
export function createLease(storage: Storage, limits: ServerLimits) {
  return async function lease(request: IncomingMessage, session: Session): Promise<Reply> {
    const body = await readJson(request, leaseRequest, limits.smallBodyBytes);
    if (!body.ok) return refuse(body.error);
    const { book, station } = body.value;
    // NĐ 30/2020 Art 14, 22: only the clerk gives numbers, in the unit's own books
    if (session.role !== 'clerk' || !isBookOf(book, session.unit.code)) return refuse({ code: 'not-allowed' });
    const lent = storage.books.lease(book, session.unit.code, station, limits.bookReserve);
    return lent === null ? refuse({ code: 'number.old-epoch' }) : json(200, lent);
  };
}

/** `<unit>/<year>/<register>` */
export function isBookOf(book: string, unit: string): boolean {
  return book.startsWith(`${unit}/`) && /^\d{4}\/[a-z0-9-]+$/.test(book.slice(unit.length + 1));
}
