import { useRef, useState } from 'react';
import type { Output } from '../../../src-shared/contract/index.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge } from '../../bridge/use-query.ts';

export type ImportState =
  | { readonly state: 'none' }
  | { readonly state: 'reading'; readonly percent: number }
  | { readonly state: 'refused'; readonly error: AppError }
  | { readonly state: 'ready'; readonly file: Output<'content.finishImport'> };

// Half of the largest slice: base64 on the browser shell's door makes it a third longer again.
const sliceBytes = 512 * 1024;

/** Hands a chosen file to the backend slice by slice, so that a 500 MB scan never lies whole in this process; `onTaken` gets what is then in the store. */
export function useImport(onTaken: (file: Output<'content.finishImport'>) => void): { readonly state: ImportState; readonly take: (file: File) => Promise<void> } {
  const bridge = useBridge();
  const [state, setState] = useState<ImportState>({ state: 'none' });
  const turn = useRef(0);

  async function take(file: File): Promise<void> {
    const mine = ++turn.current;
    const show = (next: ImportState): void => {
      // A file chosen later has taken this one's place.
      if (mine === turn.current) setState(next);
    };
    show({ state: 'reading', percent: 0 });
    const begun = await bridge['content.beginImport']({ fileName: file.name.slice(0, 255) });
    if (!begun.ok) return show({ state: 'refused', error: begun.error });
    const { importId } = begun.value;
    for (let at = 0; at < file.size && mine === turn.current; at += sliceBytes) {
      const bytes = new Uint8Array(await file.slice(at, at + sliceBytes).arrayBuffer());
      const appended = await bridge['content.appendImport']({ importId, bytes });
      if (!appended.ok) return show({ state: 'refused', error: appended.error });
      show({ state: 'reading', percent: Math.floor((Math.min(at + sliceBytes, file.size) / file.size) * 100) });
    }
    if (mine !== turn.current) return;
    const finished = await bridge['content.finishImport']({ importId });
    if (!finished.ok) return show({ state: 'refused', error: finished.error });
    // Shown by whoever holds the form, which keeps it with the rest
    show({ state: 'none' });
    return onTaken(finished.value);
  }

  return { state, take };
}
