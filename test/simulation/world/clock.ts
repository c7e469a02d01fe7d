import type { Time } from '../../../src-main/ports/time.ts';

/** Where every world begins: a Monday morning in the middle of a year, so that a day more or less changes no register. */
export const worldBegins = Date.UTC(2026, 5, 15, 1);

export type Clock = {
  /** ms since 1970, the world's own: what no desk knows. */
  readonly now: () => number;
  readonly elapsed: () => number;
  readonly after: (ms: number, work: () => void) => () => void;
  readonly wait: (ms: number) => Promise<void>;
  /**
   * A desk's clock: `skewMs` away from the true one. Nothing of it goes off once `alive` is false: the program it belonged to has ended.
   */
  readonly timeOf: (skewMs: () => number, alive: () => boolean) => Time;
  /** One moment after the other until nothing is left, `until` comes or `done` says so, which is asked `everyMs`. True: it was done. */
  readonly run: (options: { readonly untilMs: number; readonly everyMs: number; readonly done: () => boolean | Promise<boolean> }) => Promise<boolean>;
};

type Entry = { readonly atMs: number; readonly seq: number; readonly work: () => void; over: boolean };

/** The one clock of a world. It moves only when everything that can go on has gone on. */
export function createClock(maxEvents = 400_000): Clock {
  const heap: Entry[] = [];
  let present = worldBegins;
  let seq = 0;
  let ran = 0;

  function after(ms: number, work: () => void): () => void {
    const entry: Entry = { atMs: present + Math.max(0, Number.isFinite(ms) ? ms : 0), seq: seq++, work, over: false };
    push(heap, entry);
    return () => {
      entry.over = true;
    };
  }

  return {
    now: () => Math.floor(present),
    elapsed: () => present - worldBegins,
    after,
    wait: (ms) => new Promise((resolve) => void after(ms, resolve)),
    timeOf: (skewMs, alive) => ({
      now: () => Math.floor(present + skewMs()),
      elapsed: () => present - worldBegins,
      after: (ms, work) => after(ms, () => {
        if (alive()) work();
      }),
      turn: () => new Promise((resolve) => {
        after(0, () => {
          if (alive()) resolve();
        });
      }),
    }),
    run: async ({ untilMs, everyMs, done }) => {
      const end = present + untilMs;
      let nextLook = present;
      await settle();
      for (;;) {
        const next = heap[0];
        if (next === undefined || next.atMs >= nextLook) {
          present = Math.max(present, Math.min(nextLook, end));
          nextLook += everyMs;
          if (await done()) return true;
          await settle();
          if (present >= end) return false;
          continue;
        }
        pop(heap);
        if (next.over) continue;
        present = Math.max(present, next.atMs);
        next.work();
        if (++ran > maxEvents) throw new Error(`the world does not come to rest: ${maxEvents} events`);
        await settle();
      }
    },
  };
}

/** Everything that hangs on promises alone has gone as far as it can. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function before(one: Entry, other: Entry): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.seq < other.seq);
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up] as Entry;
    if (!before(entry, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let down = 2 * at + 1;
    if (down >= heap.length) break;
    const right = heap[down + 1];
    if (right !== undefined && before(right, heap[down] as Entry)) down++;
    const child = heap[down] as Entry;
    if (!before(child, last)) break;
    heap[at] = child;
    at = down;
  }
  heap[at] = last;
}
