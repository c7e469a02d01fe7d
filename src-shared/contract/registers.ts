import { z } from 'zod';
import { bookId, documentId, instant, localDate } from '../domain/ids.ts';
import { call } from './define.ts';

export const registerKinds = ['incoming', 'outgoing', 'tracking'] as const;
/** Sổ đăng ký văn bản đến · văn bản đi · sổ theo dõi giải quyết văn bản đến (NĐ 30/2020 App IV). */
export const registerKind = z.enum(registerKinds);
export type RegisterKind = z.infer<typeof registerKind>;

/** As `domain/official-table.ts`. */
export const officialTable = z.object({
  parentBody: z.string().nullable(), body: z.string(), title: z.string(), subtitle: z.string(),
  columns: z.array(z.object({ title: z.string(), width: z.number(), align: z.enum(['left', 'center', 'right']) })),
  rows: z.array(z.array(z.string())), notes: z.array(z.string()),
  signers: z.array(z.object({ title: z.string(), name: z.string() })), placeAndDate: z.string(),
});

/** A part of a book: from and to a number, from and to a day; both ends belong to it, null leaves an end open. */
const range = z.object({
  register: registerKind, book: bookId, from: z.int().positive().nullable(), to: z.int().positive().nullable(),
  fromDate: localDate.nullable().default(null), toDate: localDate.nullable().default(null),
});
/** What a line of a register is beside a document in force. `unknown`: another station may hold these numbers. */
export const lineMark = z.enum(['void', 'recalled', 'unknown']);
export type LineMark = z.infer<typeof lineMark>;
export const exportFormat = z.enum(['pdf', 'xlsx', 'csv']);

export const registerCalls = {
  /** Books that hold numbers here, the newest year first. `closed`: its year is closed, for good. */
  'registers.books': call(
    z.object({}),
    z.object({ books: z.array(z.object({ book: bookId, register: registerKind, name: z.string(), year: z.int(), count: z.int(), first: z.int(), last: z.int(), closed: z.object({ at: instant, by: z.string() }).nullable() })) }),
  ),
  /**
   * Lines `offset`… of the register as it is printed; `total` counts its lines, and `table.notes` tell of them all. `ids`: the document of each row, null where no document of
   * this desk bears the number. `voidsAsOf`: when the server last told which numbers it made void itself; null: never.
   */
  'registers.page': call(
    range.extend({ offset: z.int().nonnegative(), limit: z.int().positive().max(500) }),
    z.object({ total: z.int(), table: officialTable, ids: z.array(documentId.nullable()), marks: z.array(lineMark.nullable()), voidsAsOf: instant.nullable() }),
  ),
  /** Asks the server which numbers of the book are void, and keeps the answer. Errors: `sync.offline`, `sync.signed-out`, or the server's. */
  'registers.refresh': call(z.object({ book: bookId }), z.object({})),
  /** The whole register, or the part of it, as a file. */
  'registers.export': call(range.extend({ format: exportFormat }), z.object({ fileName: z.string(), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) })),
  /** Khóa sổ: no number is given in it any more, and it is not opened again. Needs the line: the book is given back to the server first, and its last number is the server's. */
  'registers.close': call(z.object({ book: bookId }), z.object({})),
  /** Which types take their numbers from which book, and the office's own days. */
  'office.settings': call(
    z.object({}),
    z.object({
      books: z.array(z.object({ slug: z.string(), name: z.string(), kinds: z.array(z.string()).nullable() })),
      days: z.array(z.object({ date: localDate, kind: z.enum(['off', 'working']), name: z.string() })),
      holidays: z.array(z.object({ date: localDate, name: z.string(), provisional: z.boolean() })),
    }),
  ),
  'office.setBooks': call(z.object({ books: z.array(z.object({ slug: z.string().max(40), name: z.string().max(100), kinds: z.array(z.string()).nullable() })) }), z.object({})),
  'office.setDay': call(z.object({ date: localDate, kind: z.enum(['off', 'working', 'as-country']), name: z.string().max(100) }), z.object({})),
} as const;
