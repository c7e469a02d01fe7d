import type { Db } from '../open.ts';
import { foldDocument } from '../../fold.ts';
import { emptyDigest, xorDigest } from '../../../../src-shared/protocol/digest.ts';

/**
 * What a province needs: events know the feed place under which they came, documents their chain, units their digest; accounts without a password,
 * with certificates, disabled; who holds which content through which document; the directory, the audit log, settings.
 */
const schema = `
CREATE TABLE office (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, other_code TEXT NOT NULL, body TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE INDEX office_by_other_code ON office (other_code) WHERE other_code <> '';
CREATE INDEX office_by_version ON office (version, code);
INSERT INTO office (code, name, other_code, body, version)
  SELECT code, name, '', json_object('code', code, 'name', name, 'otherCode', NULL, 'parent', NULL, 'ceasedOn', NULL, 'successors', json('[]')), 1 FROM organization;
DROP TABLE organization;

CREATE TABLE account_next (
  user_name TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id), unit TEXT NOT NULL, role TEXT NOT NULL,
  password TEXT NOT NULL, must_change INTEGER NOT NULL, disabled INTEGER NOT NULL
) STRICT;
INSERT INTO account_next SELECT user_name, person, unit, role, password, 0, 0 FROM account;
DROP TABLE account;
ALTER TABLE account_next RENAME TO account;
CREATE INDEX account_by_unit ON account (unit);
CREATE TABLE certificate (thumbprint TEXT NOT NULL, user_name TEXT NOT NULL, PRIMARY KEY (thumbprint, user_name)) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_by_user ON certificate (user_name);
CREATE TABLE challenge (hash BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE session ADD COLUMN opened_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX session_by_user ON session (user_name);

-- digest: of the documents where counter stands
ALTER TABLE unit_feed ADD COLUMN digest TEXT NOT NULL DEFAULT '${emptyDigest}';
-- told: how many of its events the feed has given out; chain: over those; gone: why it is not the unit's any more, or ''
CREATE TABLE document_next (
  unit TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, told INTEGER NOT NULL, chain TEXT NOT NULL, gone TEXT NOT NULL, PRIMARY KEY (unit, id)
) STRICT, WITHOUT ROWID;
-- seq: the document's place in the feed when the event came; 0 while the transaction lasts
CREATE TABLE event_next (
  unit TEXT NOT NULL, document TEXT NOT NULL, position INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (unit, document, position)
) STRICT, WITHOUT ROWID;
INSERT INTO event_next SELECT e.unit, e.document, e.position, d.seq, e.body FROM event e JOIN document d ON d.unit = e.unit AND d.id = e.document;

-- held: a document of the unit names it; sent: the unit has shown the bytes
CREATE TABLE held_content (unit TEXT NOT NULL, sha256 TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (unit, sha256, document)) STRICT, WITHOUT ROWID;
CREATE INDEX held_content_by_document ON held_content (unit, document);
CREATE TABLE sent_content (unit TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (unit, sha256)) STRICT, WITHOUT ROWID;
INSERT INTO sent_content SELECT unit, sha256 FROM unit_content WHERE held = 0;
INSERT OR IGNORE INTO held_content SELECT unit, json_extract(body, '$.content.sha256'), document FROM event WHERE json_type(body, '$.content') = 'object';
DROP TABLE unit_content;

CREATE TABLE upload_next (
  id TEXT PRIMARY KEY, unit TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL, base TEXT NOT NULL, length_bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL, node TEXT NOT NULL, claimed_until INTEGER NOT NULL, UNIQUE (unit, sha256)
) STRICT;
INSERT INTO upload_next SELECT id, unit, sha256, size, coalesce(base, ''), length, created_at, '', 0 FROM upload;
DROP TABLE upload;
ALTER TABLE upload_next RENAME TO upload;

CREATE INDEX answer_by_time ON answer (at);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, unit TEXT NOT NULL, user_name TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

const close = `
DROP TABLE event;
ALTER TABLE event_next RENAME TO event;
DROP TABLE document;
ALTER TABLE document_next RENAME TO document;
CREATE INDEX document_by_seq ON document (unit, seq);
`;

export function province(db: Db): void {
  db.exec(schema);
  const bodies = db.prepare('SELECT body FROM event WHERE unit = ? AND document = ? ORDER BY position').pluck();
  const put = db.prepare(`INSERT INTO document_next (unit, id, seq, told, chain, gone) VALUES (?, ?, ?, ?, ?, '')`);
  const digests = new Map<string, string>();
  for (const { unit, id, seq } of db.prepare('SELECT unit, id, seq FROM document').all() as { unit: string; id: string; seq: number }[]) {
    const after = foldDocument(id, null, (bodies.all(unit, id) as string[]).map((body) => JSON.parse(body) as unknown));
    put.run(unit, id, seq, after.count, after.chain);
    digests.set(unit, xorDigest(digests.get(unit) ?? emptyDigest, after.share));
  }
  const putDigest = db.prepare('UPDATE unit_feed SET digest = ? WHERE unit = ?');
  for (const [unit, digest] of digests) putDigest.run(digest, unit);
  db.exec(close);
}
