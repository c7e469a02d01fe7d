import type { CommandId } from '../../src-shared/domain/ids.ts';
import { changesResponse } from '../../src-shared/protocol/wire.ts';
import type { Log } from '../ports/log.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import type { Arrivals } from './arrivals.ts';
import { again, type Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Session } from './session.ts';
import type { Snapshot } from './snapshot.ts';
import type { Wire } from './wire.ts';

export type Feed = {
  /** Brings everything down that changed since the cursor; each page and its cursor are one transaction. */
  readonly pull: () => Promise<Failure | null>;
  /** One small question: is there a line, and whose? Takes what it brings. */
  readonly probe: () => Promise<Failure | null>;
  /** What the server has said yes to is to be asked again: at its end the feed did not tell of it. Each is asked again once. */
  readonly doubts: () => boolean;
  /** The server cannot go on from where this desk stands, or the two do not hold the same: a snapshot is fetched with the next pull. */
  readonly resync: () => void;
};

export type FeedOptions = { readonly wire: Wire; readonly session: Session; readonly desk: DeskStore; readonly snapshot: Snapshot; readonly arrivals: Arrivals; readonly gate: Gate; readonly time: Time; readonly log: Log };

/** A digest that differs again after it was healed is a fault of ours, not of the line: it is told, and not healed in a circle. */
const healAgainMs = 6 * 3_600_000;

export function createFeed({ wire, session, desk, snapshot, arrivals, gate, time, log }: FeedOptions): Feed {
  let resyncNeeded = false;
  /** A desk that is filled for the first time: nothing in it has newly arrived. */
  let filling = desk.cursor() === null;
  let healedAt = Number.NEGATIVE_INFINITY;
  const doubted = new Set<CommandId>();
  let doubts = false;

  type Step = { readonly more: boolean } | { readonly failure: Failure };

  async function page(limit: number | null): Promise<Step> {
    const answered = desk.answered();
    const cursor = desk.cursor();
    const query = new URLSearchParams({ ...(cursor === null ? {} : { cursor }), ...(limit === null ? {} : { limit: String(limit) }) }).toString();
    const answer = await session.withToken((token) => wire.call('GET', `/v1/changes${query === '' ? '' : `?${query}`}`, changesResponse, { token }));
    if (!answer.ok) return refused(answer.failure);
    const { changes, next, hasMore, scope, digest } = answer.value;
    // another unit's feed under our cursor, or a page that leads nowhere
    if ((desk.scope() ?? scope) !== scope) return renew('scope');
    if (hasMore && next === cursor) return { failure: again };
    if (changes.length > 0 || next !== cursor) {
      const fresh = arrivals.among(changes, filling);
      const applied = desk.applyChanges(changes, next, { after: cursor, scope });
      if (!applied.fits) return renew('gap');
      arrivals.tell(applied, fresh);
      // overtaken by another page: asked again from where the desk stands
      if (desk.cursor() !== next) return { more: true };
    }
    if (!hasMore) filling = false;
    if (!hasMore && digest !== undefined && digest !== desk.digest()) return differs();
    if (!hasMore) doubt(answered);
    return { more: hasMore };
  }

  /**
   * What was answered before a page was asked for, and stands in no page up to the end, is not at the server: its document was taken away before this desk
   * had heard of it, and no tombstone is told to whoever was filled from a snapshot since. A server that was set back to an older state has the
   * same look, so it is asked once more; it carries out then what it does not know.
   */
  function doubt(answered: readonly CommandId[]): void {
    const still = new Set(desk.answered());
    const missing = answered.filter((id) => still.has(id));
    const fresh = missing.filter((id) => !doubted.has(id));
    const gone = missing.filter((id) => doubted.delete(id));
    if (gone.length > 0) {
      log('info', 'what was answered is gone', { commands: gone.length });
      arrivals.tell(desk.forgetAnswered(gone), []);
    }
    if (fresh.length === 0) return;
    for (const id of fresh) doubted.add(id);
    doubts = true;
    arrivals.tell({ changed: desk.askAgain(fresh), gone: [], dropped: [] }, []);
  }

  function refused(failure: Failure): Step {
    if (failure.kind !== 'refused') return { failure };
    if (failure.status === 410) return renew('cursor');
    if (failure.status === 403) return { failure: session.pause() };
    return { failure: again };
  }

  function renew(why: string): Step {
    log('info', 'the feed begins anew', { why });
    resyncNeeded = true;
    return { more: true };
  }

  function differs(): Step {
    if (time.now() - healedAt < healAgainMs && time.now() >= healedAt) {
      log('error', 'the digest differs again after a snapshot', {});
      return { more: false };
    }
    healedAt = time.now();
    return renew('digest');
  }

  return {
    probe: async () => {
      if (desk.cursor() === null || resyncNeeded || desk.snapshotUnderWay() !== null) return snapshot.ask();
      const step = await page(probeDocuments);
      return 'failure' in step ? step.failure : null;
    },
    pull: async () => {
      for (;;) {
        await gate.clear(1);
        if (resyncNeeded || desk.cursor() === null || desk.snapshotUnderWay() !== null) {
          const outcome = await snapshot.fetch();
          // nothing to be had ready-made: from the beginning of the feed, which a desk without a cursor can do
          if (outcome !== 'none') {
            if (outcome !== 'done') return outcome;
            resyncNeeded = false;
          } else if (desk.cursor() !== null) return again;
        }
        const step = await page(null);
        if ('failure' in step) return step.failure;
        if (!step.more) return null;
      }
    },
    doubts: () => {
      const had = doubts;
      doubts = false;
      return had;
    },
    resync: () => {
      resyncNeeded = true;
    },
  };
}

const probeDocuments = 20;

