import { useEffect, useRef, useState } from 'react';
import type { AppError, Result } from '../../src-shared/result.ts';
import { saveBytes } from '../pdf/save-bytes.ts';

const types = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv' } as const;
export type Format = keyof typeof types;
export type MadeFile = { readonly fileName: string; readonly bytes: Uint8Array };
export type Making =
  | { readonly step: 'idle' }
  | { readonly step: 'making' }
  | { readonly step: 'saved'; readonly name: string; readonly sizeBytes: number }
  | { readonly step: 'refused'; readonly error: AppError };

export type FileDeeds = { readonly state: Making; readonly save: (format: Format) => void; readonly show: (use: (file: MadeFile) => void) => void; readonly stop: () => void };

/** One file at a time, as `ask` has it made; whoever stops it, or leaves, gets none. */
export function useMadeFile(ask: (format: Format) => Promise<Result<MadeFile>>): FileDeeds {
  const [state, setState] = useState<Making>({ step: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function make(format: Format, use: (file: MadeFile) => Making): Promise<void> {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ step: 'making' });
    const result = await ask(format);
    if (mine.signal.aborted) return;
    setState(result.ok ? use(result.value) : { step: 'refused', error: result.error });
  }

  return {
    state,
    save: (format) => void make(format, ({ fileName, bytes }) => {
      saveBytes([new Uint8Array(bytes)], fileName, types[format]);
      return { step: 'saved', name: fileName, sizeBytes: bytes.length };
    }),
    show: (use) => void make('pdf', (file) => {
      use(file);
      return { step: 'idle' };
    }),
    stop: () => {
      running.current?.abort();
      setState({ step: 'idle' });
    },
  };
}
