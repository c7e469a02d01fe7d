import { eventNames, type Bridge, type Channel, type EventName, type EventPayload, type Input, type Output } from '../../src-shared/contract/index.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import { isStaleAfter, type QueryName } from './invalidation.ts';

/** What a screen knows of one query. Old data stays while new data is fetched: no spinner over what is already here. */
export type QueryState<T> = { readonly data: T | undefined; readonly error: AppError | null; readonly fetching: boolean };

type Entry = { readonly name: QueryName; state: QueryState<unknown>; version: number; asked: number; readonly listeners: Set<() => void> };

export type QueryStore = {
  readonly bridge: Bridge;
  readonly peek: <C extends Channel>(channel: C, input: Input<C>) => QueryState<Output<C>>;
  /** Counts every change of the query's state; 0 when it was never asked. */
  readonly version: (channel: Channel, input: unknown) => number;
  /** Fetches when nothing is held yet; tells of every change until the returned function is called. */
  readonly subscribe: <C extends Channel>(channel: C, input: Input<C>, listener: () => void) => () => void;
  /** Re-fetches what is on a screen and drops what is not. */
  readonly invalidate: (stale: (query: QueryName) => boolean) => void;
  readonly close: () => void;
};

const nothingYet: QueryState<never> = { data: undefined, error: null, fetching: true };

export function createQueryStore(bridge: Bridge): QueryStore {
  const entries = new Map<string, Entry>();
  const stops = eventNames.map((event) =>
    // A switched desk gets a new store; here it would only fetch the old desk's screens once more.
    bridge.on(event, (payload) => {
      if (event !== 'desk.switched') invalidate((query) => isStaleAfter(event, payload as EventPayload<EventName>, query));
    }),
  );

  function set(entry: Entry, state: QueryState<unknown>): void {
    entry.state = state;
    entry.version++;
    for (const listener of entry.listeners) listener();
  }

  async function fetch(entry: Entry): Promise<void> {
    const asked = ++entry.asked;
    const call = bridge[entry.name.channel] as (input: unknown) => Promise<Result<unknown>>;
    const result = await call(entry.name.input);
    // A newer question is under way; its answer is the one that counts.
    if (asked !== entry.asked) return;
    // A door that closed on the question answered nothing; when it opens, everything on the screen is asked again (app.tsx).
    if (!result.ok && result.error.params?.['ref'] === 'door-closed') return;
    set(entry, result.ok ? { data: result.value, error: null, fetching: false } : { data: entry.state.data, error: result.error, fetching: false });
  }

  function invalidate(stale: (query: QueryName) => boolean): void {
    for (const [key, entry] of entries) {
      if (!stale(entry.name)) continue;
      if (entry.listeners.size > 0) void fetch(entry);
      else entries.delete(key);
    }
  }

  return {
    bridge,
    peek: (channel, input) => (entries.get(keyOf(channel, input))?.state ?? nothingYet) as QueryState<never>,
    version: (channel, input) => entries.get(keyOf(channel, input))?.version ?? 0,
    subscribe: (channel, input, listener) => {
      const key = keyOf(channel, input);
      let entry = entries.get(key);
      if (!entry) {
        entry = { name: { channel, input }, state: nothingYet, version: 0, asked: 0, listeners: new Set() };
        entries.set(key, entry);
        void fetch(entry);
      }
      const held = entry;
      held.listeners.add(listener);
      return () => held.listeners.delete(listener);
    },
    invalidate,
    close: () => {
      for (const stop of stops) stop();
      entries.clear();
    },
  };
}

function keyOf(channel: Channel, input: unknown): string {
  return `${channel} ${JSON.stringify(input)}`;
}
