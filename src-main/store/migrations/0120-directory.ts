import type { Migration } from '../migrate.ts';
import { createDirectory } from '../tables/directory.ts';
import { plainEntry, type Organization } from '../../../src-shared/domain/organization.ts';

/**
 * The directory of a country: 120,000 offices with codes of both forms. Its order is that of `row`: offices that have ceased have rows above
 * all others (`tables/directory.ts`), so that a search ends where its page is full. What was here is taken over, and asked for anew from version 0.
 */
export const directory: Migration = {
  number: 120,
  name: 'directory',
  file: 'desk',
  sql: `
    ALTER TABLE organization RENAME TO organization_before;
    DROP TABLE organization_search;
    CREATE TABLE organization (
      row INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE,
      other_code TEXT,
      name TEXT NOT NULL,
      parent TEXT,
      ceased_on TEXT,
      successors TEXT NOT NULL
    ) STRICT;
    CREATE INDEX organization_by_code ON organization (ceased_on IS NOT NULL, code);
    CREATE INDEX organization_by_other_code ON organization (ceased_on IS NOT NULL, other_code) WHERE other_code IS NOT NULL;
    CREATE INDEX organization_other_code ON organization (other_code) WHERE other_code IS NOT NULL;
    CREATE VIRTUAL TABLE organization_search USING fts5 (
      name, codes, content = '', contentless_delete = 1, detail = column, prefix = '1 2 3 4 5 6 7', tokenize = 'unicode61 remove_diacritics 0'
    );
    CREATE TABLE directory (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      version INTEGER NOT NULL
    ) STRICT;
    INSERT INTO directory (one, version) VALUES (1, 0);
  `,
  fill: (db) => {
    const entries = db.read<[], Organization>('SELECT code, name FROM organization_before ORDER BY row').all();
    createDirectory(db).put(entries.map(plainEntry), null);
    db.script('DROP TABLE organization_before');
  },
};
