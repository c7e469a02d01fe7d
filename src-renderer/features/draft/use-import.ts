import { useRef, useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';
import { importFile } from './import-file.ts';

export type ImportState =
  | { readonly state: 'none' }
  | { readonly state: 'reading'; readonly percent: number }
  | { readonly state: 'refused'; readonly error: AppError }
  | { readonly state: 'ready'; readonly file: Output<'content.finishImport'> };

/** The one file of a document, where a later choice takes the place of an earlier; `onTaken` gets what is then in the store. */
export function useImport(onTaken: (file: Output<'content.finishImport'>) => void): { readonly state: ImportState; /** While it is, nothing is saved: what goes would go without it. */ readonly busy: boolean; readonly take: (file: File) => Promise<void> } {
  const bridge = useBridge();
  const [state, setState] = useState<ImportState>({ state: 'none' });
  const turn = useRef(0);

  async function take(file: File): Promise<void> {
    const mine = ++turn.current;
    // A file chosen later has taken this one's place.
    const isLeft = (): boolean => mine !== turn.current;
    setState({ state: 'reading', percent: 0 });
    const taken = await importFile(bridge, file, 'document', (percent) => !isLeft() && setState({ state: 'reading', percent }), isLeft);
    if (taken === null || isLeft()) return;
    if (!taken.ok) return setState({ state: 'refused', error: taken.error });
    // Shown by whoever holds the form, which keeps it with the rest
    setState({ state: 'none' });
    return onTaken(taken.value);
  }

  return { state, busy: state.state === 'reading', take };
}
