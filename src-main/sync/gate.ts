/** 0 commands, numbers, tails ≤ 64 kB · 1 feed and snapshot · 2 content · 3 versions of the program. The smaller goes first (sync.md, Priorities). */
export type Level = 0 | 1 | 2 | 3;

export type Gate = {
  /** Everything less urgent waits from now until `work` is over. */
  readonly run: <T>(level: Level, work: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing more urgent is at work. Asked before every piece: a page, a frame, a chunk, a read. */
  readonly clear: (level: Level) => Promise<void>;
  readonly isClear: (level: Level) => boolean;
};

/** One line, and who may use it now. Nothing is taken from whoever is at work: bulk asks before each of its small steps. */
export function createGate(): Gate {
  const atWork = [0, 0, 0, 0];
  const waiting = new Set<{ readonly level: Level; readonly go: () => void }>();

  const isClear = (level: Level): boolean => atWork.every((count, each) => each >= level || count === 0);

  function leave(level: Level): void {
    atWork[level] = (atWork[level] ?? 1) - 1;
    for (const one of [...waiting].sort((a, b) => a.level - b.level)) {
      if (!isClear(one.level)) continue;
      waiting.delete(one);
      one.go();
    }
  }

  return {
    run: async (level, work) => {
      atWork[level] = (atWork[level] ?? 0) + 1;
      try {
        return await work();
      } finally {
        leave(level);
      }
    },
    clear: async (level) => {
      // whoever was let go may find that something urgent has begun since
      while (!isClear(level)) await new Promise<void>((resolve) => waiting.add({ level, go: resolve }));
    },
    isClear,
  };
}
