import type { BookId } from '../../src-shared/domain/ids.ts';
import { bookLease, directoryResponse } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Failure, Wire } from './wire.ts';

/** Fewer numbers than this ahead, and more are asked for while there is a line. */
const shortReserve = 25;

export type OfficeUpkeep = {
  readonly wantBooks: (books: readonly BookId[]) => void;
  readonly isDue: () => boolean;
  /** Books first: a number is what an office cannot do without. */
  readonly run: () => Promise<Failure | null>;
};

/** What a desk keeps by it for the time without a line: its books' numbers, and who is who. */
export function createOfficeUpkeep(options: { wire: Wire; session: Session; desk: DeskStore; station: string; timing: SyncTiming; now: () => number }): OfficeUpkeep {
  const { wire, session, desk, station, timing, now } = options;
  let wanted: readonly BookId[] = [];
  /** When each book is next asked for though its reserve is long enough; a refused one is asked for again then. */
  const askAgainAt = new Map<BookId, number>();
  const heldHere = new Set<BookId>();
  let directoryAt = Number.NEGATIVE_INFINITY;

  function bookDue(book: BookId): boolean {
    const lease = desk.findBook(book);
    const due = (askAgainAt.get(book) ?? Number.NEGATIVE_INFINITY) <= now();
    return due || (heldHere.has(book) && lease !== null && lease.reserveEnd - lease.next + 1 < shortReserve);
  }

  const directoryDue = () => directoryAt + timing.directoryMs <= now();

  async function askFor(book: BookId): Promise<Failure | null> {
    const answer = await session.withToken((token) => wire.call('POST', '/v1/books/lease', bookLease, { token, json: { book, station }, timeoutMs: timing.requestMs }));
    if (answer.ok) {
      desk.putBook(answer.value);
      heldHere.add(book);
    } else if (answer.failure.kind !== 'refused') return answer.failure;
    else {
      heldHere.delete(book);
      // 409: another station holds it now. Numbers of our reserve would be refused, so none is given out any more
      const lease = desk.findBook(book);
      if (answer.failure.status === 409 && lease !== null) desk.putBook({ ...lease, reserveEnd: lease.next - 1 });
    }
    askAgainAt.set(book, now() + timing.directoryMs);
    return null;
  }

  return {
    wantBooks: (books) => {
      wanted = books;
    },
    isDue: () => directoryDue() || wanted.some(bookDue),
    run: async () => {
      for (const book of wanted.filter(bookDue)) {
        const failure = await askFor(book);
        if (failure !== null) return failure;
      }
      if (!directoryDue()) return null;
      const answer = await session.withToken((token) => wire.call('GET', '/v1/directory', directoryResponse, { token, timeoutMs: timing.requestMs }));
      if (!answer.ok) return answer.failure.kind === 'refused' ? null : answer.failure;
      desk.putDirectory(answer.value.entries, answer.value.version);
      if (answer.value.people !== undefined) desk.putPeople(answer.value.people);
      directoryAt = now();
      return null;
    },
  };
}
