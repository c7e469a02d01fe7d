import { useRef } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useQueries } from '../../bridge/use-query.ts';

export type FoundIn = Output<'documents.snippets'>[number];

/** Where the words of a search stand in the contents of these documents. What was found stays while the next rows are asked for. */
export function useSnippets(ids: readonly DocumentId[], query: string): ReadonlyMap<DocumentId, FoundIn> {
  const [answer] = useQueries('documents.snippets', query.trim() === '' || ids.length === 0 ? [] : [{ ids: [...ids], query }]);
  const kept = useRef({ query, found: new Map<DocumentId, FoundIn>() });
  if (kept.current.query !== query) kept.current = { query, found: new Map() };
  for (const snippet of answer?.data ?? []) kept.current.found.set(snippet.id, snippet);
  return kept.current.found;
}
