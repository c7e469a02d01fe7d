import { documentKinds, type DocumentEvent, type DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId, PersonId } from '../../../src-shared/domain/ids.ts';
import { formatReference } from '../../../src-shared/domain/notation.ts';
import type { IncomingEntry, OutgoingEntry, TrackingEntry, VoidNumber } from '../../../src-shared/domain/registers.ts';
import { isOpen } from '../../../src-shared/domain/task-rules.ts';
import { vietnamDay } from '../../../src-shared/domain/vietnam-day.ts';
import type { DeskContext } from '../context.ts';

/** What every line of a register is read with. */
export type Reading = {
  readonly history: (id: DocumentId) => readonly DocumentEvent[];
  readonly nameOf: (person: PersonId) => string;
  /** Số, ký hiệu of a document here; null: it has none, or is not here. */
  readonly referenceTo: (id: DocumentId) => string | null;
  /** Số, ký hiệu of what answers a document. */
  readonly answersTo: (id: DocumentId) => readonly string[];
};

export function readingOf({ store }: Pick<DeskContext, 'store'>, answersTo: Reading['answersTo']): Reading {
  const names = new Map(store.people().map(({ id, fullName }) => [id, fullName]));
  return {
    history: store.readHistory,
    nameOf: (person) => names.get(person) ?? person,
    referenceTo: (id) => {
      const state = store.findDocument(id)?.state;
      return state === undefined ? null : referenceOf(state);
    },
    answersTo,
  };
}

/** As it stands on it; null where it has no number yet. */
export function referenceOf({ number, numberText, notation }: Pick<DocumentState, 'number' | 'numberText' | 'notation'>): string | null {
  return number === null && numberText === null ? null : formatReference({ number, numberText: numberText ?? '', notation });
}

export function incomingEntry(state: DocumentState, { history, nameOf }: Reading): IncomingEntry {
  const events = history(state.id);
  const given = events.findLast(({ type }) => type === 'assigned') ?? events.findLast(({ type }) => type === 'presented');
  return {
    ...arrived(state),
    kindName: documentKinds[state.kind].name, title: state.title, issuer: state.from.name, reference: referenceOf(state) ?? state.notation, issuedDate: state.issuedDate,
    handedTo: peopleOf(state).map(nameOf),
    handedOn: given === undefined ? null : vietnamDay(given.at),
    // who took it up said so in the System
    receivedBy: state.tasks.filter((task) => task.part === 'lead' && task.acceptedAt !== null).map(({ person }) => nameOf(person)).join(', '),
    recalled: state.stage === 'recalled',
    notes: notesOf(state, events),
  };
}

export function outgoingEntry(state: DocumentState, { history, referenceTo }: Reading): OutgoingEntry {
  const events = history(state.id);
  const sent = events.find(({ type }) => type === 'sent');
  const by = (relation: 'replaces' | 'corrects'): string | null => {
    const found = state.supersededBy.findLast((one) => one.relation === relation);
    return found === undefined ? null : (referenceTo(found.by) ?? 'văn bản khác');
  };
  return {
    number: state.number ?? 0, notation: state.notation, date: state.issuedDate ?? vietnamDay(state.updatedAt), kindName: documentKinds[state.kind].name, title: state.title, signer: state.signer ?? '',
    recipients: state.recipients.map(({ organization }) => organization.name),
    // bản lưu điện tử lies in the System itself (Art 19.3)
    keptBy: ['Hệ thống'], copies: null, sentOn: sent === undefined ? null : vietnamDay(sent.at), receivedBy: '',
    recalled: state.stage === 'recalled',
    replacedBy: by('replaces'), correctedBy: by('corrects'),
    replaces: state.relation?.type === 'replaces' ? (referenceTo(state.relation.document) ?? 'văn bản khác') : null,
    notes: [],
  };
}

/** Its number stays in the book (NĐ 30/2020 Art 15.1). */
export function voidOf(state: DocumentState): VoidNumber {
  return { void: true, number: state.number ?? 0, date: state.issuedDate, reason: state.reason ?? '' };
}

export function trackingEntry(state: DocumentState, { history, nameOf, answersTo }: Reading): TrackingEntry {
  const events = history(state.id);
  const finished = state.stage === 'finished' ? events.findLast(({ type }) => type === 'taskFinished') : undefined;
  const open = state.tasks.filter(isOpen);
  const deadlines = (open.length > 0 ? open : state.tasks).flatMap(({ deadline }) => (deadline === null ? [] : [deadline]));
  return {
    ...arrived(state),
    kindName: documentKinds[state.kind].name, reference: referenceOf(state) ?? state.notation, issuedDate: state.issuedDate, issuer: state.from.name,
    handlers: peopleOf(state).map(nameOf),
    deadline: deadlines.toSorted().at(-1) ?? state.assignment?.deadline ?? null,
    progress: progressOf(state),
    finishedOn: finished === undefined ? null : vietnamDay(finished.at),
    answers: answersTo(state.id),
    recalled: state.stage === 'recalled',
    notes: notesOf(state, events),
  };
}

function arrived({ arrival, updatedAt }: DocumentState): { readonly number: number; readonly date: string } {
  return { number: arrival?.number ?? 0, date: arrival?.arrivalDate ?? vietnamDay(updatedAt) };
}

/** Who has to do with it: lead and support as they stand now, those to whom it was passed on included. */
function peopleOf({ tasks }: DocumentState): readonly PersonId[] {
  return tasks.filter((task) => task.part !== 'inform' && task.state !== 'returned').map(({ person }) => person);
}

function progressOf({ stage, tasks }: DocumentState): string {
  if (stage === 'finished') return 'Đã giải quyết';
  if (stage === 'assigned') {
    const reported = tasks.filter((task) => task.part === 'lead').map(({ progress }) => progress?.percent ?? 0);
    const least = reported.length === 0 ? 0 : Math.min(...reported);
    return least === 0 ? 'Đang giải quyết' : `Đang giải quyết (${least}%)`;
  }
  return stage === 'presented' ? 'Đã trình lãnh đạo' : stage === 'registered' ? 'Chưa trình' : '';
}

function notesOf(state: DocumentState, events: readonly DocumentEvent[]): string[] {
  const registered = events.findLast(({ type }) => type === 'registered');
  const reason = registered?.type === 'registered' ? (registered.check?.reason ?? null) : null;
  return [
    ...(state.channel === 'paper' ? ['Bản giấy'] : []),
    ...(reason === null ? [] : [reason]),
    ...(state.stage === 'sent-back' ? [`Đã chuyển trả: ${state.reason ?? ''}`] : []),
    ...(state.stage === 'replaced' ? ['Đã có văn bản thay thế'] : []),
  ];
}
