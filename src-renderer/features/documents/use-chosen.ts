import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
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
  const [selection, setSelection] = useState<Selection>(noSelection);
  const now = useRef({ selection, open });
  now.current = { selection, open };
  useEffect(() => setSelection(noSelection), [key]);

  const clear = useCallback(() => setSelection((old) => (old.chosen.size === 0 && old.anchor === null ? old : noSelection)), []);
  const toggleOne = useCallback((id: DocumentId) => setSelection((old) => toggle(old, id, now.current.open)), []);
  const idsNow = useCallback(async (): Promise<readonly DocumentId[]> => {
    const result = await bridge['documents.ids'](JSON.parse(key) as ListQuery);
    return result.ok ? result.value.ids : [];
  }, [bridge, key]);
  const extendTo = useCallback(async (id: DocumentId) => {
    // Where the range begins is what was open when the key was pressed
    const { selection: from, open: begun } = now.current;
    setSelection(range(from, id, begun, await idsNow()));
  }, [idsNow]);
  const all = useCallback(async () => setSelection({ chosen: new Set(await idsNow()), anchor: now.current.open }), [idsNow]);

  return useMemo(
    () => ({ count: selection.chosen.size, ids: [...selection.chosen], has: (id) => selection.chosen.has(id), toggle: toggleOne, extendTo, all, clear }),
    [selection, toggleOne, extendTo, all, clear],
  );
}
