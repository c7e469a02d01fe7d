/** What the first server kept. Left as it was: databases of it are brought forward by the migrations after it. */
export const first = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE organization (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE person (id TEXT PRIMARY KEY, unit TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX person_by_unit ON person (unit);

CREATE TABLE account (
  user_name TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id), unit TEXT NOT NULL, role TEXT NOT NULL, password TEXT NOT NULL
) STRICT;
CREATE TABLE login_try (
  user_name TEXT PRIMARY KEY, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE session (token_hash BLOB PRIMARY KEY, user_name TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;

CREATE TABLE unit_feed (unit TEXT PRIMARY KEY, counter INTEGER NOT NULL) STRICT;
CREATE TABLE document (unit TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (unit, id)) STRICT;
CREATE INDEX document_by_seq ON document (unit, seq);
CREATE TABLE event (
  unit TEXT NOT NULL, document TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (unit, document, position)
) STRICT;

CREATE TABLE answer (
  unit TEXT NOT NULL, command TEXT NOT NULL, fingerprint TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (unit, command)
) STRICT;

-- first: the epoch's first number; next: after the highest one seen; a number without a document is void
CREATE TABLE book (
  id TEXT PRIMARY KEY, unit TEXT NOT NULL, epoch INTEGER NOT NULL, first INTEGER NOT NULL, next INTEGER NOT NULL, reserve_end INTEGER NOT NULL, station TEXT
) STRICT;
CREATE TABLE book_number (
  book TEXT NOT NULL, number INTEGER NOT NULL, epoch INTEGER NOT NULL, document TEXT, PRIMARY KEY (book, number)
) STRICT;

CREATE TABLE unit_content (unit TEXT NOT NULL, sha256 TEXT NOT NULL, held INTEGER NOT NULL, PRIMARY KEY (unit, sha256)) STRICT;
CREATE TABLE upload (
  id TEXT PRIMARY KEY, unit TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, base TEXT, length INTEGER NOT NULL,
  created_at INTEGER NOT NULL, UNIQUE (unit, sha256)
) STRICT;
`;
