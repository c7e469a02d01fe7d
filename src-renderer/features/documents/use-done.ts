import { useCallback } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { useUndo } from '../../app/undo.tsx';

/** Says what was done and, where it can be taken back, offers to: the newest `steps` deeds of each document. */
export function useDone(): (words: string, details: readonly DocumentDetail[], steps?: number) => void {
  const undo = useUndo();
  return useCallback((words, details, steps = 1) => {
    undo.offer(words, details.map(({ document, undo: open }) => ({ id: document.id, commands: open.slice(-steps).map(({ command }) => command) })));
  }, [undo]);
}
