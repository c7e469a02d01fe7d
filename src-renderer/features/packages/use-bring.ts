import { useRef, useState } from 'react';
import type { CarriedAction, PackageOutside } from '../../../src-shared/contract/packages.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useBridge, useStore } from '../../bridge/use-query.ts';

export type Bringing =
  | { readonly step: 'none' }
  | { readonly step: 'looking' }
  | { readonly step: 'sending'; readonly outside: PackageOutside; readonly sent: number; readonly total: number }
  | { readonly step: 'opening'; readonly outside: PackageOutside }
  | { readonly step: 'done'; readonly outside: PackageOutside; readonly actions: readonly CarriedAction[] }
  /** `file`: what to go on with; what has arrived stays at the server. */
  | { readonly step: 'refused'; readonly outside: PackageOutside | null; readonly error: AppError; readonly file: File };

const headBytes = 8 * 1024;
/** Of a slow line a short piece loses little when it is cut. */
const [leastBytes, mostBytes] = [32 * 1024, 512 * 1024];
/** As long as one piece should take. */
const pieceMs = 8000;

/** Passes a package on from where the server has it, piece by piece; chosen again, or pressed again, it goes on. */
export function useBring(): { readonly state: Bringing; readonly bring: (file: File) => Promise<void> } {
  const bridge = useBridge();
  const store = useStore();
  const [state, setState] = useState<Bringing>({ step: 'none' });
  const turn = useRef(0);

  async function bring(file: File): Promise<void> {
    const mine = ++turn.current;
    const show = (next: Bringing): void => {
      // A file chosen later has taken this one's place.
      if (mine === turn.current) setState(next);
    };
    const slice = async (from: number, length: number): Promise<Uint8Array> => new Uint8Array(await file.slice(from, from + length).arrayBuffer());
    show({ step: 'looking' });
    const opened = await bridge['packages.open']({ head: await slice(0, headBytes) });
    if (!opened.ok) return show({ step: 'refused', outside: null, error: opened.error, file });
    const { carriage, package: outside } = opened.value;
    let { offset } = opened.value;
    let piece = leastBytes * 2;
    while (offset < file.size && mine === turn.current) {
      show({ step: 'sending', outside, sent: offset, total: file.size });
      const began = performance.now();
      const bytes = await slice(offset, piece);
      const sent = await bridge['packages.send']({ carriage, offset, bytes });
      if (!sent.ok) return show({ step: 'refused', outside, error: sent.error, file });
      offset = sent.value.offset;
      piece = Math.round(Math.min(mostBytes, Math.max(leastBytes, (bytes.length / Math.max(1, performance.now() - began)) * pieceMs)));
    }
    if (mine !== turn.current) return;
    show({ step: 'opening', outside });
    const finished = await bridge['packages.finish']({ carriage });
    if (!finished.ok) return show({ step: 'refused', outside, error: finished.error, file });
    show({ step: 'done', outside, actions: finished.value.actions });
    store.invalidate(({ channel }) => channel === 'packages.waiting' || channel === 'outbox.list');
  }

  return { state, bring };
}
