import type { Migration } from '../migrate.ts';

/**
 * A snapshot that is being brought in, beside the desk that is worked at. Of a document that the desk has already as the snapshot says, only
 * its link stands here; of others the whole, made ready for the swap. `snapshot_changed`: what the swap is about, for as long as it lasts.
 */
export const snapshots: Migration = {
  number: 100,
  name: 'snapshots',
  file: 'desk',
  sql: `
    CREATE TABLE snapshot (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      info TEXT NOT NULL,
      next_offset INTEGER NOT NULL,
      documents INTEGER NOT NULL,
      digest TEXT NOT NULL
    ) STRICT;
    CREATE TABLE snapshot_link (
      document TEXT PRIMARY KEY,
      count INTEGER NOT NULL,
      chain TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_event (
      document TEXT NOT NULL,
      position INTEGER NOT NULL,
      command_id TEXT,
      json TEXT NOT NULL,
      PRIMARY KEY (document, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_document (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      direction TEXT NOT NULL,
      stage TEXT NOT NULL,
      listed_at_ms INTEGER NOT NULL,
      issuing_office TEXT NOT NULL,
      number INTEGER,
      content_sha256 TEXT NOT NULL,
      state TEXT NOT NULL,
      kind TEXT NOT NULL,
      urgency TEXT NOT NULL,
      arrival_number INTEGER,
      dated_on TEXT NOT NULL,
      deadline TEXT,
      in_reply_to TEXT,
      sender TEXT NOT NULL,
      words TEXT NOT NULL
    ) STRICT;
    CREATE TABLE snapshot_assignee (
      document TEXT NOT NULL,
      person TEXT NOT NULL,
      part TEXT NOT NULL,
      PRIMARY KEY (document, person, part)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_changed (
      document TEXT PRIMARY KEY,
      gone INTEGER NOT NULL,
      pending INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
