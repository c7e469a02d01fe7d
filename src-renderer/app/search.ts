import { createContext, useContext } from 'react';

/** The one search field of the window: what stands in it, and the way to change it from a chip or an example. */
export type Search = { readonly query: string; readonly setQuery: (query: string) => void };

export const SearchContext = createContext<Search>({ query: '', setQuery: () => undefined });

export function useSearch(): Search {
  return useContext(SearchContext);
}
