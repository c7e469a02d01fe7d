import { PasswordException, type PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { AppError } from '../../src-shared/result.ts';
import { useBridge } from '../bridge/use-query.ts';
import { openPdf } from './open.ts';
import { readInOrder } from './patch-text.ts';

export type PdfState =
  | { readonly state: 'opening' | 'broken' | 'locked' }
  | { readonly state: 'refused'; readonly error: AppError }
  | { readonly state: 'open'; readonly pdf: PDFDocumentProxy };

/** A content that is here, as a pdf.js document; closed when the screen leaves it. */
export function usePdf(content: ContentRef, sizeBytes: number): PdfState {
  const bridge = useBridge();
  const [opened, setOpened] = useState<{ readonly of: string; readonly state: PdfState } | null>(null);

  useEffect(() => {
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
      (pdf) => {
        readInOrder(pdf);
        show({ state: 'open', pdf });
      },
      // pdf.js throws for a file it cannot read; the person is told, the file stays as it is.
      (error: unknown) => show({ state: error instanceof PasswordException ? 'locked' : 'broken' }),
    );
    // Requests under way are refused with "Worker was terminated": nobody waits for them any more.
    const close = (): void => void task.destroy().catch(() => undefined);
    return () => {
      left = true;
      // Destroyed while it opens, pdf.js throws inside its worker where nobody can catch it; after a refusal it would never open.
      if (refused) close();
      else task.promise.then(close, close);
    };
  }, [bridge, content.sha256, sizeBytes]);

  return opened?.of === content.sha256 ? opened.state : { state: 'opening' };
}
