import type { Deps } from './deps.ts';

/** `moved`: told after every piece that was written. */
export type Turn = { readonly moved: () => void };

/** `movedAt`: when its last byte was written, on the process's own clock. */
type Running = { readonly stop: () => void; readonly done: Promise<unknown>; movedAt: number };

/** An old request that still brings bytes is let finish: they have crossed the line and need not cross it again. */
const quietMs = 250;
const patienceMs = 5000;

/** One writer an upload: in this process the newest caller, among nodes whoever holds the claim. */
export function createTurns({ storage, limits, now, elapsed, after, node }: Deps) {
  const running = new Map<string, Running>();
  const delay = (ms: number) => new Promise<void>((resolve) => void after(ms, resolve));

  const claim = (id: string) => storage.transaction((tx) => tx.uploads.claim(id, node, now(), now() + limits.uploadClaimMs));

  /** A cut line may leave the old PATCH hanging half open: the client's next call ends it, so that the offset it is told stands still. */
  async function takeOver(id: string): Promise<void> {
    const since = elapsed();
    for (let previous = running.get(id); previous !== undefined; previous = running.get(id)) {
      const at = elapsed();
      if (at - previous.movedAt >= quietMs || at - since >= patienceMs) {
        previous.stop();
        await previous.done;
      } else await Promise.race([previous.done, delay(quietMs / 5)]);
    }
  }

  /** Runs `work` as the upload's one writer; `taken`: another node writes to it. `stop` ends its source. */
  async function take<T>(id: string, stop: () => void, work: (turn: Turn) => Promise<T>): Promise<T | 'taken'> {
    let renewedAt = elapsed();
    const mine: Running & { done: Promise<unknown> } = { stop, done: Promise.resolve(), movedAt: renewedAt };
    const moved = () => {
      mine.movedAt = elapsed();
      if (mine.movedAt - renewedAt < limits.uploadClaimMs / 3) return;
      renewedAt = mine.movedAt;
      // a node that lost its claim (it stood still for too long) writes no more
      claim(id).then((held) => void (held || stop()), stop);
    };
    const run = async (): Promise<T | 'taken'> => {
      if (!(await claim(id))) return 'taken';
      try {
        return await work({ moved });
      } finally {
        await storage.transaction((tx) => tx.uploads.unclaim(id, node));
      }
    };
    running.set(id, mine);
    const done = run().finally(() => {
      if (running.get(id) === mine) running.delete(id);
    });
    mine.done = done.catch(() => undefined);
    return done;
  }

  return { takeOver, take };
}
