import type { Migration } from '../migrate.ts';

/**
 * Commands on their way. `applied` = the server has said yes and the feed has not brought the events yet: no longer shown in
 * the outbox, still shown in the document. The cursor lies in the same file so that it moves with what it brought.
 */
export const outbox: Migration = {
  number: 20,
  name: 'outbox',
  file: 'desk',
  sql: `
    CREATE TABLE outbox (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      document TEXT NOT NULL,
      depends_on TEXT,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'confirming', 'applied', 'problem')),
      title TEXT NOT NULL,
      command TEXT NOT NULL,
      unit TEXT NOT NULL,
      problem TEXT,
      CHECK ((state = 'problem') = (problem IS NOT NULL))
    ) STRICT;
    CREATE INDEX outbox_by_document ON outbox (document, seq);
    CREATE INDEX outbox_by_dependency ON outbox (depends_on) WHERE depends_on IS NOT NULL;

    CREATE TABLE book (
      id TEXT PRIMARY KEY,
      epoch INTEGER NOT NULL,
      next INTEGER NOT NULL,
      reserve_end INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cursor (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      value TEXT NOT NULL
    ) STRICT;
  `,
};
