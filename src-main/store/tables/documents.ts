import type { DocumentState, LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId, PersonId, Sha256 } from '../../../src-shared/domain/ids.ts';
import { isOpen as isOpenTask } from '../../../src-shared/domain/task-rules.ts';
import type { WritableDb } from '../driver.ts';
import { ownColumnNames, ownColumns, senderKey, sourceOf, type OwnColumns } from './document-columns.ts';
import { createDocumentWords } from './document-words.ts';
import { answeringStagesSql, endedStages, isOpenSql, taskColumnNames, taskColumns, type TaskColumns } from './task-columns.ts';

export type DocumentWriter = {
  /** Writes the projection of one document, whose tasks it is and its words. `events`: the log of which it is the fold. */
  readonly put: (state: DocumentState, events: readonly LogEvent[]) => void;
  readonly remove: (id: DocumentId) => void;
  /** Marks the present content of a document as read by this person, or unread; nothing when there is no such document. */
  readonly mark: (person: PersonId, id: DocumentId, read: boolean) => void;
  /** The reader had `before` of this document, and what it has become is the same to them. */
  readonly keepRead: (id: DocumentId, before: Sha256) => void;
  readonly findContent: (id: DocumentId) => Sha256 | null;
  /** `unread` in the lists is this person's from now on. */
  readonly setReader: (person: PersonId) => void;
  readonly reader: () => string;
};

type Row = { readonly row: number; readonly state: string; readonly book: string | null; readonly origin: string | null };
type Columns = [...OwnColumns, open: number, due: string | null, unread: number];
const columnNames = [...ownColumnNames, 'open', 'due', 'unread'];
const readerSetting = 'reader';

export function createDocumentWriter(db: WritableDb): DocumentWriter {
  const find = db.read<[string], Row>('SELECT row, state, book, origin FROM document WHERE id = ?');
  const insert = db.write<[...Columns, string]>(`INSERT INTO document (${columnNames.join(', ')}, id) VALUES (${columnNames.map(() => '?').join(', ')}, ?)`);
  const update = db.write<[...Columns, string]>(`UPDATE document SET ${columnNames.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`);
  const deleteDocument = db.write<[number]>('DELETE FROM document WHERE row = ?');
  const clearAssignees = db.write<[number]>('DELETE FROM assignee WHERE document = ?');
  const addAssignee = db.write<[...TaskColumns, number, number]>(`INSERT OR IGNORE INTO assignee (${taskColumnNames.join(', ')}, document, open) VALUES (${taskColumnNames.map(() => '?').join(', ')}, ?, ?)`);
  const openAssignees = db.write<[number, number]>(`UPDATE assignee SET open = (? = 1 AND ${isOpenSql}) WHERE document = ?`);
  const clearAttached = db.write<[string]>('DELETE FROM attached WHERE holder = ?');
  const addAttached = db.write<[string, string]>('INSERT OR IGNORE INTO attached (holder, sha256) VALUES (?, ?)');
  const words = createDocumentWords(db);
  // no trigger: with one, SQLite keeps a copy of every page that a row touches, which is half of what it costs to add a document
  const addTally = db.write<[string, string, number]>('INSERT INTO tally (direction, stage, documents) VALUES (?, ?, ?) ON CONFLICT (direction, stage) DO UPDATE SET documents = documents + excluded.documents');
  const findSender = db.read<[string], { name: string }>('SELECT name FROM sender WHERE code = ?');
  const putSender = db.write<[string, string]>('INSERT INTO sender (code, name) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name');
  const answered = db.read<[string], { n: number }>(`SELECT 1 AS n FROM document WHERE in_reply_to = ? AND direction = 'outgoing' AND stage IN ${answeringStagesSql} LIMIT 1`);
  const setOpen = db.write<[number, number, number]>('UPDATE document SET open = ?, due = iif(?, deadline, NULL) WHERE row = ?');
  const addLoad = db.write<[number, number]>(`
    INSERT INTO load (person, due, documents)
      SELECT person, coalesce(deadline, ''), ? FROM assignee WHERE document = ? AND open = 1
    ON CONFLICT (person, due) DO UPDATE SET documents = documents + excluded.documents`);
  const contentOf = db.read<[string], { sha256: Sha256 }>('SELECT content_sha256 AS sha256 FROM document WHERE id = ?');
  const findMark = db.read<[string, string, string], { n: number }>('SELECT 1 AS n FROM mark WHERE person = ? AND document = ? AND sha256 = ?');
  const addMark = db.write<[string, string, string]>('INSERT OR IGNORE INTO mark (person, document, sha256) VALUES (?, ?, ?)');
  const deleteMark = db.write<[string, string, string]>('DELETE FROM mark WHERE person = ? AND document = ? AND sha256 = ?');
  const setUnread = db.write<[number, string, string]>('UPDATE document SET unread = ? WHERE id = ? AND content_sha256 = ?');
  const readAll = db.write<[string]>('UPDATE document SET unread = 1 - unread WHERE unread <> NOT EXISTS (SELECT 1 FROM mark WHERE person = ? AND mark.document = document.id AND sha256 = content_sha256)');
  const keepReader = db.write<[string]>(`INSERT INTO setting (key, value) VALUES ('${readerSetting}', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
  let reader = db.read<[], { value: string }>(`SELECT value FROM setting WHERE key = '${readerSetting}'`).get()?.value ?? '';

  return {
    put: (state, events) => {
      const own = ownColumns(state, sourceOf(events));
      const stored = find.get(state.id);
      if (stored?.state === own[6] && stored.book === own[13] && stored.origin === own[15]) return;
      const before = stored === undefined ? null : (JSON.parse(stored.state) as DocumentState);
      const open = isOpen(state);
      const columns: Columns = [...own, open ? 1 : 0, open ? own[11] : null, findMark.get(reader, state.id, state.content.sha256) === undefined ? 1 : 0];
      let row: number;
      if (stored === undefined || before === null) {
        row = Number(insert.run(...columns, state.id).lastInsertRowid);
        words.add(row, state);
        addTally.run(state.direction, state.stage, 1);
      } else {
        row = stored.row;
        if (before.tasks.length > 0) addLoad.run(-1, row);
        update.run(...columns, state.id);
        words.change(row, before, state);
        if (before.direction !== state.direction || before.stage !== state.stage) {
          addTally.run(before.direction, before.stage, -1);
          addTally.run(state.direction, state.stage, 1);
        }
        if (before.tasks.length > 0) clearAssignees.run(row);
      }
      if (before !== null && before.attachments.length > 0) clearAttached.run(state.id);
      for (const { sha256 } of state.attachments) addAttached.run(state.id, sha256);
      for (const task of state.tasks) addAssignee.run(...taskColumns(task), row, open && isOpenTask(task) ? 1 : 0);
      if (state.tasks.length > 0) addLoad.run(1, row);
      const sender = senderKey(state.from);
      if (findSender.get(sender)?.name !== state.from.name) putSender.run(sender, state.from.name);
      for (const id of answeredBy(before, state)) reopen(id);
    },
    remove: (id) => {
      const before = find.get(id);
      if (before === undefined) return;
      const state = JSON.parse(before.state) as DocumentState;
      addLoad.run(-1, before.row);
      words.remove(before.row);
      clearAttached.run(id);
      deleteDocument.run(before.row);
      addTally.run(state.direction, state.stage, -1);
      for (const other of answeredBy(state, null)) reopen(other);
    },
    findContent,
    mark,
    keepRead: (id, before) => {
      if (findMark.get(reader, id, before) !== undefined) mark(reader as PersonId, id, true);
    },
    setReader: (person) => {
      if (person === reader) return;
      reader = person;
      keepReader.run(person);
      readAll.run(person);
    },
    reader: () => reader,
  };

  function mark(person: PersonId, id: DocumentId, read: boolean): void {
    const sha256 = findContent(id);
    if (sha256 === null) return;
    (read ? addMark : deleteMark).run(person, id, sha256);
    if (person === reader) setUnread.run(read ? 0 : 1, id, sha256);
  }

  function findContent(id: DocumentId): Sha256 | null {
    return contentOf.get(id)?.sha256 ?? null;
  }

  /** What came is open until work on it ends or a letter of ours that answers it has gone out. */
  function isOpen(state: DocumentState): boolean {
    return state.direction === 'incoming' && !endedStages.includes(state.stage) && answered.get(state.id) === undefined;
  }

  function reopen(id: DocumentId): void {
    const found = find.get(id);
    if (found === undefined) return;
    addLoad.run(-1, found.row);
    const open = isOpen(JSON.parse(found.state) as DocumentState) ? 1 : 0;
    setOpen.run(open, open, found.row);
    openAssignees.run(open, found.row);
    addLoad.run(1, found.row);
  }
}

/** Documents whose being open may hang on this one. */
function answeredBy(before: DocumentState | null, after: DocumentState | null): readonly DocumentId[] {
  const ids = [before, after].filter((state) => state?.direction === 'outgoing').map((state) => state?.inReplyTo ?? null);
  return [...new Set(ids)].filter((id) => id !== null);
}

