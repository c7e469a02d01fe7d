import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { AppError } from '../../src-shared/result.ts';
import { useBridge, useQuery } from '../bridge/use-query.ts';
import { openPdf } from './open.ts';

export type PdfState =
  | { readonly state: 'opening' | 'not-here' | 'broken' }
  | { readonly state: 'refused'; readonly error: AppError }
  | { readonly state: 'open'; readonly pdf: PDFDocumentProxy };

/** The content as a pdf.js document, opened once it is here and closed when the screen leaves it. */
export function usePdf(content: ContentRef): PdfState {
  const bridge = useBridge();
  const { data: info, error } = useQuery('content.info', { sha256: content.sha256 });
  const [opened, setOpened] = useState<{ readonly of: string; readonly state: PdfState } | null>(null);
  const here = info?.here === true;
  const sizeBytes = info?.sizeBytes ?? 0;

  useEffect(() => {
    if (!here) return;
    let left = false;
    let refused = false;
    const show = (state: PdfState): void => {
      if (!left) setOpened({ of: content.sha256, state });
    };
    const task = openPdf(bridge, content.sha256, sizeBytes, (refusal) => {
      refused = true;
      show({ state: 'refused', error: refusal });
    });
    task.promise.then(
      (pdf) => show({ state: 'open', pdf }),
      // pdf.js throws for a file it cannot read; the person is told, the file stays as it is.
      () => show({ state: 'broken' }),
    );
    // Requests under way are refused with "Worker was terminated": nobody waits for them any more.
    const close = (): void => void task.destroy().catch(() => undefined);
    return () => {
      left = true;
      // Destroyed while it opens, pdf.js throws inside its worker where nobody can catch it; after a refusal it would never open.
      if (refused) close();
      else task.promise.then(close, close);
    };
  }, [bridge, content.sha256, here, sizeBytes]);

  if (error) return { state: 'refused', error };
  if (info && !here) return { state: 'not-here' };
  return opened?.of === content.sha256 ? opened.state : { state: 'opening' };
}
