import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ListQuery } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useBridge } from '../../bridge/use-query.ts';
import type { DocumentList } from './use-document-list.ts';
import type { Scroller } from './use-scroller.ts';

type Anchored = { readonly key: string; readonly id: DocumentId; readonly index: number };

/**
 * Keeps the row that the person looks at where it is while rows come and go above it. At the very top nothing is held: there, what is new is
 * what the list is for.
 */
export function useAnchor({ of, list, scroller, rowPx }: { readonly of: ListQuery; readonly list: DocumentList; readonly scroller: Scroller; readonly rowPx: number }): void {
  const bridge = useBridge();
  const anchor = useRef<Anchored | null>(null);
  const key = JSON.stringify(of);
  const asked = useRef(0);
  const latest = useRef({ scroller, rowPx });
  latest.current = { scroller, rowPx };
  // A total that just came is not in the box yet: a move now would stop at the old end
  const settling = scroller.map.wholePx !== (list.total ?? 0) * rowPx;

  useLayoutEffect(() => {
    const held = anchor.current;
    if (settling || held === null || held.key !== key || scroller.topPx === 0) return;
    if (list.rowAt(held.index)?.document.id === held.id) return;
    const now = list.indexOf(held.id);
    if (now === held.index || list.rowAt(held.index) === undefined) return;
    if (now >= 0) {
      anchor.current = { ...held, index: now };
      scroller.goTo(scroller.topPx + (now - held.index) * rowPx);
      return;
    }
    // Moved further than what is held reaches: ask where it is
    const turn = ++asked.current;
    void bridge['documents.position']({ ...of, id: held.id }).then((result) => {
      if (turn !== asked.current || anchor.current !== held || !result.ok || result.value.index === null) return;
      const { scroller: then, rowPx: px } = latest.current;
      anchor.current = { ...held, index: result.value.index };
      then.goTo(then.topPx + (result.value.index - held.index) * px);
    });
  });

  // After the rows have settled: what is at the top of the screen is what is looked at
  useEffect(() => {
    if (settling) return;
    const index = Math.floor((scroller.topPx + rowPx / 2) / rowPx);
    const row = list.rowAt(index);
    anchor.current = scroller.topPx > 0 && row ? { key, id: row.document.id, index } : null;
  });
}
