import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import type { CommandId, DocumentId } from '../../src-shared/domain/ids.ts';
import type { AppError } from '../../src-shared/result.ts';
import { useBridge, useStore } from '../bridge/use-query.ts';
import { useI18n } from '../i18n/context.tsx';
import { useToast } from '../ui/toast.tsx';
import { useCommand } from './commands.tsx';

/** What one deed left behind on one document. */
export type Undoable = { readonly id: DocumentId; readonly commands: readonly CommandId[] };

type Offer = {
  readonly words: string;
  readonly items: readonly Undoable[];
  /** Taken back, in whichever way, or too late. */
  readonly over: AbortController;
  /** What has left no command behind yet takes itself back. */
  readonly own?: () => void;
};
type UndoState = {
  /** Says what was done and, where something of it can be taken back, offers to; the newest offer answers Ctrl+Z first. */
  readonly offer: (words: string, items: readonly Undoable[]) => void;
  /** The same for what has not been done yet: `takeBack` until `over`, which ends the offer. */
  readonly offerOwn: (words: string, takeBack: () => void, over: AbortController) => void;
};

const UndoContext = createContext<UndoState>({ offer: () => undefined, offerOwn: () => undefined });

/** Most deeds that Ctrl+Z remembers; what has left for the server says so itself. */
const mostKept = 20;

export function UndoProvider({ children }: { readonly children: ReactNode }) {
  const { t, describe } = useI18n();
  const say = useToast();
  const bridge = useBridge();
  const store = useStore();
  const kept = useRef<readonly Offer[]>([]);
  const [possible, setPossible] = useState(false);

  const keep = useCallback((offers: readonly Offer[]) => {
    kept.current = offers;
    setPossible(offers.length > 0);
  }, []);

  const takeBack = useCallback(async (offer: Offer): Promise<void> => {
    const newer = kept.current.slice(kept.current.indexOf(offer) + 1);
    keep(kept.current.filter((one) => one !== offer));
    if (offer.own) {
      offer.own();
      offer.over.abort();
      return say(t('undo.done', { what: offer.words }));
    }
    const refused: AppError[] = [];
    for (const { id, commands } of offer.items) {
      const result = await bridge['documents.undo']({ id, commands: [...commands] });
      if (!result.ok) refused.push(result.error);
    }
    store.invalidate(() => true);
    const [why] = refused;
    // Something newer is built upon it: once that is taken back, this can be too
    const upon = newer.find((one) => sharesDocument(one, offer));
    if (why && upon) keep(kept.current.toSpliced(Math.max(0, kept.current.indexOf(upon)), 0, offer));
    else offer.over.abort();
    if (!why) say(t('undo.done', { what: offer.words }));
    else if (refused.length === offer.items.length) say(describe(why));
    else say(t('undo.some', { done: offer.items.length - refused.length, total: offer.items.length, why: describe(why) }));
  }, [bridge, store, say, describe, t, keep]);

  const offer = useCallback((words: string, all: readonly Undoable[]) => {
    const items = all.filter(({ commands }) => commands.length > 0);
    if (items.length === 0) return say(words);
    const made: Offer = { words, items, over: new AbortController() };
    keep([...kept.current, made].slice(-mostKept));
    // Ctrl+Z is a command of its own, so that it also reaches what an earlier line offered
    say(words, { label: t('undo.button'), run: () => void takeBack(made), until: made.over.signal });
  }, [say, t, takeBack, keep]);

  const offerOwn = useCallback((words: string, own: () => void, over: AbortController) => {
    const made: Offer = { words, items: [], over, own };
    keep([...kept.current, made].slice(-mostKept));
    over.signal.addEventListener('abort', () => keep(kept.current.filter((one) => one !== made)));
    say(words, { label: t('undo.button'), run: () => void takeBack(made), until: over.signal });
  }, [say, t, takeBack, keep]);

  useCommand({ id: 'undo', words: t('undo.command'), group: 'desk', keys: 'Ctrl+Z', run: possible ? () => { const newest = kept.current.at(-1); if (newest) void takeBack(newest); } : null });
  const value = useMemo(() => ({ offer, offerOwn }), [offer, offerOwn]);
  return <UndoContext value={value}>{children}</UndoContext>;
}

function sharesDocument(one: Offer, other: Offer): boolean {
  return one.items.some(({ id }) => other.items.some((item) => item.id === id));
}

export function useUndo(): UndoState {
  return useContext(UndoContext);
}
