import { documentKinds, type DocumentState } from '../../../src-shared/domain/document.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../driver.ts';
import { directionMarks, wordsOf } from './search.ts';

/** The index of words: one line a document, of what it is called and of what stands in its content. */
export type DocumentWords = {
  readonly add: (row: number, state: DocumentState) => void;
  /** Nothing is written where the words are the same. */
  readonly change: (row: number, before: DocumentState, after: DocumentState) => void;
  readonly remove: (row: number) => void;
  /** The documents of this content again: what was read of it is here now, or gone. */
  readonly again: (content: Sha256) => void;
  /** All documents again, into an index that is empty. */
  readonly rebuild: () => void;
};

type Stated = { readonly row: number; readonly state: string };

/** How many documents are held at a time while the index is made anew. */
const perTurn = 2000;

export function createDocumentWords(db: WritableDb): DocumentWords {
  const insert = db.write<[number, string]>('INSERT INTO document_search (rowid, words) VALUES (?, ?)');
  const remove = db.write<[number]>('DELETE FROM document_search WHERE rowid = ?');
  const contentWords = db.read<[string], { words: string }>('SELECT words FROM content_text WHERE sha256 = ?');
  const ofContent = db.read<[string], Stated>('SELECT row, state FROM document WHERE content_sha256 = ?');
  const after = db.read<[number], Stated>(`SELECT row, state FROM document WHERE row > ? ORDER BY row LIMIT ${perTurn}`);

  const add = (row: number, state: DocumentState): void => {
    const body = contentWords.get(state.content.sha256)?.words ?? '';
    insert.run(row, body === '' ? ownWords(state) : `${ownWords(state)} ${body}`);
  };

  return {
    add,
    change: (row, before, state) => {
      if (before.content.sha256 === state.content.sha256 && ownWords(before) === ownWords(state)) return;
      remove.run(row);
      add(row, state);
    },
    remove: (row) => void remove.run(row),
    again: (content) => {
      for (const { row, state } of ofContent.all(content)) {
        remove.run(row);
        add(row, JSON.parse(state) as DocumentState);
      }
    },
    rebuild: () => {
      for (let from = 0; ;) {
        const turn = after.all(from);
        for (const { row, state } of turn) add(row, JSON.parse(state) as DocumentState);
        if (turn.length < perTurn) return;
        from = turn.at(-1)?.row ?? from;
      }
    },
  };
}

/** What the index has of a document without its content. */
export function ownWords(state: DocumentState): string {
  return `${directionMarks[state.direction]} ${searchText(state)}`;
}

/** What a document is found by besides its content: title, kind, notation, numbers, offices, people and files, folded, each word once. */
export function searchText(state: DocumentState): string {
  const kind = documentKinds[state.kind];
  const parts = [
    state.title, kind.name, kind.abbreviation, state.notation, state.number ?? '', state.numberText ?? '', state.arrival?.number ?? '', state.from.name, state.from.code ?? '',
    state.signer ?? '', state.drafter ?? '', ...(state.attachments ?? []).map(({ fileName }) => fileName),
    ...state.recipients.map((recipient) => recipient.organization.name),
  ];
  return wordsOf(parts.join(' ')).join(' ');
}
