import { useEffect, useRef, useState } from 'react';
import type { Input } from '../../../src-shared/contract/index.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { saveBytes } from '../../pdf/save-bytes.ts';

export type Format = Input<'registers.export'>['format'];
export type RegisterFile = { readonly fileName: string; readonly bytes: Uint8Array };
export type Making =
  | { readonly step: 'idle' }
  | { readonly step: 'making' }
  | { readonly step: 'saved'; readonly name: string; readonly sizeBytes: number }
  | { readonly step: 'refused'; readonly error: AppError };

const types = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv' } as const satisfies Record<Format, string>;

export type FileDeeds = { readonly state: Making; readonly save: (format: Format) => void; readonly show: (use: (file: RegisterFile) => void) => void; readonly stop: () => void };

/** One file at a time, of the part that is asked for; whoever stops it, or leaves, gets none. */
export function useRegisterFile(asked: Omit<Input<'registers.export'>, 'format'>): FileDeeds {
  const bridge = useBridge();
  const [state, setState] = useState<Making>({ step: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function make(format: Format, use: (file: RegisterFile) => Making): Promise<void> {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ step: 'making' });
    const result = await bridge['registers.export']({ ...asked, format });
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
