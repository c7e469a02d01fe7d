import type { Migration } from '../migrate.ts';

/** Ways to search that a person has kept, in the order in which they want them. `quick`: a JSON list of quick filters. */
export const savedSearches: Migration = {
  number: 200,
  name: 'saved searches',
  file: 'desk',
  sql: `
    CREATE TABLE saved_search (
      person TEXT NOT NULL,
      place INTEGER NOT NULL,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      folder TEXT NOT NULL,
      query TEXT NOT NULL,
      quick TEXT NOT NULL,
      PRIMARY KEY (person, place)
    ) STRICT, WITHOUT ROWID;`,
};
