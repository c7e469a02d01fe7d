import type { Migration } from '../migrate.ts';

/** The directory in the server's order, this desk's settings, and the verdict on each content by its hash. */
export const office: Migration = {
  number: 30,
  name: 'office',
  file: 'desk',
  sql: `
    CREATE TABLE organization (
      row INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE organization_search USING fts5 (
      text, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
    );

    CREATE TABLE person (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      json TEXT NOT NULL
    ) STRICT;

    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE report (
      sha256 TEXT PRIMARY KEY,
      json TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
