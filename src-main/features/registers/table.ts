import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { LineMark } from '../../../src-shared/contract/registers.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { BookId, DocumentId } from '../../../src-shared/domain/ids.ts';
import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { incomingTable, linesOf, outgoingTable, trackingTable, type BookLine, type BookLines, type RegisterPart } from '../../../src-shared/domain/registers.ts';
import type { Numbered } from '../../../src-shared/domain/registers/book.ts';
import type { DeskContext } from '../context.ts';
import { partsOfBook } from '../documents/books.ts';
import { vietnamDate } from '../vietnam-time.ts';
import { incomingEntry, outgoingEntry, readingOf, referenceOf, trackingEntry, voidOf } from './entries.ts';
import { officeHead } from './head.ts';
import { serverVoids } from './server-numbers.ts';

type Asked = Pick<ParsedInput<'registers.page'>, 'register' | 'book' | 'from' | 'to' | 'fromDate' | 'toDate'>;
type Slot = Numbered & { readonly id: DocumentId; readonly voided: boolean };
export type RegisterLines = BookLines<Slot>;

/** `ids`: the document of each row; null for a number that no document of this desk bears. */
export type RegisterTable = { readonly table: OfficialTable; readonly ids: readonly (DocumentId | null)[]; readonly marks: readonly (LineMark | null)[] };

/** The lines of that part of the book, every number accounted for, without reading a document. Sổ theo dõi tells of documents, so it has no void numbers and no gaps. */
export function registerLines(context: Pick<DeskContext, 'store'>, { register, book, ...asked }: Asked): RegisterLines {
  const slots: readonly Slot[] = context.store.registerIndex({ register: register === 'outgoing' ? 'outgoing' : 'incoming', book });
  const found = linesOf(slots, register === 'tracking' ? [] : serverVoids(context, book).voids, partOf(asked));
  const lines = register === 'tracking' ? found.lines.filter(({ kind }) => kind === 'entry') : found.lines;
  const voided = lines.filter((line) => line.kind === 'entry' && line.entry.voided).length;
  return { ...found, lines, entries: found.entries - voided, voids: found.voids + voided };
}

/** `lines`: all of them, or a page; `totals` tell of the whole. */
export function registerTable(context: DeskContext, asked: Asked, whole: RegisterLines, lines: readonly BookLine<Slot>[] = whole.lines): RegisterTable {
  const { register, book } = asked;
  const part = partOf(asked);
  const head = officeHead(context, partsOfBook(book).year);
  const reading = readingOf(context, answersIn(context));
  const states = lines.map((line) => (line.kind === 'entry' ? readState(context, line.entry.id) : null));
  const shared = { ids: lines.map((line) => (line.kind === 'entry' ? line.entry.id : null)), marks: lines.map((line, at) => markOf(line, states[at] ?? null)) };
  const of = <Entry extends Numbered>(toEntry: (state: DocumentState) => Entry): BookLines<Entry> => ({
    ...whole,
    lines: lines.map((line, at): BookLine<Entry> => {
      const state = states[at] ?? null;
      if (line.kind !== 'entry' || state === null) return line as Exclude<typeof line, { kind: 'entry' }>;
      if (state.stage !== 'voided') return { kind: 'entry', entry: toEntry(state) };
      const { number, date, reason } = voidOf(state);
      return { kind: 'void', number, date, reason };
    }),
  });
  switch (register) {
    case 'outgoing':
      return { ...shared, table: outgoingTable(head, of((state) => outgoingEntry(state, reading)), part) };
    case 'incoming':
      return { ...shared, table: incomingTable(head, of((state) => incomingEntry(state, reading)), part) };
    case 'tracking': {
      const entries = states.flatMap((state) => (state === null ? [] : [trackingEntry(state, reading)]));
      const table = trackingTable(head, entries, vietnamDate(context.now()), part);
      // how many are done is known of those that were read
      return { ...shared, table: entries.length === whole.lines.length ? table : { ...table, notes: [] } };
    }
  }
}

export function isIncomingBook(book: BookId): boolean {
  return partsOfBook(book).slug === 'van-ban-den';
}

function partOf({ from, to, fromDate, toDate }: Omit<Asked, 'register' | 'book'>): RegisterPart {
  return { fromNumber: from, toNumber: to, fromDate, toDate };
}

function readState({ store }: Pick<DeskContext, 'store'>, id: DocumentId): DocumentState {
  const found = store.findDocument(id);
  if (found === null) throw new Error(`a register names ${id}, which is not here`);
  return found.state;
}

function markOf(line: BookLine<Slot>, state: DocumentState | null): LineMark | null {
  if (line.kind !== 'entry') return line.kind;
  return state?.stage === 'voided' ? 'void' : state?.stage === 'recalled' ? 'recalled' : null;
}

/** Số, ký hiệu of every numbered document that answers one: what was drafted as a reply, and what a part was finished with. */
function answersIn({ store }: Pick<DeskContext, 'store'>): (id: DocumentId) => readonly string[] {
  return (id) => {
    const named = (store.findDocument(id)?.state.tasks ?? []).flatMap(({ result }) => {
      const found = result === null || result.answer === null ? null : store.findDocument(result.answer);
      return found === null ? [] : [found.state];
    });
    const references = [...store.answersTo(id), ...named].flatMap((state) => {
      const reference = state.stage === 'voided' ? null : referenceOf(state);
      return reference === null ? [] : [reference];
    });
    return [...new Set(references)];
  };
}
