import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import { holidays } from '../../../src-shared/domain/holidays.ts';
import type { BookId } from '../../../src-shared/domain/ids.ts';
import { checkBookRules, checkClosing, usualBooks } from '../../../src-shared/domain/numbering.ts';
import { recordId } from '../../../src-shared/domain/records/record-id.ts';
import type { RecordCommandBody } from '../../../src-shared/domain/records/record.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import { fail, ok, type AppError, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { actOnRecord } from '../documents/act.ts';
import { isClosedBook, partsOfBook } from '../documents/books.ts';
import type { Handlers } from '../handlers.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { fileOf } from './file-of.ts';
import { askServerNumbers, serverVoids } from './server-numbers.ts';
import { isIncomingBook, registerLines, registerTable } from './table.ts';

type RegisterHandlers = Pick<Handlers, Extract<keyof Handlers, `registers.${string}` | `office.${string}`>>;

/** The registers of NĐ 30/2020 App IV as they stand here, their closing, and what the office has settled about its books and days. */
export function registerHandlers(context: DeskContext): RegisterHandlers {
  const { store } = context;
  return {
    'registers.books': () => ok({ books: booksOf(context) }),
    'registers.page': ({ offset, limit, ...asked }) => {
      const whole = registerLines(context, asked);
      const { table, ids, marks } = registerTable(context, asked, whole, whole.lines.slice(offset, offset + limit));
      return ok({ total: whole.lines.length, table: mutable(table), ids: [...ids], marks: [...marks], voidsAsOf: serverVoids(context, asked.book).at });
    },
    'registers.refresh': async ({ book }) => {
      const said = await askServerNumbers(context, book);
      return said.ok ? ok({}) : said;
    },
    'registers.export': async ({ format, ...asked }) => {
      const { table } = registerTable(context, asked, registerLines(context, asked));
      const bytes = await fileOf(context, table, format);
      return bytes.ok ? ok({ fileName: `${fileNameOf(asked)}.${format}`, bytes: bytes.value }) : bytes;
    },
    'registers.close': ({ book }) => close(context, book),
    'office.settings': () => {
      const office = store.office();
      const year = Number(vietnamDate(context.now()).slice(0, 4));
      return ok({
        books: (office === null || office.books.length === 0 ? usualBooks : office.books).map(({ slug, name, kinds }) => ({ slug, name, kinds: kinds === null ? null : [...kinds] })),
        days: [...(office?.days ?? [])],
        holidays: holidays.filter(({ date }) => Number(date.slice(0, 4)) >= year - 1).map(({ date, name, provisional }) => ({ date, name, provisional })),
      });
    },
    'office.setBooks': ({ books }) => {
      const checked = checkBookRules(books);
      return checked.ok ? settle({ type: 'setBooks', args: { books } }) : checked;
    },
    'office.setDay': (args) => settle({ type: 'setDay', args: { ...args, name: args.name.trim() } }),
  };

  function settle(body: RecordCommandBody): Result<Record<string, never>> {
    const done = actOnRecord(context, recordId(context.unit.code, 'office'), body);
    return done.ok ? ok({}) : done;
  }
}

type Books = Output<'registers.books'>['books'];

function booksOf(context: DeskContext): Books {
  const office = context.store.office();
  const rules = office === null || office.books.length === 0 ? usualBooks : office.books;
  return context.store.booksKnown()
    .flatMap(({ book, count, first, last }): Books => {
      const { year, slug } = partsOfBook(book);
      const closed = office?.closed.find((one) => one.book === book);
      const common = { book, year, count, first, last, closed: closed === undefined ? null : { at: closed.at, by: closed.by } };
      if (!isIncomingBook(book)) return [{ ...common, register: 'outgoing', name: rules.find((rule) => rule.slug === slug)?.name ?? 'Sổ đăng ký văn bản đi' }];
      return [{ ...common, register: 'incoming', name: 'Sổ đăng ký văn bản đến' }, { ...common, register: 'tracking', name: 'Sổ theo dõi giải quyết văn bản đến' }];
    })
    .sort((a, b) => b.year - a.year || order.indexOf(a.register) - order.indexOf(b.register) || a.book.localeCompare(b.book));
}

const order: readonly string[] = ['incoming', 'outgoing', 'tracking'];

/**
 * Khóa sổ: for good, and only when the year is over, nothing of the book still waits for the line and nobody holds it. Errors: `not-found`, `numbering.waiting`,
 * `numbering.line-needed`, `register.numbers-missing`, `sync.signed-out`, those of `checkClosing` and of the rule.
 */
async function close(context: DeskContext, book: BookId): Promise<Result<Record<string, never>>> {
  const { store } = context;
  const known = store.booksKnown().find((one) => one.book === book);
  if (known === undefined) return fail('not-found', { what: 'book' });
  // said before the book is given back, which cannot be taken back
  if (context.role !== 'clerk') return fail('not-allowed');
  const { year } = partsOfBook(book);
  const [last] = store.registerRows({ register: isIncomingBook(book) ? 'incoming' : 'outgoing', book, from: known.last, to: known.last, offset: 0, limit: 1 }).rows;
  const dated = (isIncomingBook(book) ? last?.arrival?.arrivalDate : last?.issuedDate) ?? null;
  const may = checkClosing({ year, closed: isClosedBook(context, book), previous: dated === null ? null : { number: known.last, date: dated }, latestKnownDay: null }, vietnamDate(context.now()));
  if (!may.ok) return may;
  const waiting = store.outbox().filter(({ command }) => 'entry' in command.args && command.args.entry.book === book).length;
  if (waiting > 0) return fail('numbering.waiting', { count: waiting, year });
  const lineNeeded = (error: AppError): Result<never> => (error.code === 'sync.offline' ? fail('numbering.line-needed', { year }) : { ok: false, error });
  if (store.findBook(book) !== null) {
    // whoever still holds the book could give a number out of it: the server closes only what has been given back
    const returned = await context.sync.returnBook(book);
    if (!returned.ok && returned.error.code !== 'number.no-book') return lineNeeded(returned.error);
  }
  // its last number is the server's word: another station may have given numbers that never came here
  const said = await askServerNumbers(context, book);
  if (!said.ok) return lineNeeded(said.error);
  if (said.value.closed) return fail('numbering.closed-for-good', { year });
  if (said.value.lent) return fail('register.numbers-missing', { year, last: said.value.last });
  const done = actOnRecord(context, recordId(context.unit.code, 'office'), { type: 'closeBook', args: { book, lastNumber: said.value.last } });
  return done.ok ? ok({}) : done;
}

const fileNames = { incoming: 'so-van-ban-den', outgoing: 'so-van-ban-di', tracking: 'so-theo-doi-van-ban-den' } as const;

/** ASCII words, so that every system and every mailbox takes it. */
function fileNameOf({ register, book, from, to, fromDate, toDate }: Pick<ParsedInput<'registers.export'>, 'register' | 'book' | 'from' | 'to' | 'fromDate' | 'toDate'>): string {
  const { year, slug } = partsOfBook(book);
  const name = register === 'outgoing' && slug !== 'van-ban-di' ? `so-${foldedWords(slug).join('-')}` : fileNames[register];
  const days = fromDate === null && toDate === null ? [] : ['tu', fromDate ?? `${year}-01-01`, 'den', toDate ?? `${year}-12-31`];
  return [name, String(year), ...(from === null && to === null ? [] : [`${from ?? 1}-${to ?? 'het'}`]), ...days].join('-');
}

/** The contract's tables are plain arrays. */
function mutable(table: ReturnType<typeof registerTable>['table']): Output<'registers.page'>['table'] {
  return { ...table, columns: [...table.columns], rows: table.rows.map((row) => [...row]), notes: [...table.notes], signers: [...table.signers] };
}
