import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';

/** Contents looked at between two turns of the loop: a few ms. */
const atOnce = 500;

/** At the start: what every document and record of the unit names now. What is here already is not fetched. */
export async function wantEverythingMissing(desk: DeskStore, want: (content: ContentRef) => void, time: Time, stopping: AbortSignal): Promise<void> {
  for (let after: string | null = ''; after !== null && !stopping.aborted;) {
    const { missing, next } = desk.missingContents(after, atOnce);
    for (const content of missing) want(content);
    after = next;
    if (after !== null) await time.turn();
  }
}
