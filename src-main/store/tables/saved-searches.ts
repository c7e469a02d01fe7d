import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../driver.ts';

type Row = { readonly id: string; readonly name: string; readonly folder: SavedSearch['folder']; readonly query: string; readonly quick: string };

export type SavedSearches = {
  readonly list: (person: PersonId) => readonly SavedSearch[];
  /** In the place of all that were there; within a transaction. */
  readonly keep: (person: PersonId, searches: readonly SavedSearch[]) => void;
};

export function createSavedSearches(db: WritableDb): SavedSearches {
  const all = db.read<[string], Row>('SELECT id, name, folder, query, quick FROM saved_search WHERE person = ? ORDER BY place');
  const clear = db.write<[string]>('DELETE FROM saved_search WHERE person = ?');
  const add = db.write<[string, number, string, string, string, string, string]>('INSERT INTO saved_search (person, place, id, name, folder, query, quick) VALUES (?, ?, ?, ?, ?, ?, ?)');
  return {
    list: (person) => all.all(person).map(({ quick, ...row }) => ({ ...row, quick: JSON.parse(quick) as SavedSearch['quick'] })),
    keep: (person, searches) => {
      clear.run(person);
      for (const [place, { id, name, folder, query, quick }] of searches.entries()) add.run(person, place, id, name, folder, query, JSON.stringify(quick));
    },
  };
}
