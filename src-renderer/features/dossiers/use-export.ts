import { useEffect, useRef, useState } from 'react';
import type { Bridge } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { saveExport } from './save-export.ts';

export type Exporting =
  | { readonly step: 'idle' }
  /** `total` null: the package is being made on this machine, and nobody knows its size yet. */
  | { readonly step: 'saving'; readonly done: number; readonly total: number | null }
  | { readonly step: 'saved'; readonly name: string; readonly sizeBytes: number }
  | { readonly step: 'refused'; readonly error: AppError };
export type Taking = { readonly state: Exporting; readonly begin: (id: DocumentId) => Promise<void>; readonly stop: () => void };

/** One package at a time; leaving the page stops it, and lets go of what was made for it. */
export function useExport(bridge: Bridge): Taking {
  const [state, setState] = useState<Exporting>({ step: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function begin(id: DocumentId): Promise<void> {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const show = (next: Exporting): void => {
      if (!mine.signal.aborted) setState(next);
    };
    show({ step: 'saving', done: 0, total: null });
    const result = await saveExport(bridge, id, mine.signal, (done, total) => show({ step: 'saving', done, total }));
    if (!result.ok) show({ step: 'refused', error: result.error });
    else if (result.value !== null) show({ step: 'saved', ...result.value });
  }

  function stop(): void {
    running.current?.abort();
    setState({ step: 'idle' });
  }

  return { state, begin, stop };
}
