import { documentKinds, type DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { WritableDb } from '../driver.ts';

export type DocumentWriter = {
  /** Writes the projection of one document, its assignees and its words. */
  readonly put: (state: DocumentState) => void;
  readonly remove: (id: DocumentId) => void;
};

type Row = { readonly row: number; readonly state: string };
type Columns = [string, string, number, string, number | null, string, string];

export function createDocumentWriter(db: WritableDb): DocumentWriter {
  const find = db.read<[string], Row>('SELECT row, state FROM document WHERE id = ?');
  const insert = db.write<[...Columns, string]>(
    'INSERT INTO document (direction, stage, listed_at_ms, issuing_office, number, content_sha256, state, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const update = db.write<[...Columns, string]>(
    'UPDATE document SET direction = ?, stage = ?, listed_at_ms = ?, issuing_office = ?, number = ?, content_sha256 = ?, state = ? WHERE id = ?',
  );
  const deleteDocument = db.write<[number]>('DELETE FROM document WHERE row = ?');
  const clearAssignees = db.write<[number]>('DELETE FROM assignee WHERE document = ?');
  const addAssignee = db.write<[string, number, string]>('INSERT OR IGNORE INTO assignee (person, document, part) VALUES (?, ?, ?)');
  const deleteWords = db.write<[number]>('DELETE FROM document_search WHERE rowid = ?');
  const insertWords = db.write<[number, string]>('INSERT INTO document_search (rowid, text) VALUES (?, ?)');

  return {
    put: (state) => {
      const json = JSON.stringify(state);
      const before = find.get(state.id);
      if (before?.state === json) return;
      const columns: Columns = [
        state.direction, state.stage, listedAt(state), state.from.code, state.number, state.content.sha256, json,
      ];
      const words = searchText(state);
      if (before === undefined) {
        const row = Number(insert.run(...columns, state.id).lastInsertRowid);
        insertWords.run(row, words);
        assign(row, state);
        return;
      }
      update.run(...columns, state.id);
      if (searchText(JSON.parse(before.state) as DocumentState) !== words) {
        deleteWords.run(before.row);
        insertWords.run(before.row, words);
      }
      clearAssignees.run(before.row);
      assign(before.row, state);
    },
    remove: (id) => {
      const before = find.get(id);
      if (before === undefined) return;
      deleteWords.run(before.row);
      deleteDocument.run(before.row);
    },
  };

  function assign(row: number, state: DocumentState): void {
    if (state.assignment === null) return;
    addAssignee.run(state.assignment.lead, row, 'lead');
    for (const person of state.assignment.support) addAssignee.run(person, row, 'support');
    for (const person of state.assignment.inform) addAssignee.run(person, row, 'inform');
  }
}

/** What a list is searched by: title, kind, notation, numbers and offices, folded, each word once. */
export function searchText(state: DocumentState): string {
  const kind = documentKinds[state.kind];
  const parts = [
    state.title, kind.name, kind.abbreviation, state.notation, state.number ?? '', state.arrival?.number ?? '', state.from.name, state.from.code,
    ...state.recipients.map((recipient) => recipient.organization.name),
  ];
  return [...new Set(foldedWords(parts.join(' ')))].join(' ');
}

/** An arrival keeps its place in the list whatever is done with it; a document of ours comes up when something happens to it. */
function listedAt(state: DocumentState): number {
  return Date.parse(state.direction === 'incoming' ? state.createdAt : state.updatedAt);
}
