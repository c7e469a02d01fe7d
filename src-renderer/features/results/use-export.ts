import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input } from '../../../src-shared/contract/index.ts';
import type { ResultFormat } from '../../../src-shared/contract/results.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { saveBytes } from '../../pdf/save-bytes.ts';

export type Exporting =
  | { readonly step: 'idle' }
  /** `total` null: the rows are all read, and the file is being written. */
  | { readonly step: 'making'; readonly done: number; readonly total: number | null }
  | { readonly step: 'saved'; readonly name: string; readonly rows: number; readonly sizeBytes: number }
  | { readonly step: 'refused'; readonly error: AppError };

const types = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv' } as const satisfies Record<ResultFormat, string>;

type ExportDeeds = { readonly state: Exporting; readonly begin: (asked: Input<'results.begin'>) => Promise<void>; readonly stop: () => void };

/** One file at a time; whoever stops it, or leaves, gets none. */
export function useExport(): ExportDeeds {
  const bridge = useBridge();
  const [state, setState] = useState<Exporting>({ step: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const begin = useCallback(async (asked: Input<'results.begin'>): Promise<void> => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ step: 'making', done: 0, total: null });
    const tell = (next: Exporting): void => {
      if (!mine.signal.aborted) setState(next);
    };
    const begun = await bridge['results.begin'](asked);
    if (!begun.ok) return tell({ step: 'refused', error: begun.error });
    const { exportId, total } = begun.value;
    // by then it may have been stopped already
    const drop = (): void => void bridge['results.drop']({ exportId });
    if (mine.signal.aborted) return drop();
    mine.signal.addEventListener('abort', drop, { once: true });
    for (let done = 0; done < total; ) {
      const step = await bridge['results.step']({ exportId });
      if (mine.signal.aborted) return;
      if (!step.ok) return tell({ step: 'refused', error: step.error });
      ({ done } = step.value);
      tell({ step: 'making', done, total });
    }
    tell({ step: 'making', done: total, total: null });
    const file = await bridge['results.finish']({ exportId });
    if (mine.signal.aborted) return;
    mine.signal.removeEventListener('abort', drop);
    if (!file.ok) return tell({ step: 'refused', error: file.error });
    const { fileName, rows, bytes } = file.value;
    saveBytes([new Uint8Array(bytes)], fileName, types[asked.format]);
    tell({ step: 'saved', name: fileName, rows, sizeBytes: bytes.length });
  }, [bridge]);

  const stop = useCallback(() => {
    running.current?.abort();
    setState({ step: 'idle' });
  }, []);
  return { state, begin, stop };
}
