import { isDeepStrictEqual } from 'node:util';
import type { Command, DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { plainEntry, type Organization } from '../../src-shared/domain/organization.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { assertNever } from '../../src-shared/result.ts';
import type { DeskStore } from '../ports/store.ts';
import type { WritableDb } from './driver.ts';
import { pendingStore } from './not-yet.ts';
import { firstDifference, settlePending } from './pending.ts';
import { isUndoable, type Undoable } from './undo.ts';
import { createAnswers } from './tables/answers.ts';
import { createAugmentations } from './tables/augmentations.ts';
import { createBatches } from './tables/batches.ts';
import { createDocumentLists } from './tables/document-lists.ts';
import { createDocumentWriter } from './tables/documents.ts';
import { createDeskNotes } from './tables/desk-notes.ts';
import { createEventReader, createEventWriter } from './tables/events.ts';
import { createOfficeReader, createOfficeWriter } from './tables/office.ts';
import { createOutboxReader, createOutboxWriter } from './tables/outbox.ts';
import { createReports } from './tables/reports.ts';

/** `desk.db` as the port has it. The connection belongs to the store from here on. `blobsFile` is looked into by lists that ask what content is here. */
export function createDeskStore(db: WritableDb, blobsFile: string): DeskStore {
  const lists = createDocumentLists(db, (work) => db.beside(blobsFile, 'blobs', work));
  const documents = createDocumentWriter(db);
  const events = createEventReader(db);
  const log = createEventWriter(db);
  const outbox = createOutboxReader(db);
  const queue = createOutboxWriter(db);
  const office = createOfficeReader(db);
  const officeTables = createOfficeWriter(db);
  const notes = createDeskNotes(db);
  const batches = createBatches(db);
  const augmentations = createAugmentations(db);
  const reports = createReports(db);
  const answers = createAnswers(db);

  queue.forgetSending();
  // nobody looks at an undo bar any more: what was held goes with the first round
  queue.releaseHolds(Date.now());

  /** One transaction that lists hang on. */
  const changing = <T>(work: () => T): T => {
    try {
      return db.transaction(work);
    } finally {
      lists.forget();
    }
  };

  return {
    recordAction: (command, own, book, heldUntilMs = null, beside = {}) => changing(() => {
      const before = lists.find(command.document);
      const unit = before?.state.unit ?? unitOf(own);
      if (unit === null) throw new Error(`the first command of ${command.document} is not a birth`);
      queue.add(command, unit, before?.state.title ?? titleOf(command), heldUntilMs);
      project(command.document);
      // The same rules decided both, so another outcome is a bug, and nothing of the action is kept.
      const stands = events.local(command.document).filter((event) => event.command === command.id);
      if (own.length === 0 || !isDeepStrictEqual(stands, JSON.parse(JSON.stringify(own)))) throw new Error(`${command.type} was recorded against the rules`);
      if (book !== undefined) officeTables.useNumber(book.id, book.used);
      if (beside.batch !== undefined) batches.markSigned(beside.batch, command.document);
      if (beside.augmentation === null) augmentations.drop(command.document);
      else if (beside.augmentation !== undefined) augmentations.put(beside.augmentation);
      if (command.type === 'assign') notes.addDirective(command.id, command.args.directive, Date.parse(command.at));
      // whoever made a content has had it before them; what was added by itself was made by nobody
      if (command.type !== 'augment' && documents.findContent(command.document) !== (before?.state.content.sha256 ?? null)) documents.mark(command.actor.person, command.document, true);
    }),
    undoable: (id) => undoable(id).map(({ command, heldUntilMs }) => ({ command: command.id, type: command.type, until: heldUntilMs })),
    undo: (id, commands) => changing(() => {
      const newest = undoable(id).slice(-commands.length);
      const asked = new Set(commands);
      if (asked.size !== newest.length || !newest.every(({ command }) => asked.has(command.id))) return false;
      for (const { command } of newest.toReversed()) {
        if (command.type === 'register' && !officeTables.giveBack(command.args.entry)) throw new Error('a number that could be given back could not');
        queue.remove(command.id);
        notes.removeDirective(command.id);
      }
      project(id);
      return true;
    }),
    releaseHolds: queue.releaseHolds,
    findDocument: (id) => {
      const found = lists.find(id);
      return found === null ? null : { ...found, report: reports.find(found.state.content.sha256, null) };
    },
    readHistory: (id) => [...events.server(id), ...events.local(id)],
    listDocuments: lists.list,
    listIds: lists.ids,
    findPosition: lists.position,
    markRead: (person, ids, read) => changing(() => {
      for (const id of ids) documents.mark(person, id, read);
    }),
    setReader: (person) => changing(() => documents.setReader(person)),
    countFolders: lists.counts,
    documentsWithContent: lists.withContent,
    missingContents: lists.missing,

    keepExamination: (sha256, examination) => db.transaction(() => reports.keep(sha256, examination)),
    keptReports: reports.kept,
    findReport: reports.find,
    findReportText: reports.findText,
    readEvidence: reports.evidenceOf,
    findEvidence: reports.findEvidence,
    lastExamined: lists.lastExamined,
    findAnswer: answers.find,
    keepAnswer: (certificate, issuer, answer) => db.transaction(() => answers.keep(certificate, issuer, answer)),

    outbox: outbox.list,
    markSending: (ids) => db.transaction(() => ids.forEach(markSending)),
    settle: (answer) => changing(() => settle(answer)),
    dismissProblem: (id) => changing(() => {
      const row = outbox.find(id);
      if (row?.state !== 'problem') return null;
      queue.remove(id);
      return row.document;
    }),

    applyChanges: (changes, next) => changing(() => {
      const changed = new Set<DocumentId>();
      for (const change of changes) {
        if ('gone' in change) continue;
        const from = firstDifference(events.server(change.document), change.events);
        if (from === null) continue;
        log.replaceServer(change.document, change.events, from);
        for (const id of project(change.document)) changed.add(id);
      }
      officeTables.setCursor(next);
      return { changed: [...changed], gone: [], dropped: [], fits: true };
    }),
    cursor: office.cursor,
    ...pendingStore,

    findBook: office.findBook,
    putBook: officeTables.putBook,

    putDirectory: (entries) => changing(() => officeTables.putDirectory(entries)),
    directoryVersion: () => 0,
    putPeople: (people) => changing(() => officeTables.putPeople(people)),
    searchOrganizations: (query, limit) => office.searchOrganizations(query, limit).map(plainEntry),
    findOrganization: (code) => office.searchOrganizations(code, 50).filter((office_) => office_.code === code).map(plainEntry)[0] ?? null,
    people: office.people,
    workLoad: lists.load,
    phrases: notes.phrases,

    readForm: notes.readForm,
    keepForm: notes.keepForm,
    dropForm: notes.dropForm,

    findBatch: batches.find,
    putBatch: (batch) => db.transaction(() => batches.put(batch)),
    setBatchState: batches.setState,
    setBatchItem: batches.setItem,

    augmentations: augmentations.list,
    putAugmentation: augmentations.put,
    dropAugmentation: augmentations.drop,

    getSetting: office.setting,
    setSetting: officeTables.setSetting,
    close: db.close,
  };

  function undoable(id: DocumentId): readonly Undoable[] {
    const found: Undoable[] = [];
    for (const pending of outbox.pendingOf(id).toReversed()) {
      if (!isUndoable(pending) || outbox.dependants(pending.command.id).length > 0 || !isLastNumber(pending.command)) break;
      found.unshift(pending);
    }
    return found;
  }

  /** A number that a later document followed stays: registers have no gaps (NĐ 30/2020 Art 15, 22). */
  function isLastNumber(command: Command): boolean {
    if (command.type !== 'register') return true;
    const { book, epoch, number } = command.args.entry;
    const lease = office.findBook(book);
    return lease !== null && lease.epoch === epoch && lease.next === number + 1;
  }

  /** Rebuilds the document from the log and the outbox, and, when that refuses commands, whatever depended on them. */
  function project(first: DocumentId): readonly DocumentId[] {
    const touched = new Set([first]);
    // Ends, for every further round needs a command that was not refused before.
    const queueOf = [first];
    for (const id of queueOf) {
      for (const refused of projectOne(id)) {
        for (const dependant of outbox.dependants(refused)) {
          touched.add(dependant);
          if (dependant !== id) queueOf.push(dependant);
        }
      }
    }
    return [...touched];
  }

  function projectOne(id: DocumentId): readonly CommandId[] {
    const settled = settlePending(id, events.server(id), outbox.pendingOf(id), outbox.problemOf);
    settled.done.forEach(queue.remove);
    for (const { id: command, error } of settled.refused) queue.setProblem(command, error);
    log.replaceLocal(id, settled.local);
    const before = documents.findContent(id);
    if (settled.state === null) documents.remove(id);
    else documents.put(settled.state);
    // long-term data is nothing to read: whoever had the document before them has it still
    if (before !== null && settled.state !== null && isOnlyAugmented(before, settled.state.content.sha256, () => [...events.server(id), ...settled.local])) documents.keepRead(id, before);
    return settled.refused.map((refused) => refused.id);
  }

  function markSending(id: CommandId): void {
    const state = outbox.find(id)?.state;
    if (state === 'waiting') queue.setState(id, 'sending');
    // Sent before and not answered: it may well be there already.
    else if (state === 'sending') queue.setState(id, 'confirming');
  }

  function settle(answer: CommandAnswer): DocumentId | null {
    const row = outbox.find(answer.id);
    if (row === null) return null;
    switch (answer.status) {
      case 'applied':
        queue.setState(answer.id, 'applied');
        break;
      case 'conflict':
        queue.setProblem(answer.id, { code: 'sync.conflict' });
        break;
      case 'rejected':
        queue.setProblem(answer.id, answer.error);
        break;
      case 'retry':
        if (row.state !== 'sending' && row.state !== 'confirming') return row.document;
        queue.setState(answer.id, 'waiting');
        break;
      default:
        return assertNever(answer);
    }
    project(row.document);
    if (outbox.problemOf(answer.id) !== null) for (const dependant of outbox.dependants(answer.id)) project(dependant);
    return row.document;
  }
}

/** Whether `after` is `before` and long-term data. */
function isOnlyAugmented(before: Sha256, after: Sha256, readEvents: () => readonly DocumentEvent[]): boolean {
  if (before === after) return false;
  for (const event of readEvents().toReversed()) {
    if (!('content' in event)) continue;
    if (event.content.sha256 === before) return true;
    if (event.type !== 'augmented') return false;
  }
  return false;
}

function unitOf(events: readonly DocumentEvent[]): Organization | null {
  const birth = events.find((event) => event.type === 'drafted');
  return birth?.type === 'drafted' ? birth.unit : null;
}

function titleOf(command: Command): string {
  return command.type === 'draft' ? command.args.title : '';
}
