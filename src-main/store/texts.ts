import type { DocumentState } from '../../src-shared/domain/document.ts';
import { foldedWords } from '../../src-shared/domain/fold.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { parseSearch } from '../../src-shared/domain/search-query.ts';
import { makeSnippet } from '../../src-shared/domain/snippet.ts';
import type { DeskStore } from '../ports/store.ts';
import type { WritableDb } from './driver.ts';
import { createContentTexts } from './tables/content-texts.ts';
import { createDocumentWords, searchText } from './tables/document-words.ts';

/** What contents say: put into the search, and shown where it was found. `changing`: one transaction that lists hang on. */
export function createTexts(
  db: WritableDb,
  find: (id: DocumentId) => { readonly state: DocumentState } | null,
  changing: (work: () => void) => void,
): Pick<DeskStore, 'keepContentText' | 'isTextKept' | 'contentsWithoutText' | 'findSnippet'> {
  const texts = createContentTexts(db);
  const words = createDocumentWords(db);
  return {
    keepContentText: (sha256, read) => changing(() => {
      texts.keep(sha256, read);
      if (read.outcome === 'text') words.again(sha256);
    }),
    isTextKept: texts.isRead,
    contentsWithoutText: texts.unread,
    findSnippet: (id, query) => {
      const state = find(id)?.state;
      if (state === undefined) return null;
      const asked = [...new Set(foldedWords(parseSearch(query).words))];
      const own = searchText(state).split(' ');
      // what the row shows by itself needs no other line
      if (asked.every((word) => own.some((known) => known.startsWith(word)))) return null;
      const text = texts.find(state.content.sha256);
      return text === null ? null : makeSnippet(text, asked);
    },
  };
}
