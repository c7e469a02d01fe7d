/** At most so many at a time for each host; who comes later waits in line, and may leave it. */
export type Pace = {
  /** Null when `signal` ended the waiting: `work` was then not begun. */
  readonly run: <T>(host: string, signal: AbortSignal, work: () => Promise<T>) => Promise<T | null>;
};

type Lane = { busy: number; readonly waiting: (() => void)[] };

export function createPace(perHost: number): Pace {
  const lanes = new Map<string, Lane>();

  function enter(host: string, signal: AbortSignal): Promise<boolean> {
    const lane = lanes.get(host) ?? { busy: 0, waiting: [] };
    lanes.set(host, lane);
    if (signal.aborted) return Promise.resolve(false);
    if (lane.busy < perHost) {
      lane.busy += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        lane.waiting.splice(lane.waiting.indexOf(go), 1);
        resolve(false);
      };
      lane.waiting.push(go);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** The place goes to the next in line, who is counted already. */
  function leave(host: string): void {
    const lane = lanes.get(host);
    if (lane === undefined) return;
    const next = lane.waiting.shift();
    if (next !== undefined) next();
    else if (--lane.busy === 0) lanes.delete(host);
  }

  return {
    run: async (host, signal, work) => {
      if (!(await enter(host, signal))) return null;
      try {
        return await work();
      } finally {
        leave(host);
      }
    },
  };
}
