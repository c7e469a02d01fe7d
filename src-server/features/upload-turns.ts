import { AppFailure } from '../../src-shared/result.ts';
import type { Deps } from './deps.ts';

export type Turn = {
  /** Told after every piece that was written. */
  readonly moved: () => void;
  /** The source, a piece at a time, for as long as the upload is this node's: nothing is written under a claim that may have run out. Throws `upload.elsewhere` when it has. */
  readonly guard: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** Keeps the claim while work goes on that brings no pieces. */
  readonly hold: <T>(work: () => Promise<T>) => Promise<T>;
};

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
    const turn: Turn = {
      moved: () => void (mine.movedAt = elapsed()),
      guard: async function* (source) {
        for await (const piece of source) {
          if (elapsed() - renewedAt >= limits.uploadClaimMs / 3) {
            if (!(await claim(id))) {
              stop();
              throw new AppFailure('upload.elsewhere');
            }
            renewedAt = elapsed();
          }
          yield piece;
        }
      },
      hold: async (hard) => {
        let cancel = (): void => undefined;
        const renew = () => {
          cancel = after(limits.uploadClaimMs / 3, () => {
            claim(id).catch(() => undefined);
            renew();
          });
        };
        renew();
        try {
          return await hard();
        } finally {
          cancel();
        }
      },
    };
    const run = async (): Promise<T | 'taken'> => {
      if (!(await claim(id))) return 'taken';
      try {
        return await work(turn);
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
