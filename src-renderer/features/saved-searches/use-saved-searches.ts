import type { Folder, QuickFilter } from '../../../src-shared/contract/documents.ts';
import type { SavedSearch } from '../../../src-shared/contract/searches.ts';
import { goTo, type Screen } from '../../app/route.ts';
import { useSearch } from '../../app/search.ts';
import { useQuery } from '../../bridge/use-query.ts';
import type { Translate } from '../../i18n/translate.ts';

export type SavedSearches = {
  readonly searches: readonly SavedSearch[];
  /** Its words and filters into their places, in its folder. */
  readonly open: (search: SavedSearch) => void;
  /** Whether the list shows just that now. */
  readonly isOpen: (search: SavedSearch) => boolean;
};

const none: readonly SavedSearch[] = [];

/** Ways to search that this person has kept. `current`: the screen that is open. */
export function useSavedSearches(current: Screen): SavedSearches {
  const { data } = useQuery('searches.list', {});
  const { query, setQuery, quickOf, setQuick } = useSearch();
  return {
    searches: data?.searches ?? none,
    open: (search) => {
      setQuery(search.query);
      setQuick(search.folder, search.quick);
      goTo(search.folder);
    },
    isOpen: (search) => current === search.folder && query.trim() === search.query && areSame(quickOf(search.folder), search.quick),
  };
}

/** What is asked for, in a line: `Văn bản đến · hạn:hôm_nay · Hỏa tốc`. */
export function describeSearch({ folder, query, quick }: { readonly folder: Folder; readonly query: string; readonly quick: readonly QuickFilter[] }, t: Translate): string {
  return [t(`nav.${folder}`), query.trim(), ...quick.map((filter) => t(`list.filter.${filter}`))].filter((part) => part !== '').join(' · ');
}

function areSame(some: readonly QuickFilter[], others: readonly QuickFilter[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one));
}
