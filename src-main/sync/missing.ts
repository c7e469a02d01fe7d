import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { DeskStore } from '../ports/store.ts';

const page = 200;

/** At the start: the present content of every document of the unit. What is here already is not fetched. */
export function wantEverythingMissing(desk: DeskStore, want: (content: ContentRef) => void): void {
  // together the two folders hold every document, whoever looks
  for (const folder of ['incoming', 'outgoing'] as const) {
    for (let offset = 0, total = 1; offset < total; offset += page) {
      const listed = desk.listDocuments({ folder, me: '', text: '', offset, limit: page });
      total = listed.total;
      for (const row of listed.rows) want(row.state.content);
    }
  }
}
