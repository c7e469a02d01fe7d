import { ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { DeskHandlers } from '../handlers.ts';

/** Where the words of a search stand in the contents of the documents that it found. */
export function indexingHandlers({ store }: DeskContext): Pick<DeskHandlers, 'documents.snippets'> {
  return {
    'documents.snippets': ({ ids, query }) => ok(ids.flatMap((id) => {
      const snippet = store.findSnippet(id, query);
      return snippet === null ? [] : [{ id, text: snippet.text, marks: snippet.marks.map(([from, to]): [number, number] => [from, to]) }];
    })),
  };
}
