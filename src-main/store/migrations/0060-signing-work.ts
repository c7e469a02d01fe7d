import type { Migration } from '../migrate.ts';

/**
 * Signing that takes longer than a call: the last run of many with one PIN, and long-term data that is still to be added.
 *
 * `batch_item.content`: what was put before the signer. The item is marked in the transaction that records the signature, and what the log says
 * goes before what stands here. `augmentation.next_at_ms` is null where nothing is tried by itself any more.
 */
export const signingWork: Migration = {
  number: 60,
  name: 'signing work',
  file: 'desk',
  sql: `
    CREATE TABLE batch (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      mode TEXT NOT NULL,
      state TEXT NOT NULL,
      thumbprint TEXT NOT NULL,
      error TEXT,
      started_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE batch_item (
      batch INTEGER NOT NULL REFERENCES batch (row) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      document TEXT NOT NULL,
      title TEXT NOT NULL,
      content TEXT NOT NULL,
      placement TEXT,
      status TEXT NOT NULL,
      error TEXT,
      PRIMARY KEY (batch, seq),
      UNIQUE (batch, document)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE augmentation (
      document TEXT PRIMARY KEY,
      level TEXT NOT NULL,
      wanted TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      next_at_ms INTEGER,
      problem TEXT
    ) STRICT, WITHOUT ROWID;
  `,
};
