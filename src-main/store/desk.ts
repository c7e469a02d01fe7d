import { isDeepStrictEqual } from 'node:util';
import type { Command, DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { assertNever } from '../../src-shared/result.ts';
import type { DeskStore } from '../ports/store.ts';
import type { WritableDb } from './driver.ts';
import { firstDifference, settlePending } from './pending.ts';
import { createDocumentLists } from './tables/document-lists.ts';
import { createDocumentWriter } from './tables/documents.ts';
import { createEventReader, createEventWriter } from './tables/events.ts';
import { createOfficeReader, createOfficeWriter } from './tables/office.ts';
import { createOutboxReader, createOutboxWriter } from './tables/outbox.ts';

/** `desk.db` as the port has it. The connection belongs to the store from here on. */
export function createDeskStore(db: WritableDb): DeskStore {
  const lists = createDocumentLists(db);
  const documents = createDocumentWriter(db);
  const events = createEventReader(db);
  const log = createEventWriter(db);
  const outbox = createOutboxReader(db);
  const queue = createOutboxWriter(db);
  const office = createOfficeReader(db);
  const officeTables = createOfficeWriter(db);

  queue.forgetSending();

  return {
    recordAction: (command, own, book) => db.transaction(() => {
      const before = lists.find(command.document);
      const unit = before?.state.unit ?? unitOf(own);
      if (unit === null) throw new Error(`the first command of ${command.document} is not a birth`);
      queue.add(command, unit, before?.state.title ?? titleOf(command));
      project(command.document);
      // The same rules decided both, so another outcome is a bug, and nothing of the action is kept.
      const stands = events.local(command.document).filter((event) => event.command === command.id);
      if (own.length === 0 || !isDeepStrictEqual(stands, JSON.parse(JSON.stringify(own)))) throw new Error(`${command.type} was recorded against the rules`);
      if (book !== undefined) officeTables.useNumber(book.id, book.used);
    }),
    findDocument: lists.find,
    readHistory: (id) => [...events.server(id), ...events.local(id)],
    listDocuments: lists.list,
    countFolders: lists.counts,
    documentsWithContent: lists.withContent,

    putReport: officeTables.putReport,

    outbox: outbox.list,
    markSending: (ids) => db.transaction(() => ids.forEach(markSending)),
    settle: (answer) => db.transaction(() => settle(answer)),
    dismissProblem: (id) => db.transaction(() => {
      const row = outbox.find(id);
      if (row?.state !== 'problem') return null;
      queue.remove(id);
      return row.document;
    }),

    applyChanges: (changes, next) => db.transaction(() => {
      const changed = new Set<DocumentId>();
      for (const change of changes) {
        const from = firstDifference(events.server(change.document), change.events);
        if (from === null) continue;
        log.replaceServer(change.document, change.events, from);
        for (const id of project(change.document)) changed.add(id);
      }
      officeTables.setCursor(next);
      return [...changed];
    }),
    cursor: office.cursor,

    findBook: office.findBook,
    putBook: officeTables.putBook,

    putDirectory: (organizations, people) => db.transaction(() => officeTables.putDirectory(organizations, people)),
    searchOrganizations: office.searchOrganizations,
    people: office.people,

    getSetting: office.setting,
    setSetting: officeTables.setSetting,
    close: db.close,
  };

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
    if (settled.state === null) documents.remove(id);
    else documents.put(settled.state);
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

function unitOf(events: readonly DocumentEvent[]): Organization | null {
  const birth = events.find((event) => event.type === 'drafted');
  return birth?.type === 'drafted' ? birth.unit : null;
}

function titleOf(command: Command): string {
  return command.type === 'draft' ? command.args.title : '';
}
