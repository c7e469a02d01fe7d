import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Conflict } from '../../../src-shared/contract/conflicts.ts';
import { useUndo } from '../../app/undo.tsx';
import { useBridge, useQuery, useStore } from '../../bridge/use-query.ts';
import { useI18n } from '../../i18n/context.tsx';
import { useToast } from '../../ui/toast.tsx';

type Settling = {
  /** What still waits for this person. */
  readonly conflicts: readonly Conflict[];
  /** Whether this deed lost to another's, chosen on or about to be. */
  readonly isClash: (id: string) => boolean;
  /** False before the first answer. */
  readonly known: boolean;
  /** What stands, stands. It can be taken back for a while, so it is told to the desk only then; a program that ends before leaves the clash where it was. */
  readonly accept: (conflict: Conflict) => void;
};

const SettlingContext = createContext<Settling>({ conflicts: [], isClash: () => false, known: false, accept: () => undefined });

/** How long an acceptance can be taken back. */
const acceptAfterMs = 8000;
const none: readonly Conflict[] = [];

/** The clashes that wait, without those that were just accepted; above the screens, so that it outlives a walk to another folder. */
export function SettlingProvider({ children }: { readonly children: ReactNode }) {
  const { t, describe } = useI18n();
  const say = useToast();
  const bridge = useBridge();
  const store = useStore();
  const { offerOwn } = useUndo();
  const { data } = useQuery('conflicts.list', {});
  const all = data?.conflicts ?? none;
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, () => void>());

  const accept = useCallback((conflict: Conflict) => {
    const { id } = conflict;
    const over = new AbortController();
    setAccepted((old) => new Set([...old, id]));
    const show = (): void => setAccepted((old) => new Set([...old].filter((one) => one !== id)));
    const finish = (): void => {
      clearTimeout(timer);
      if (!waiting.current.delete(id)) return;
      over.abort();
      void bridge['conflicts.accept']({ id }).then((result) => {
        // Settled elsewhere meanwhile is settled
        if (!result.ok && result.error.code !== 'not-found') {
          show();
          say(describe(result.error));
        }
        store.invalidate(({ channel }) => channel === 'conflicts.list' || channel === 'sync.status');
      });
    };
    const timer = setTimeout(finish, acceptAfterMs);
    waiting.current.set(id, finish);
    const takeBack = (): void => {
      clearTimeout(timer);
      waiting.current.delete(id);
      show();
    };
    offerOwn(t('conflicts.accepted', { title: conflict.title }), takeBack, over);
  }, [bridge, store, say, describe, t, offerOwn]);

  useEffect(() => {
    const finishAll = (): void => [...waiting.current.values()].forEach((finish) => finish());
    window.addEventListener('pagehide', finishAll);
    return () => window.removeEventListener('pagehide', finishAll);
  }, []);

  const value = useMemo(() => ({ conflicts: all.filter(({ id }) => !accepted.has(id)), isClash: (id: string) => all.some((one) => one.id === id), known: data !== undefined, accept }), [all, accepted, data, accept]);
  return <SettlingContext value={value}>{children}</SettlingContext>;
}

export function useConflicts(): Settling {
  return useContext(SettlingContext);
}
