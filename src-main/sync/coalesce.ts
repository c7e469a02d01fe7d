export type Coalesced<T> = {
  /** The result of a run that began after this call; calls made during a run share the one after it. */
  readonly run: () => Promise<T>;
  readonly isRunning: () => boolean;
  /** Resolves when nothing runs. Never rejects. */
  readonly idle: () => Promise<void>;
};

/** One run at a time, however many ask. */
export function createCoalesced<T>(work: () => Promise<T>): Coalesced<T> {
  let current: Promise<T> | null = null;
  let following: Promise<T> | null = null;

  function begin(): Promise<T> {
    const mine = work().finally(() => {
      if (current === mine) current = null;
    });
    current = mine;
    return mine;
  }

  return {
    run: () => {
      if (current === null) return begin();
      following ??= current.catch(() => undefined).then(() => {
        following = null;
        return begin();
      });
      return following;
    },
    isRunning: () => current !== null,
    idle: async () => {
      for (let running = following ?? current; running !== null; running = following ?? current) await running.catch(() => undefined);
    },
  };
}
