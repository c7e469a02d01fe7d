import type { DocumentState, LogEvent } from '../../../src-shared/domain/document.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { isOpen } from '../../../src-shared/domain/task-rules.ts';

/** What of a state a list is narrowed by, in the order of `ownColumnNames`, but for what hangs on other rows. */
export type OwnColumns = readonly [
  direction: string, stage: string, listedAtMs: number, issuingOffice: string, number: number | null, sha256: string, json: string,
  kind: string, urgency: string, arrivalNumber: number | null, datedOn: string, deadline: string | null, inReplyTo: string | null,
  book: string | null, bookNumber: number | null, origin: string | null, numberKey: string | null, asked: number,
];
export const ownColumnNames = [
  'direction', 'stage', 'listed_at_ms', 'issuing_office', 'number', 'content_sha256', 'state',
  'kind', 'urgency', 'arrival_number', 'dated_on', 'deadline', 'in_reply_to',
  'book', 'book_number', 'origin', 'number_key', 'asked',
] as const;

/** What the log says of a document and its state does not: which book its number is from, and which document of its sender it is. */
export type Source = { readonly book: string | null; readonly origin: DocumentId | null };

export function sourceOf(events: readonly LogEvent[]): Source {
  const issued = events.findLast((event) => event.type === 'issued');
  const arrived = events.findLast((event) => event.type === 'arrived');
  return { book: issued?.type === 'issued' ? issued.entry.book : null, origin: arrived?.type === 'arrived' ? arrived.origin : null };
}

export function ownColumns(state: DocumentState, source: Source): OwnColumns {
  const { arrival } = state;
  const [book, bookNumber] = state.direction === 'incoming' ? [arrival?.book ?? null, arrival?.number ?? null] : [source.book, source.book === null ? null : state.number];
  return [
    state.direction, state.stage, listedAt(state), senderKey(state.from), state.number, state.content.sha256, JSON.stringify(state),
    state.kind, state.urgency, arrival?.number ?? null, datedOn(state), nearestDeadline(state), state.inReplyTo,
    book, bookNumber, source.origin, state.direction === 'incoming' ? numberKey(state) : null, state.direction === 'incoming' && state.asked !== null ? 1 : 0,
  ];
}

/** Whoever has no code is told apart by the name. */
export function senderKey({ code, name }: DocumentState['from']): string {
  return code ?? `~${foldedWords(name).join(' ')}`;
}

/** By what two documents of one issuer are the same (NĐ 30/2020 App VI.II.1): number and notation, as people write them. Null where there is no number. */
export function numberKey({ number, numberText, notation }: Pick<DocumentState, 'number' | 'numberText' | 'notation'>): string | null {
  const written = number === null ? foldedWords(numberText ?? '').join('') : String(number);
  return written === '' ? null : `${written}/${foldedWords(notation).join('-')}`;
}

/** Of those to whom it still falls; with nobody left, what the leader wrote. */
export function nearestDeadline({ tasks, assignment }: Pick<DocumentState, 'tasks' | 'assignment'>): string | null {
  const open = tasks.filter(isOpen).flatMap(({ deadline }) => (deadline === null ? [] : [deadline]));
  return open.length === 0 ? (assignment?.deadline ?? null) : open.reduce((first, day) => (day < first ? day : first));
}

/** An arrival keeps its place in the list whatever is done with it; a document of ours comes up when something happens to it. */
function listedAt(state: DocumentState): number {
  return Date.parse(state.direction === 'incoming' ? state.createdAt : state.updatedAt);
}

/** The day that the office names it by: of its arrival, or of its issue; until then the day it came to be. */
function datedOn(state: DocumentState): string {
  const day = state.direction === 'incoming' ? state.arrival?.arrivalDate : state.issuedDate;
  return day ?? new Date(Date.parse(state.createdAt) + 7 * 3_600_000).toISOString().slice(0, 10);
}
