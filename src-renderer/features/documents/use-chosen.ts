import { useCallback, useMemo, useRef, useState } from 'react';
import type { ListQuery } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { noSelection, range, toggle, type Selection } from './selection.ts';

export type ChosenDocuments = {
  readonly count: number;
  readonly ids: readonly DocumentId[];
  readonly has: (id: DocumentId) => boolean;
  readonly toggle: (id: DocumentId) => void;
  /** From where the choice began to here. */
  readonly extendTo: (id: DocumentId) => Promise<void>;
  /** Everything that the list holds, up to the contract's limit. */
  readonly all: () => Promise<void>;
  readonly clear: () => void;
};

/** Documents chosen in one list; another list or question begins with none. A sync takes nothing out of the choice. */
export function useChosen(of: ListQuery, open: DocumentId | null): ChosenDocuments {
  const bridge = useBridge();
  const key = JSON.stringify(of);
  // Under the question that it is of: another one has none, at once. It is taken back while rendering and not after it, for work that React is left behind every letter of a search is an
  // error of its own once fifty come in a burst (UniKey, a text that is pasted by keys)
  const [held, setHeld] = useState<{ readonly key: string; readonly selection: Selection }>({ key, selection: noSelection });
  if (held.key !== key) setHeld({ key, selection: noSelection });
  const selection = held.key === key ? held.selection : noSelection;
  const now = useRef({ key, selection, open });
  now.current = { key, selection, open };
  const change = useCallback((next: (old: Selection) => Selection) => {
    // an answer that comes after the next question is of the one before
    if (now.current.key !== key) return;
    setHeld((old) => {
      const before = old.key === key ? old.selection : noSelection;
      const after = next(before);
      return after === before ? old : { key, selection: after };
    });
  }, [key]);

  const clear = useCallback(() => change((old) => (old.chosen.size === 0 && old.anchor === null ? old : noSelection)), [change]);
  const toggleOne = useCallback((id: DocumentId) => change((old) => toggle(old, id, now.current.open)), [change]);
  const idsNow = useCallback(async (): Promise<readonly DocumentId[]> => {
    const result = await bridge['documents.ids'](JSON.parse(key) as ListQuery);
    return result.ok ? result.value.ids : [];
  }, [bridge, key]);
  const extendTo = useCallback(async (id: DocumentId) => {
    // Where the range begins is what was open when the key was pressed
    const { selection: from, open: begun } = now.current;
    const ids = await idsNow();
    change(() => range(from, id, begun, ids));
  }, [idsNow, change]);
  const all = useCallback(async () => {
    const chosen = new Set(await idsNow());
    change(() => ({ chosen, anchor: now.current.open }));
  }, [idsNow, change]);

  return useMemo(
    () => ({ count: selection.chosen.size, ids: [...selection.chosen], has: (id) => selection.chosen.has(id), toggle: toggleOne, extendTo, all, clear }),
    [selection, toggleOne, extendTo, all, clear],
  );
}
