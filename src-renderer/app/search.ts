import { createContext, useContext, useMemo, useState } from 'react';
import type { Folder, QuickFilter } from '../../src-shared/contract/documents.ts';

/**
 * The one search field of the window: what stands in it, and the way to change it from a chip or an example; and the quick filters of the folder
 * that is open, which another folder begins without.
 */
export type Search = {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly quickOf: (folder: Folder) => readonly QuickFilter[];
  readonly setQuick: (folder: Folder, quick: readonly QuickFilter[]) => void;
  /** The folder is left: it begins without filters the next time. Another one's stay. */
  readonly forgetQuick: (folder: Folder) => void;
};

const none: readonly QuickFilter[] = [];

export const SearchContext = createContext<Search>({ query: '', setQuery: () => undefined, quickOf: () => none, setQuick: () => undefined, forgetQuick: () => undefined });

export function useSearch(): Search {
  return useContext(SearchContext);
}

/** For the window that holds it. */
export function useSearchState(): Search {
  const [query, setQuery] = useState('');
  const [kept, setKept] = useState<{ readonly folder: Folder; readonly quick: readonly QuickFilter[] } | null>(null);
  return useMemo(
    () => ({
      query, setQuery,
      quickOf: (folder) => (kept?.folder === folder ? kept.quick : none),
      setQuick: (folder, quick) => setKept({ folder, quick }),
      forgetQuick: (folder) => setKept((old) => (old?.folder === folder ? null : old)),
    }),
    [query, kept],
  );
}
