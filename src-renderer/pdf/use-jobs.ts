import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { AppError } from '../../src-shared/result.ts';
import { useBridge } from '../bridge/use-query.ts';
import { printPages } from './print.ts';
import { saveCopy } from './save-copy.ts';

/** Long work on the open document: one at a time, told by count, stopped at will. */
export type Jobs = {
  readonly running: { readonly kind: 'print' | 'save'; readonly done: number; readonly total: number } | null;
  readonly error: AppError | 'print' | null;
  readonly print: () => void;
  readonly save: () => void;
  readonly stop: () => void;
};

export function useJobs(content: ContentRef, sizeBytes: number, pdf: PDFDocumentProxy | null): Jobs {
  const bridge = useBridge();
  const [running, setRunning] = useState<Jobs['running']>(null);
  const [error, setError] = useState<Jobs['error']>(null);
  const stopper = useRef<AbortController | null>(null);

  // Work for a document that is no longer on the screen is for nobody.
  useEffect(() => () => stopper.current?.abort(), [content.sha256]);

  return useMemo(() => {
    async function run(kind: 'print' | 'save', total: number, work: (tell: (done: number) => void, signal: AbortSignal) => Promise<Jobs['error']>): Promise<void> {
      if (stopper.current) return;
      const stop = new AbortController();
      stopper.current = stop;
      setError(null);
      setRunning({ kind, done: 0, total });
      const failed = await work((done) => setRunning({ kind, done, total }), stop.signal);
      stopper.current = null;
      setRunning(null);
      if (!stop.signal.aborted) setError(failed);
    }
    return {
      running,
      error,
      stop: () => stopper.current?.abort(),
      print: () => {
        if (pdf) void run('print', pdf.numPages, async (tell, signal) => ((await printPages(pdf, tell, signal)) ? null : 'print'));
      },
      save: () => void run('save', sizeBytes, (tell, signal) => saveCopy(bridge, content, sizeBytes, tell, signal)),
    };
  }, [bridge, content, sizeBytes, pdf, running, error]);
}
