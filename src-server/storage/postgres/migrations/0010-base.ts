/**
 * Everything of a unit is keyed by the unit first. Codes, ids and names compare byte by byte (COLLATE "C"), as they do in SQLite and in JavaScript.
 * Bodies are text and not jsonb: what was written is what is read, and hashed.
 */
export const base = `
CREATE TABLE meta (key text COLLATE "C" PRIMARY KEY, value text NOT NULL);

CREATE TABLE office (
  code text COLLATE "C" PRIMARY KEY, name text NOT NULL, other_code text COLLATE "C" NOT NULL, body text NOT NULL, version bigint NOT NULL
);
CREATE INDEX office_by_other_code ON office (other_code) WHERE other_code <> '';
CREATE INDEX office_by_version ON office (version, code);

CREATE TABLE person (id text COLLATE "C" PRIMARY KEY, unit text COLLATE "C" NOT NULL, body text NOT NULL);
CREATE INDEX person_by_unit ON person (unit, id);
CREATE TABLE account (
  user_name text COLLATE "C" PRIMARY KEY, person text COLLATE "C" NOT NULL REFERENCES person (id), unit text COLLATE "C" NOT NULL, role text NOT NULL,
  password text NOT NULL, must_change boolean NOT NULL, disabled boolean NOT NULL
);
CREATE INDEX account_by_unit ON account (unit);
CREATE TABLE certificate (thumbprint text COLLATE "C" NOT NULL, user_name text COLLATE "C" NOT NULL, PRIMARY KEY (thumbprint, user_name));
CREATE INDEX certificate_by_user ON certificate (user_name);
CREATE TABLE session (token_hash bytea PRIMARY KEY, user_name text COLLATE "C" NOT NULL, opened_at bigint NOT NULL, expires_at bigint NOT NULL);
CREATE INDEX session_by_user ON session (user_name);
CREATE INDEX session_by_end ON session (expires_at);
CREATE TABLE login_try (user_name text COLLATE "C" PRIMARY KEY, failures int NOT NULL, locked_until bigint NOT NULL, updated_at bigint NOT NULL);
CREATE TABLE challenge (hash bytea PRIMARY KEY, expires_at bigint NOT NULL);
CREATE INDEX challenge_by_end ON challenge (expires_at);

-- digest: of the documents where counter stands. One row is rewritten by every commit of its unit: room beside it keeps the new version on its page
CREATE TABLE unit_feed (unit text COLLATE "C" PRIMARY KEY, counter bigint NOT NULL, digest bit(128) NOT NULL, moved_at timestamptz NOT NULL) WITH (fillfactor = 20);
-- told: how many of its events the feed has given out; chain: over those; gone: why it is not the unit's any more, or ''
CREATE TABLE document (
  unit text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, seq bigint NOT NULL, told int NOT NULL, chain text NOT NULL, gone text NOT NULL, PRIMARY KEY (unit, id)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX document_by_seq ON document (unit, seq);
-- seq: the document's place in the feed when the event came
CREATE TABLE event (
  unit text COLLATE "C" NOT NULL, document text COLLATE "C" NOT NULL, position int NOT NULL, seq bigint NOT NULL, body text NOT NULL, PRIMARY KEY (unit, document, position)
);
-- held: a document of the unit names it; sent: the unit has shown the bytes
CREATE TABLE held_content (
  unit text COLLATE "C" NOT NULL, sha256 text COLLATE "C" NOT NULL, document text COLLATE "C" NOT NULL, PRIMARY KEY (unit, sha256, document)
);
CREATE INDEX held_content_by_document ON held_content (unit, document);
CREATE TABLE sent_content (unit text COLLATE "C" NOT NULL, sha256 text COLLATE "C" NOT NULL, PRIMARY KEY (unit, sha256));

CREATE TABLE answer (
  unit text COLLATE "C" NOT NULL, command text COLLATE "C" NOT NULL, fingerprint text NOT NULL, body text NOT NULL, at bigint NOT NULL, PRIMARY KEY (unit, command)
);
CREATE INDEX answer_by_time ON answer USING brin (at);

-- first: the epoch's first number; next: after the highest one seen; a number of document '' is void
CREATE TABLE book (
  id text COLLATE "C" PRIMARY KEY, unit text COLLATE "C" NOT NULL, epoch bigint NOT NULL, first bigint NOT NULL, next bigint NOT NULL, reserve_end bigint NOT NULL,
  station text NOT NULL
) WITH (fillfactor = 50);
CREATE TABLE book_number (
  book text COLLATE "C" NOT NULL, number bigint NOT NULL, epoch bigint NOT NULL, document text COLLATE "C" NOT NULL, PRIMARY KEY (book, number)
);

CREATE TABLE upload (
  id text COLLATE "C" PRIMARY KEY, unit text COLLATE "C" NOT NULL, sha256 text COLLATE "C" NOT NULL, size_bytes bigint NOT NULL, base text COLLATE "C" NOT NULL,
  length_bytes bigint NOT NULL, created_at bigint NOT NULL, node text NOT NULL, claimed_until bigint NOT NULL, UNIQUE (unit, sha256)
);
CREATE INDEX upload_by_time ON upload (created_at);

CREATE TABLE audit (
  seq bigint PRIMARY KEY, at bigint NOT NULL, unit text COLLATE "C" NOT NULL, user_name text COLLATE "C" NOT NULL, action text NOT NULL, subject text NOT NULL,
  detail text NOT NULL, hash text NOT NULL
);
CREATE TABLE setting (key text COLLATE "C" PRIMARY KEY, value text NOT NULL);
`;
