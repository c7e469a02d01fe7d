import { createContext, useCallback, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import type { Bridge, Channel, Input, Output } from '../../src-shared/contract/index.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import type { QueryState, QueryStore } from './query-store.ts';

export const StoreContext = createContext<QueryStore | null>(null);

export function useStore(): QueryStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('no query store above this component');
  return store;
}

export function useBridge(): Bridge {
  return useStore().bridge;
}

/** What the backend says to `channel` with `input`, kept fresh by events. */
export function useQuery<C extends Channel>(channel: C, input: Input<C>): QueryState<Output<C>> {
  const store = useStore();
  const key = JSON.stringify(input);
  // The key stands for the input: a new object with the same words is the same question.
  const subscribe = useCallback((listener: () => void) => store.subscribe(channel, JSON.parse(key) as Input<C>, listener), [store, channel, key]);
  return useSyncExternalStore(subscribe, () => store.peek(channel, input));
}

/** Several questions to one channel, such as the pages of a long list. */
export function useQueries<C extends Channel>(channel: C, inputs: readonly Input<C>[]): readonly QueryState<Output<C>>[] {
  const store = useStore();
  const key = JSON.stringify(inputs);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = (JSON.parse(key) as Input<C>[]).map((input) => store.subscribe(channel, input, listener));
      return () => stops.forEach((stop) => stop());
    },
    [store, channel, key],
  );
  const versions = useSyncExternalStore(subscribe, () => inputs.map((input) => store.version(channel, input)).join());
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the inputs, the versions for their answers
  return useMemo(() => inputs.map((input) => store.peek(channel, input)), [store, channel, key, versions]);
}

export type Action<C extends Channel> = {
  readonly run: (input: Input<C>) => Promise<Result<Output<C>>>;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly clear: () => void;
};

/** A deed: run it, say when it is under way, keep its refusal for the screen. */
export function useAction<C extends Channel>(channel: C): Action<C> {
  const store = useStore();
  const [state, setState] = useState<{ busy: boolean; error: AppError | null }>({ busy: false, error: null });
  const run = useCallback(
    async (input: Input<C>) => {
      setState({ busy: true, error: null });
      const call = store.bridge[channel] as (input: Input<C>) => Promise<Result<Output<C>>>;
      const result = await call(input);
      setState({ busy: false, error: result.ok ? null : result.error });
      // Events say what changed; this covers what has no event (the practice line, the outbox after a dismissal).
      if (result.ok) store.invalidate((query) => query.channel !== 'tokens.list' && query.channel !== 'signing.images');
      return result;
    },
    [store, channel],
  );
  const clear = useCallback(() => setState({ busy: false, error: null }), []);
  return { run, clear, ...state };
}
