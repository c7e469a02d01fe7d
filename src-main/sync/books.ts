import { z } from 'zod';
import type { BookId } from '../../src-shared/domain/ids.ts';
import { bookLease, bookNumbers } from '../../src-shared/protocol/wire.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { DeskStore } from '../ports/store.ts';
import type { NumbersAtServer } from '../ports/sync.ts';
import type { Failure } from './failure.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

/** Fewer numbers than this ahead, and more are asked for while there is a line. */
const shortReserve = 25;

export type Books = {
  readonly want: (books: readonly BookId[]) => void;
  readonly isDue: () => boolean;
  /** Asks for what is due, so that the reserve is full when the line goes. */
  readonly run: () => Promise<Failure | null>;
  /** The server refused a number under this epoch: none more is given out under it, and the book is asked for again. */
  readonly refused: (book: BookId, epoch: number) => void;
  /** Gives it back. Errors: `sync.offline`, `sync.signed-out`, `number.no-book`. */
  readonly giveBack: (book: BookId) => Promise<Result<null>>;
  /** Every number of the book that the server knows, page after page. Errors: `sync.offline`, `sync.signed-out`, or the server's. */
  readonly askNumbers: (book: BookId) => Promise<Result<NumbersAtServer>>;
};

export function createBooks(options: { wire: Wire; session: Session; desk: DeskStore; station: string; timing: SyncTiming; now: () => number; owesNumbers: (book: BookId) => boolean }): Books {
  const { wire, session, desk, station, timing, now, owesNumbers } = options;
  let wanted: readonly BookId[] = [];
  /** When each book is next asked for though its reserve is long enough; a refused one is asked for again then. */
  const askAgainAt = new Map<BookId, number>();
  const heldHere = new Set<BookId>();
  /** Given back: not asked for again until somebody says so. */
  const returned = new Set<BookId>();

  function isDue(book: BookId): boolean {
    if (returned.has(book)) return false;
    const lease = desk.findBook(book);
    const at = askAgainAt.get(book);
    // a clock that was set back must not keep a book away for longer than it would anyhow
    const due = at === undefined || at <= now() || at - now() > timing.directoryMs;
    return due || (heldHere.has(book) && lease !== null && lease.reserveEnd - lease.next + 1 < shortReserve);
  }

  /** No number more under this lease. */
  function close(book: BookId): void {
    const lease = desk.findBook(book);
    if (lease !== null && lease.reserveEnd >= lease.next) desk.putBook({ ...lease, reserveEnd: lease.next - 1 });
  }

  async function askFor(book: BookId): Promise<Failure | null> {
    const answer = await session.withToken((token) => wire.call('POST', '/v1/books/lease', bookLease, { token, json: { book, station } }));
    // given back while it was asked for
    if (returned.has(book)) return null;
    if (answer.ok) {
      const before = desk.findBook(book);
      // under the same epoch numbers that were given out here while the answer was under way are not given out again
      desk.putBook(before !== null && before.epoch === answer.value.epoch ? { ...answer.value, next: Math.max(before.next, answer.value.next) } : answer.value);
      heldHere.add(book);
    } else if (answer.failure.kind !== 'refused') return answer.failure;
    else {
      heldHere.delete(book);
      // another station holds it now. Numbers of our reserve would be refused, so none is given out any more
      if (answer.failure.status === 409) close(book);
    }
    askAgainAt.set(book, now() + timing.directoryMs);
    return null;
  }

  return {
    want: (books) => {
      wanted = books;
      for (const book of books) returned.delete(book);
    },
    isDue: () => wanted.some(isDue),
    run: async () => {
      for (const book of wanted.filter(isDue)) {
        const failure = await askFor(book);
        if (failure !== null) return failure;
      }
      return null;
    },
    refused: (book, epoch) => {
      if (desk.findBook(book)?.epoch !== epoch) return;
      close(book);
      heldHere.delete(book);
      askAgainAt.delete(book);
    },
    giveBack: async (book) => {
      const lease = desk.findBook(book);
      if (lease === null || returned.has(book)) return fail('number.no-book');
      // a number that the server has not seen would be given out a second time by the next holder
      if (owesNumbers(book)) return fail('sync.offline');
      // closed before it is asked: whatever becomes of the answer, no number is given out that the next holder has too
      returned.add(book);
      close(book);
      const answer = await session.withToken((token) => wire.call('POST', '/v1/books/return', z.unknown(), { token, json: { book, station, epoch: lease.epoch } }));
      if (answer.ok) {
        heldHere.delete(book);
        return ok(null);
      }
      const { failure } = answer;
      if (failure.kind === 'refused') {
        heldHere.delete(book);
        return failure.status === 409 ? fail('number.no-book') : { ok: false, error: failure.error };
      }
      // not known: it is asked for again with the next round, and the server's word decides
      returned.delete(book);
      askAgainAt.delete(book);
      return fail(failure.kind === 'signed-out' ? 'sync.signed-out' : 'sync.offline');
    },
    askNumbers: async (book) => {
      const voids: number[] = [];
      let after = 0;
      for (;;) {
        const answer = await session.withToken((token) => wire.call('GET', `/v1/books/${book}/numbers?after=${after}`, bookNumbers, { token }));
        if (!answer.ok) return answer.failure.kind === 'refused' ? { ok: false, error: answer.failure.error } : fail(answer.failure.kind === 'signed-out' ? 'sync.signed-out' : 'sync.offline');
        const { last, lent, closed, numbers, hasMore } = answer.value;
        for (const { number, document } of numbers) if (document === null) voids.push(number);
        const next = numbers.at(-1)?.number ?? after;
        // a page that leads nowhere would be asked for without end
        if (!hasMore || next <= after) return ok({ last, lent, closed, voids });
        after = next;
      }
    },
  };
}
