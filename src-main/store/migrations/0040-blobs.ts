import type { Migration } from '../migrate.ts';

/**
 * Content by SHA-256 in 256 KiB chunks. A content is seen when its `blob` row is; until then its chunks belong to a
 * `staging` row, which is thrown away when the program opens after it was ended in the middle.
 */
export const blobs: Migration = {
  number: 40,
  name: 'blobs',
  file: 'blobs',
  sql: `
    CREATE TABLE blob (
      row INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,
      size_bytes INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE chunk (
      row INTEGER PRIMARY KEY,
      hash BLOB NOT NULL UNIQUE,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE blob_chunk (
      blob INTEGER NOT NULL REFERENCES blob (row),
      seq INTEGER NOT NULL,
      chunk INTEGER NOT NULL REFERENCES chunk (row),
      PRIMARY KEY (blob, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX blob_chunk_by_chunk ON blob_chunk (chunk);

    CREATE TABLE staging (
      row INTEGER PRIMARY KEY AUTOINCREMENT,
      started_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE staging_chunk (
      staging INTEGER NOT NULL REFERENCES staging (row) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      chunk INTEGER NOT NULL REFERENCES chunk (row),
      PRIMARY KEY (staging, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX staging_chunk_by_chunk ON staging_chunk (chunk);
  `,
};
