import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { json, refuse, type Reply } from '../http/reply.ts';
import type { Call } from '../http/router.ts';
import type { ServerLimits } from '../limits.ts';
import type { Session } from '../storage/accounts.ts';
import type { Storage } from '../storage/storage.ts';

/** One unit's feed: pages of whole documents in the order they last changed, and a hint when there is more. */
export function createChanges(storage: Storage, limits: ServerLimits, now: () => number) {
  const waiting = new Map<OrganizationCode, Set<() => void>>();

  /** The counter that a cursor stands for; null when it is not one of this database's. */
  function readCursor(cursor: string | null, unit: OrganizationCode): number | null {
    if (cursor === null || cursor === '') return 0;
    const [epoch, counter] = Buffer.from(cursor, 'base64url').toString('utf8').split('.');
    const value = Number(counter);
    return epoch === storage.epoch && Number.isSafeInteger(value) && value >= 0 && value <= storage.documents.counter(unit) ? value : null;
  }

  const writeCursor = (counter: number) => Buffer.from(`${storage.epoch}.${counter}`).toString('base64url');
  // a cursor from before a restore: the client begins again, keeping its outbox (410)
  const unknownCursor = () => refuse({ code: 'input.invalid', params: { where: 'cursor' } }, {}, 410);

  return {
    /** GET /v1/changes */
    read: ({ url }: Call, session: Session): Reply => {
      const since = readCursor(url.searchParams.get('cursor'), session.unit.code);
      if (since === null) return unknownCursor();
      const asked = Number(url.searchParams.get('limit') ?? limits.pageDocuments);
      if (!Number.isInteger(asked) || asked < 1) return refuse({ code: 'input.invalid', params: { where: 'limit' } });
      const page = storage.documents.changesSince(session.unit.code, since, Math.min(asked, limits.pageDocuments), limits.pageBytes);
      return json(200, { changes: page.changes, next: writeCursor(page.next), hasMore: page.hasMore, serverTime: new Date(now()).toISOString(), scope: session.unit.code });
    },
    /** GET /v1/changes/wait */
    wait: async ({ url, signal }: Call, session: Session): Promise<Reply> => {
      const unit = session.unit.code;
      const since = readCursor(url.searchParams.get('cursor'), unit);
      if (since === null) return unknownCursor();
      if (storage.documents.counter(unit) > since) return json(200, { changed: true });
      const changed = await new Promise<boolean>((resolve) => {
        const waiters = waiting.get(unit) ?? new Set();
        waiting.set(unit, waiters);
        const end = (value: boolean) => {
          clearTimeout(timer);
          waiters.delete(wake);
          signal.removeEventListener('abort', leave);
          resolve(value);
        };
        const wake = () => end(true);
        const leave = () => end(false);
        const timer = setTimeout(leave, limits.waitMs);
        waiters.add(wake);
        signal.addEventListener('abort', leave);
        if (signal.aborted) leave();
      });
      return json(200, { changed });
    },
    notify: (unit: OrganizationCode): void => {
      for (const wake of waiting.get(unit) ?? []) wake();
    },
  };
}
