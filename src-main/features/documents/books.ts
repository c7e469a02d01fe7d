import type { BookId, OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/** NĐ 30/2020 Art 15.1, 22.2: numbers restart on 1 January; incoming and outgoing each have their register. */
export function bookFor(unit: OrganizationCode, year: string, register: 'van-ban-di' | 'van-ban-den'): BookId {
  return `${unit}/${year}/${register}` as BookId;
}

/** The next number of a register that this station holds. Errors: `number.no-book`, `number.reserve-used-up`. */
export function nextNumber(context: DeskContext, id: BookId): Result<{ readonly book: BookId; readonly epoch: number; readonly number: number }> {
  const lease = context.store.findBook(id);
  if (lease === null) return fail('number.no-book');
  if (lease.next > lease.reserveEnd) return fail('number.reserve-used-up');
  return ok({ book: id, epoch: lease.epoch, number: lease.next });
}
