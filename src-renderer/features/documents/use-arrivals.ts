import { useCallback, useEffect, useState } from 'react';
import type { Folder } from '../../../src-shared/contract/documents.ts';
import { useBridge } from '../../bridge/use-query.ts';

/** How many documents came in above while the person was further down; none at the top, where they are seen. */
export function useArrivals(folder: Folder, atTop: boolean): { readonly count: number; readonly seen: () => void } {
  const bridge = useBridge();
  const [count, setCount] = useState(0);
  const seen = useCallback(() => setCount(0), []);
  useEffect(() => bridge.on('documents.arrived', ({ ids }) => setCount((old) => old + ids.length)), [bridge]);
  useEffect(seen, [folder, seen]);
  useEffect(() => {
    if (atTop) seen();
  }, [atTop, count, seen]);
  return { count: folder === 'incoming' ? count : 0, seen };
}
