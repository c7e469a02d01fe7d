import { PasswordResponses, type PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import type { AppError } from '../../src-shared/result.ts';
import { useAction, useBridge } from '../bridge/use-query.ts';
import { openPdf } from './open.ts';
import { findPassword, keyOf, rememberPassword } from './passwords.ts';
import { readInOrder } from './patch-text.ts';

export type PdfState =
  | { readonly state: 'opening' | 'broken' }
  | { readonly state: 'locked'; readonly busy: boolean; readonly error: AppError | null; readonly unlock: (password: string) => void }
  | { readonly state: 'refused'; readonly error: AppError }
  | { readonly state: 'open'; readonly pdf: PDFDocumentProxy };

// One object: a refusal that stays is not a new one
const wrongPassword: AppError = { code: 'pdf.password-wrong' };

type Opened = { readonly of: string; readonly state: Exclude<PdfState, { readonly state: 'locked' }> | { readonly state: 'locked'; readonly wrong: boolean; readonly answer: (password: string) => void } };

/**
 * A content that is here, as a pdf.js document; closed when the screen leaves it. An encrypted one waits for its password. A `sizeBytes` short of the whole
 * opens the earlier version that ends there: what came later was appended.
 */
export function usePdf(content: ContentRef, sizeBytes: number, document: DocumentId | undefined): PdfState {
  const bridge = useBridge();
  const tell = useAction('content.unlock');
  const key = keyOf(document, content);
  const version = `${content.sha256} ${sizeBytes}`;
  const [opened, setOpened] = useState<Opened | null>(null);

  useEffect(() => {
    let left = false;
    let refused = false;
    const show = (state: Opened['state']): void => {
      if (!left) setOpened({ of: version, state });
    };
    const task = openPdf(bridge, content.sha256, sizeBytes, (refusal) => {
      refused = true;
      show({ state: 'refused', error: refusal });
    });
    let waiting = false;
    let tried: string | null = null;
    task.onPassword = (answer: (password: string) => void, reason: number) => {
      const kept = findPassword(key);
      // Asked once in this window: the next reading of the file opens by itself
      if (kept !== null && tried === null) {
        tried = kept;
        return answer(kept);
      }
      waiting = true;
      show({ state: 'locked', wrong: reason === PasswordResponses.INCORRECT_PASSWORD && tried !== kept, answer: (password) => {
        waiting = false;
        tried = password;
        answer(password);
      } });
    };
    task.promise.then(
      (pdf) => {
        if (tried !== null) rememberPassword(key, tried);
        readInOrder(pdf);
        show({ state: 'open', pdf });
      },
      // pdf.js throws for a file it cannot read; the person is told, the file stays as it is.
      () => show({ state: 'broken' }),
    );
    // Requests under way are refused with "Worker was terminated": nobody waits for them any more.
    const close = (): void => void task.destroy().catch(() => undefined);
    return () => {
      left = true;
      // Destroyed while it opens, pdf.js throws inside its worker where nobody can catch it; after a refusal, or without its password, it would never open.
      if (refused || waiting) close();
      else task.promise.then(close, close);
    };
  }, [bridge, content.sha256, sizeBytes, version, key]);

  if (opened?.of !== version) return { state: 'opening' };
  const { state } = opened;
  if (state.state !== 'locked') return state;

  async function unlock(password: string, answer: (password: string) => void): Promise<void> {
    // The desk's word first: what it can open it can sign
    if (document !== undefined && !(await tell.run({ id: document, password })).ok) return;
    answer(password);
  }
  const error = tell.error ?? (state.wrong ? wrongPassword : null);
  return { state: 'locked', busy: tell.busy, error, unlock: (password) => void unlock(password, state.answer) };
}
