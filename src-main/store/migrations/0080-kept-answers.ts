import type { Migration } from '../migrate.ts';

/**
 * What certification services said, for later and for when there is no line. One answer a certificate and issuer, the newest; a list that serves many
 * certificates is kept once.
 *
 * `issuer` '': who issued the certificate, as a certificate. Times are ms since 1970; `this_update_ms` is null for a certificate.
 */
export const keptAnswers: Migration = {
  number: 80,
  name: 'kept answers',
  file: 'desk',
  sql: `
    CREATE TABLE authority_proof (
      row INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      der BLOB NOT NULL
    ) STRICT;
    CREATE TABLE authority_answer (
      certificate TEXT NOT NULL,
      issuer TEXT NOT NULL,
      proof INTEGER NOT NULL REFERENCES authority_proof (row),
      this_update_ms INTEGER,
      next_update_ms INTEGER,
      obtained_at_ms INTEGER NOT NULL,
      PRIMARY KEY (certificate, issuer)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX authority_answer_by_age ON authority_answer (obtained_at_ms);
    CREATE INDEX authority_answer_by_proof ON authority_answer (proof);
  `,
};
