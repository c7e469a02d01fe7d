import { useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useAction, useBridge } from '../../bridge/use-query.ts';
import { saveBytes } from '../../pdf/save-bytes.ts';

/** `undefined`: the newest; null: the one that was kept without its time. */
export type WhichReport = string | null | undefined;

export type ReportDeeds = {
  readonly check: () => void;
  readonly save: (which: WhichReport) => void;
  readonly print: () => void;
  readonly busy: 'check' | 'save' | 'print' | null;
  readonly error: AppError | 'print' | null;
};

/** Examines anew, and hands the report over as a file or on paper. */
export function useReportDeeds(id: DocumentId): ReportDeeds {
  const bridge = useBridge();
  const check = useAction('verification.check');
  const [state, setState] = useState<Pick<ReportDeeds, 'busy' | 'error'>>({ busy: null, error: null });

  async function fetchPrintable(which: WhichReport, busy: 'save' | 'print', use: (file: { readonly fileName: string; readonly bytes: Uint8Array }) => Promise<ReportDeeds['error']>): Promise<void> {
    setState({ busy, error: null });
    const result = await bridge['verification.printable']({ id, ...(which === undefined ? {} : { checkedAt: which }) });
    setState({ busy: null, error: result.ok ? await use(result.value) : result.error });
  }

  return {
    check: () => void check.run({ id }),
    save: (which) => void fetchPrintable(which, 'save', async ({ fileName, bytes }) => {
      saveBytes([new Uint8Array(bytes)], fileName);
      return null;
    }),
    print: () => void fetchPrintable(undefined, 'print', async ({ bytes }) => {
      // pdf.js comes in a file of its own
      const { printBytes } = await import('../../pdf/print-bytes.ts');
      return (await printBytes(bytes)) ? null : 'print';
    }),
    busy: check.busy ? 'check' : state.busy,
    error: check.error ?? state.error,
  };
}
