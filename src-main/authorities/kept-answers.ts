import type { Result } from '../../src-shared/result.ts';
import type { RevocationAnswer } from '../ports/authorities.ts';

/** Answers in memory, so that a batch asks once: until the authority will have news, an hour at most. A restart asks anew. */
export type KeptAnswers = {
  /**
   * `ask` runs when nothing is kept. Who comes while it runs waits for it and takes what it brings, unless it ended with its own caller's patience: then the
   * next one asks. Null: `signal` ended the waiting. `fresh`: what is kept is passed over; who asks at this moment is waited for all the same.
   */
  readonly answer: (key: string, signal: AbortSignal, ask: () => Promise<Asked>, fresh?: boolean) => Promise<Result<RevocationAnswer> | null>;
};
/** `shared`: says something of the service, and not of one caller's deadline or signal. */
export type Asked = { readonly result: Result<RevocationAnswer>; readonly shared: boolean };

const longestMs = 3600_000;
const mostKept = 500;

export function createKeptAnswers(now: () => Date): KeptAnswers {
  const kept = new Map<string, { readonly answer: RevocationAnswer; readonly until: number }>();
  const asking = new Map<string, Promise<Asked>>();

  function find(key: string): RevocationAnswer | null {
    const found = kept.get(key);
    if (found === undefined) return null;
    if (found.until > now().getTime()) return found.answer;
    kept.delete(key);
    return null;
  }

  function keep(key: string, answer: RevocationAnswer): void {
    // who does not know today may know in a minute
    if (answer.status === 'unknown') return;
    // the oldest goes: a Map keeps the order of coming
    const [first] = kept.size >= mostKept ? kept.keys() : [];
    if (first !== undefined) kept.delete(first);
    kept.set(key, { answer, until: keptUntil(answer, now()) });
  }

  return {
    answer: async (key, signal, ask, fresh = false) => {
      for (;;) {
        const found = fresh ? null : find(key);
        if (found !== null) return { ok: true, value: found };
        const running = asking.get(key);
        if (running === undefined) break;
        const asked = await orEnd(running, signal);
        if (asked === null) return null;
        if (asked.shared) return asked.result;
      }
      const asked = ask();
      asking.set(key, asked);
      try {
        const { result } = await asked;
        if (result.ok) keep(key, result.value);
        return result;
      } finally {
        asking.delete(key);
      }
    },
  };
}

export function keptUntil(answer: Pick<RevocationAnswer, 'nextUpdate'>, now: Date): number {
  return Math.min(answer.nextUpdate?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + longestMs);
}

function orEnd(running: Promise<Asked>, signal: AbortSignal): Promise<Asked | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const leave = (): void => resolve(null);
    signal.addEventListener('abort', leave, { once: true });
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave)).catch(reject);
  });
}
