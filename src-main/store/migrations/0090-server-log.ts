import type { Migration } from '../migrate.ts';
import { createLinks } from '../tables/links.ts';
import { createEventReader } from '../tables/events.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';

/**
 * What the server has said, and that it is the same as what the server has (`protocol/digest.ts`).
 *
 * `link`: how far each document's log of the server reaches, and its chain. `standing`: the digest of them all, and the unit that the cursor is of.
 * `tombstone`: what the feed took away; nothing but a snapshot brings it back. `dropped_content`: contents that no row names any more and that are
 * still to be removed from `blobs.db`, which is another file. The contents that a log names are found along an index.
 */
export const serverLog: Migration = {
  number: 90,
  name: 'server log',
  file: 'desk',
  sql: `
    CREATE TABLE link (
      document TEXT PRIMARY KEY,
      count INTEGER NOT NULL,
      chain TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE standing (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      digest TEXT NOT NULL,
      scope TEXT
    ) STRICT;
    INSERT INTO standing (one, digest, scope) VALUES (1, '00000000000000000000000000000000', NULL);
    CREATE TABLE tombstone (
      document TEXT PRIMARY KEY,
      reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE dropped_content (
      sha256 TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX event_by_content ON event (json_extract(json, '$.content.sha256')) WHERE json_extract(json, '$.content.sha256') IS NOT NULL;
  `,
  fill: (db) => {
    const events = createEventReader(db);
    const links = createLinks(db);
    for (const { document } of db.read<[], { document: DocumentId }>("SELECT DISTINCT document FROM event WHERE origin = 'server'").all()) links.extend(document, events.server(document), 0);
  },
};
