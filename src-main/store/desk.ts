import { isDeepStrictEqual } from 'node:util';
import type { Command, DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId } from '../../src-shared/domain/ids.ts';
import { applyLog, isRecord, isRecordEvent, type LogState } from '../../src-shared/domain/log.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { assertNever, type AppError } from '../../src-shared/result.ts';
import type { DeskStore } from '../ports/store.ts';
import { isClash } from './clash.ts';
import type { WritableDb } from './driver.ts';
import { createFeed } from './feed.ts';
import { createFigures } from './figures.ts';
import { createProjection } from './projection.ts';
import { createSnapshots, createSnapshotStaging } from './snapshot.ts';
import { createTexts } from './texts.ts';
import { isUndoable, type Undoable } from './undo.ts';
import { createAnswers } from './tables/answers.ts';
import { auditOfCommand, createAudit } from './tables/audit.ts';
import { createAugmentations } from './tables/augmentations.ts';
import { createBatches } from './tables/batches.ts';
import { createContents } from './tables/contents.ts';
import { createDirectory } from './tables/directory.ts';
import { createDocumentLists } from './tables/document-lists.ts';
import { createDocumentWriter } from './tables/documents.ts';
import { createDeskNotes } from './tables/desk-notes.ts';
import { createEventReader, createEventWriter } from './tables/events.ts';
import { createHeldContents } from './tables/held-contents.ts';
import { createOfficeReader, createOfficeWriter } from './tables/office.ts';
import { createOutboxReader, createOutboxWriter } from './tables/outbox.ts';
import { createLinks } from './tables/links.ts';
import { createRecords } from './tables/records.ts';
import { createRegisters } from './tables/registers.ts';
import { createReports } from './tables/reports.ts';
import { createSavedSearches } from './tables/saved-searches.ts';
import { createSnapshotTables } from './tables/snapshots.ts';
import { createTaskBoards } from './tables/task-boards.ts';

/** What the profile removes from `blobs.db`, which is another file, after the transaction that let go of it. */
export type DroppedContents = Pick<ReturnType<typeof createContents>, 'dropped' | 'forgetDropped'>;

/**
 * `desk.db` as the port has it. The connection belongs to the store from here on. `blobsFile` is looked into by lists that ask what content is here.
 * `now`: ms since 1970.
 */
export function createDeskStore(db: WritableDb, blobsFile: string, now: () => number = Date.now): DeskStore & DroppedContents {
  const lists = createDocumentLists(db, (work) => db.beside(blobsFile, 'blobs', work));
  const held = createHeldContents(db, (work) => db.beside(blobsFile, 'blobs', work));
  const documents = createDocumentWriter(db);
  const records = createRecords(db);
  const registers = createRegisters(db);
  const boards = createTaskBoards(db);
  const events = createEventReader(db);
  const log = createEventWriter(db);
  const outbox = createOutboxReader(db);
  const queue = createOutboxWriter(db);
  const office = createOfficeReader(db);
  const officeTables = createOfficeWriter(db);
  const notes = createDeskNotes(db);
  const searches = createSavedSearches(db);
  const audit = createAudit(db);
  const batches = createBatches(db);
  const augmentations = createAugmentations(db);
  const reports = createReports(db);
  const answers = createAnswers(db);
  const directory = createDirectory(db);
  const links = createLinks(db);
  const contents = createContents(db);
  const snapshotTables = createSnapshotTables(db);
  const staging = createSnapshotStaging(snapshotTables);
  const readLog: DeskStore['readLog'] = (id) => [...events.server(id), ...events.local(id)];
  const { touch, ...figures } = createFigures(db, { readLog, office: records.office });
  const project = createProjection({ documents, records, events, log, outbox, queue, touch, now });
  const cursor = { cursor: office.cursor, setCursor: officeTables.setCursor };
  const feed = createFeed({ db, events, log, links, outbox, queue, documents, contents, augmentations, staging, project, ...cursor });
  const snapshots = createSnapshots({ tables: snapshotTables, links, contents, records, outbox, tell: feed.tell, project, reader: documents.reader, ...cursor });

  queue.forgetSending();
  // nobody looks at an undo bar any more: what was held goes with the first round
  queue.releaseHolds(now());

  const forgetting = <T>(work: () => T): T => {
    try {
      return work();
    } finally {
      lists.forget();
      // a transaction that was given up has left what stood before it
      records.forget();
    }
  };
  /** One transaction that lists hang on. */
  const changing = <T>(work: () => T): T => forgetting(() => db.transaction(work));

  return {
    recordAction: (command, own, book, heldUntilMs = null, beside = {}) => changing(() => {
      const before = lists.find(command.document)?.state ?? records.findRecord(command.document)?.state ?? null;
      const after = own.reduce<LogState | null>((state, event) => applyLog(command.document, state, event), before);
      if (after === null) throw new Error(`${command.type} has no events`);
      const contentBefore = documents.findContent(command.document);
      if (beside.settles !== undefined) settleClash(beside.settles);
      queue.add(command, after.unit, titleOf(before ?? after), heldUntilMs);
      audit.append(auditOfCommand(command, now()));
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
      if (command.type !== 'augment' && documents.findContent(command.document) !== contentBefore) documents.mark(command.actor.person, command.document, true);
    }),
    standsLast: (id) => events.local(id).at(-1)?.command ?? null,
    undoable: (id) => undoable(id).map(({ command, heldUntilMs }) => ({ command: command.id, type: command.type, until: heldUntilMs })),
    undo: (id, commands) => changing(() => {
      const newest = undoable(id).slice(-commands.length);
      const asked = new Set(commands);
      if (asked.size !== newest.length || !newest.every(({ command }) => asked.has(command.id))) return false;
      for (const { command } of newest.toReversed()) {
        if (command.type === 'register' && !officeTables.giveBack(command.args.entry)) throw new Error('a number that could be given back could not');
        queue.remove(command.id);
        audit.append(auditOfCommand(command, now(), 'undo'));
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
    findListed: lists.find,
    findRecord: records.findRecord,
    office: records.office,
    catalogues: records.catalogues,
    dossiers: records.dossiers,
    dossiersOf: records.dossiersOf,
    registerRows: registers.rows,
    registerIndex: registers.index,
    answersTo: registers.answersTo,
    booksKnown: registers.books,
    findDuplicates: registers.duplicates,
    taskBoard: boards.page,
    dueDocuments: boards.due,
    readLog,
    readHistory: (id) => readLog(id).filter((event) => !isRecordEvent(event)) as DocumentEvent[],
    listDocuments: lists.list,
    listIds: lists.ids,
    findPosition: lists.position,
    markRead: (person, ids, read) => changing(() => {
      for (const id of ids) documents.mark(person, id, read);
    }),
    setReader: (person) => changing(() => documents.setReader(person)),
    countFolders: lists.counts,
    ...held,
    ...createTexts(db, lists.find, changing),
    isNamed: contents.isNamed,

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

    applyChanges: (changes, next, origin) => forgetting(() => feed.apply(changes, next, origin)),
    answered: outbox.answered,
    askAgain: (ids) => changing(() => feed.askAgain(ids)),
    forgetAnswered: (ids) => changing(() => feed.forgetAnswered(ids)),
    cursor: office.cursor,
    digest: links.digest,
    scope: links.scope,
    beginSnapshot: (info) => db.transaction(() => snapshots.beginSnapshot(info)),
    addSnapshotFrame: (changes, nextOffset) => changing(() => snapshots.addSnapshotFrame(changes, nextOffset)),
    finishSnapshot: () => changing(snapshots.finishSnapshot),
    snapshotUnderWay: snapshots.snapshotUnderWay,
    dropped: () => db.transaction(contents.dropped),
    forgetDropped: (removed) => db.transaction(() => contents.forgetDropped(removed)),

    conflicts: () => outbox.lost().map((lost) => ({ ...lost, theirs: lists.find(lost.command.document)?.state ?? null })),
    settleConflict: (id) => changing(() => {
      if (!outbox.isLost(id)) return false;
      settleClash(id);
      return true;
    }),

    ...figures,

    findBook: office.findBook,
    putBook: officeTables.putBook,

    putDirectory: (entries, version) => changing(() => directory.put(entries, version)),
    directoryVersion: directory.version,
    putPeople: (people) => changing(() => officeTables.putPeople(people)),
    searchOrganizations: directory.search,
    findOrganization: directory.find,
    people: office.people,
    workLoad: lists.load,
    phrases: notes.phrases,

    readForm: notes.readForm,
    keepForm: notes.keepForm,
    dropForm: notes.dropForm,
    savedSearches: searches.list,
    keepSavedSearches: (person, kept) => db.transaction(() => searches.keep(person, kept)),

    findBatch: batches.find,
    putBatch: (batch) => db.transaction(() => batches.put(batch)),
    setBatchState: batches.setState,
    setBatchItem: batches.setItem,

    augmentations: augmentations.list,
    putAugmentation: augmentations.put,
    dropAugmentation: augmentations.drop,

    addAudit: (entry) => db.transaction(() => audit.append(entry)),
    readAudit: audit.read,
    countAudit: audit.count,

    getSetting: office.setting,
    setSetting: officeTables.setSetting,
    close: db.close,
  };

  function undoable(id: DocumentId): readonly Undoable[] {
    const found: Undoable[] = [];
    for (const pending of outbox.pendingOf(id).toReversed()) {
      // what of this document stands on it was done later, and has been found undoable already
      if (!isUndoable(pending) || outbox.dependants(pending.command.id).some((other) => other !== id) || !isLastNumber(pending.command)) break;
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
        refuse(row.document, answer.id, { code: 'sync.conflict' });
        break;
      case 'rejected':
        refuse(row.document, answer.id, answer.error);
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

  /** A refused command is a clash where another did something first, and not where something of ours before it had fallen. */
  function refuse(document: DocumentId, id: CommandId, error: AppError): void {
    const rows = outbox.pendingOf(document);
    const at = rows.findIndex((row) => row.command.id === id);
    const command = rows[at]?.command;
    const fell = rows.slice(0, at).some((row) => row.state === 'problem');
    queue.setProblem(id, error, command !== undefined && !fell && isClash(command.type, error) ? now() : null);
  }

  function settleClash(id: CommandId): void {
    if (!outbox.isLost(id)) throw new Error(`${id} is no clash`);
    queue.remove(id);
  }
}

/** What the outbox calls it. */
function titleOf(state: LogState): string {
  if (!isRecord(state)) return state.title;
  return state.record === 'dossier' ? state.title : state.record;
}
