import type { Migration } from '../migrate.ts';

/**
 * What was done at this desk, line after line. `hash` is over the line before and this one (src-shared/protocol/audit-chain.ts): what is changed, put in or taken out later is found.
 * `detail`: JSON of codes, ids and hashes. Never a title, a PIN or a key.
 */
export const audit: Migration = {
  number: 190,
  name: 'audit',
  file: 'desk',
  sql: `
    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      unit TEXT,
      user TEXT,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'a line of the audit stays as it is'); END;
    CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'a line of the audit stays'); END;`,
};
