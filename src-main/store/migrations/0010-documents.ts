import type { Migration } from '../migrate.ts';

/**
 * The log per document and what lists read of it. `event` holds the server's list (origin `server`, positions from 0) and,
 * after it, the events of commands that are still in the outbox (origin `local`). Instants in lists are milliseconds since
 * 1970, for ISO texts with different zones do not sort. The search index keeps no text of its own: it is folded from the state.
 */
export const documents: Migration = {
  number: 10,
  name: 'documents',
  file: 'desk',
  sql: `
    CREATE TABLE event (
      document TEXT NOT NULL,
      origin TEXT NOT NULL CHECK (origin IN ('server', 'local')),
      position INTEGER NOT NULL,
      command_id TEXT,
      json TEXT NOT NULL,
      PRIMARY KEY (document, origin, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE document (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      direction TEXT NOT NULL,
      stage TEXT NOT NULL,
      listed_at_ms INTEGER NOT NULL,
      issuing_office TEXT NOT NULL,
      number INTEGER,
      content_sha256 TEXT NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE INDEX document_by_direction ON document (direction, listed_at_ms DESC, id DESC);
    CREATE INDEX document_by_stage ON document (direction, stage, listed_at_ms DESC, id DESC);
    CREATE INDEX document_by_content ON document (content_sha256);
    CREATE INDEX document_by_number ON document (issuing_office, number) WHERE number IS NOT NULL;

    CREATE TABLE assignee (
      person TEXT NOT NULL,
      document INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
      part TEXT NOT NULL CHECK (part IN ('lead', 'support', 'inform')),
      PRIMARY KEY (person, document, part)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX assignee_by_document ON assignee (document);

    CREATE VIRTUAL TABLE document_search USING fts5 (
      text, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
    );
  `,
};
