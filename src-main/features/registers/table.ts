import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { BookId, DocumentId } from '../../../src-shared/domain/ids.ts';
import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { incomingRegister, outgoingRegister, trackingRegister, wholeRegister, type RegisterPart } from '../../../src-shared/domain/registers.ts';
import { linesOf } from '../../../src-shared/domain/registers/book.ts';
import type { DeskContext } from '../context.ts';
import { partsOfBook } from '../documents/books.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { incomingEntry, outgoingEntry, readingOf, referenceOf, trackingEntry, voidOf } from './entries.ts';
import { officeHead } from './head.ts';

type Asked = Pick<ParsedInput<'registers.page'>, 'register' | 'book' | 'from' | 'to'>;

const atOnce = 1000;

/** A part of the register in the order of its numbers. `ids`: the document of each line of `table`; null for a void number and for a gap. */
export function registerTable(context: DeskContext, asked: Asked, states: readonly DocumentState[]): { readonly table: OfficialTable; readonly ids: readonly (DocumentId | null)[] } {
  const { register, book, from, to } = asked;
  const part: RegisterPart = { ...wholeRegister, fromNumber: from, toNumber: to };
  const head = officeHead(context, partsOfBook(book).year);
  const reading = readingOf(context, register === 'tracking' ? answersIn(context) : () => []);
  if (register === 'outgoing') {
    const entries = states.filter(({ stage }) => stage !== 'voided').map((state) => outgoingEntry(state, reading));
    const voids = states.filter(({ stage }) => stage === 'voided').map(voidOf);
    const byNumber = new Map(states.map(({ number, id }) => [number, id]));
    return { table: outgoingRegister(head, entries, voids, part), ids: linesOf(entries, voids, part).lines.map((line) => (line.kind === 'entry' ? (byNumber.get(line.entry.number) ?? null) : null)) };
  }
  const byNumber = new Map(states.map(({ arrival, id }) => [arrival?.number ?? 0, id]));
  if (register === 'tracking') {
    const entries = states.map((state) => trackingEntry(state, reading));
    return { table: trackingRegister(head, entries, vietnamDate(context.now()), part), ids: entries.map(({ number }) => byNumber.get(number) ?? null) };
  }
  const entries = states.map((state) => incomingEntry(state, reading));
  return { table: incomingRegister(head, entries, [], part), ids: linesOf(entries, [], part).lines.map((line) => (line.kind === 'entry' ? (byNumber.get(line.entry.number) ?? null) : null)) };
}

/** A page of what the book holds here. */
export function rowsOf({ store }: Pick<DeskContext, 'store'>, { register, ...asked }: Asked & { readonly offset: number; readonly limit: number }): { readonly total: number; readonly rows: readonly DocumentState[] } {
  return store.registerRows({ ...asked, register: register === 'outgoing' ? 'outgoing' : 'incoming' });
}

export function allRowsOf(context: Pick<DeskContext, 'store'>, asked: Asked): readonly DocumentState[] {
  const found: DocumentState[] = [];
  for (;;) {
    const { total, rows } = rowsOf(context, { ...asked, offset: found.length, limit: atOnce });
    found.push(...rows);
    if (rows.length === 0 || found.length >= total) return found;
  }
}

/** Số, ký hiệu of every numbered document that answers one: what a part was finished with, and what was drafted as a reply. */
function answersIn(context: Pick<DeskContext, 'store' | 'unit'>): (id: DocumentId) => readonly string[] {
  const answers = new Map<DocumentId, string[]>();
  for (const { book } of context.store.booksKnown()) {
    if (isIncomingBook(book)) continue;
    for (const state of allRowsOf(context, { register: 'outgoing', book, from: null, to: null })) {
      const reference = referenceOf(state);
      if (state.inReplyTo !== null && reference !== null && state.stage !== 'voided') answers.set(state.inReplyTo, [...(answers.get(state.inReplyTo) ?? []), reference]);
    }
  }
  return (id) => {
    const state = context.store.findDocument(id)?.state;
    const finished = (state?.tasks ?? []).flatMap(({ result }) => {
      const found = result === null || result.answer === null ? undefined : context.store.findDocument(result.answer)?.state;
      const reference = found === undefined ? null : referenceOf(found);
      return reference === null ? [] : [reference];
    });
    return [...new Set([...(answers.get(id) ?? []), ...finished])];
  };
}

export function isIncomingBook(book: BookId): boolean {
  return partsOfBook(book).slug === 'van-ban-den';
}
