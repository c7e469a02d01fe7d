import type { Migration } from '../migrate.ts';
import { createDocumentWords } from '../tables/document-words.ts';

/**
 * Search by words, of 300,000 documents and of what stands in their files (NĐ 30/2020 App VI III.6).
 *
 * `document_search`: the words of a document and of its content, folded by us, and one for its direction (`tables/document-words.ts`). Only which
 * document has a word is kept, not where; beginnings of up to six letters have lists of their own, so that no list is put together while somebody types.
 * `content_text`: what was read of a content: `text` deflated, for the line that shows where a word was found; `words` as they are in the index;
 * `outcome` why there is none. `tally` is counted by the writers, for a trigger makes SQLite keep a copy of every page that a row touches.
 */
export const search: Migration = {
  number: 140,
  name: 'search',
  file: 'desk',
  sql: `
    DROP TRIGGER tally_added;
    DROP TRIGGER tally_removed;
    DROP TRIGGER tally_moved;

    CREATE TABLE content_text (
      sha256 TEXT PRIMARY KEY,
      outcome TEXT NOT NULL CHECK (outcome IN ('text', 'no-text', 'locked', 'unreadable')),
      pages INTEGER NOT NULL,
      words TEXT NOT NULL,
      text BLOB NOT NULL
    ) STRICT;

    DROP TABLE document_search;
    CREATE VIRTUAL TABLE document_search USING fts5 (
      words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3 4 5 6', tokenize = 'ascii'
    );
    UPDATE snapshot_document SET words = iif(direction = 'incoming', char(57344), char(57345)) || ' ' || words;
  `,
  fill: (db) => createDocumentWords(db).rebuild(),
};
