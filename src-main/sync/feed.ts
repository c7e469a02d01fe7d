import { z } from 'zod';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { changesResponse } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Failure, Reached, Wire } from './wire.ts';

const changesHint = z.object({ changed: z.boolean() });

export type Feed = {
  /** Brings everything down that changed since the cursor; each page and its cursor are one transaction. */
  readonly pull: () => Promise<Failure | null>;
  /** Held back by the server until something changes. A hint: losing one loses nothing. */
  readonly hint: () => Promise<Reached<{ readonly changed: boolean }>>;
};

export function createFeed(options: { wire: Wire; session: Session; desk: DeskStore; timing: SyncTiming; onChanged: (ids: readonly DocumentId[]) => void; onArrived: (ids: readonly DocumentId[]) => void }): Feed {
  const { wire, session, desk, timing, onChanged, onArrived } = options;

  function get<T>(path: string, schema: Parameters<typeof wire.call<T>>[2], cursor: string | null, timeoutMs: number): Promise<Reached<T>> {
    const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    return session.withToken((token) => wire.call('GET', `${path}${query}`, schema, { token, timeoutMs }));
  }

  return {
    pull: async () => {
      let cursor = desk.cursor();
      const firstFilling = cursor === null;
      for (let begunAgain = false; ; ) {
        const page = await get('/v1/changes', changesResponse, cursor, timing.requestMs);
        if (!page.ok) {
          if (page.failure.kind !== 'refused') return page.failure;
          // 410: the server cannot go on from our cursor. From the beginning then; outbox, drafts and content stay (I11)
          if (page.failure.status !== 410 || begunAgain) return { kind: 'later', afterMs: 0 };
          begunAgain = true;
          cursor = null;
          continue;
        }
        const { changes, next, hasMore } = page.value;
        if (changes.length > 0 || next !== cursor) {
          const arrived = firstFilling ? [] : changes.filter((change) => 'events' in change && change.events[0]?.type === 'arrived' && desk.findDocument(change.document) === null);
          const { changed } = desk.applyChanges(changes, next);
          if (changed.length > 0) onChanged(changed);
          if (arrived.length > 0) onArrived(arrived.map(({ document }) => document));
        }
        if (hasMore && next === cursor) return { kind: 'later', afterMs: 0 };
        cursor = next;
        if (!hasMore) return null;
      }
    },
    hint: () => get('/v1/changes/wait', changesHint, desk.cursor(), timing.hintMs),
  };
}
