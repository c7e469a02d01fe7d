import { json, refuse, type Reply } from '../http/call.ts';
import type { Call } from '../http/router.ts';
import type { Session } from '../storage/port.ts';
import type { Cursors } from './cursor.ts';
import type { Deps } from './deps.ts';

/** A cursor that is not ours, or from after what was restored: the client begins again, keeping its outbox. */
export const resync = (): Reply => refuse({ code: 'sync.resync' });

/** One unit's feed, page by page in the order in which its documents last changed. */
export function createChanges({ storage, limits, now }: Deps, cursors: Cursors) {
  return {
    /** GET /v1/changes */
    read: async ({ url }: Call, session: Session): Promise<Reply> => {
      const unit = session.unit.code;
      const place = await cursors.read(unit, url.searchParams.get('cursor'));
      if (place === null) return resync();
      const asked = Number(url.searchParams.get('limit') ?? limits.pageDocuments);
      if (!Number.isInteger(asked) || asked < 1) return refuse({ code: 'input.invalid', params: { where: 'limit' } });
      const found = await storage.read(async (tx) => {
        const head = await tx.documents.head(unit);
        if (place.after > head.counter) return null;
        return { head, page: await tx.documents.changesSince(unit, { ...place, limit: Math.min(asked, limits.pageDocuments), maxBytes: limits.pageBytes }) };
      });
      if (found === null) return resync();
      const { head, page } = found;
      const next = page.hasMore ? { had: place.had, after: page.next } : { had: head.counter, after: head.counter };
      return json(200, {
        changes: page.changes, next: await cursors.write(unit, next), hasMore: page.hasMore, serverTime: new Date(now()).toISOString(), scope: unit,
        ...(page.hasMore ? {} : { digest: head.digest }),
      });
    },
  };
}
