import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PagePlace } from '../../../src-shared/contract/verification.ts';
import { comparePage } from './compare-page.ts';
import { collectAboveMb } from './limits.ts';
import type { PageFault, Question } from './messages.ts';
import { outOfTime, type FileBytes, type Renderer } from './renderer.ts';
import { createSide } from './side.ts';

/** Told as soon as it is known. */
export type Tell = {
  /** `places` empty: it looks the same. */
  readonly page: (state: number, page: number, places: readonly PagePlace[]) => void;
  readonly fault: (state: number, page: number | null, fault: PageFault) => void;
};

/**
 * Page by page: the file as it stands is drawn once, each earlier state once, however many signatures ask for it, and compared; two drawings are held at a
 * time. Pages that something came to come first: there a forger hides. Answers which limit cut it short.
 */
export async function compareStates(renderer: Renderer, file: FileBytes, { states, first, maxPages, deadlineMs }: Pick<Question, 'states' | 'first' | 'maxPages' | 'deadlineMs'>, tell: Tell): Promise<'pages' | 'time' | null> {
  const end = performance.now() + deadlineMs;
  const isLate = (): boolean => performance.now() > end;
  const documents = new Map<number, PDFDocumentProxy | null>();
  const openUpTo = async (sizeBytes: number): Promise<PDFDocumentProxy | null> => {
    if (isLate()) throw outOfTime;
    const known = documents.get(sizeBytes);
    if (known !== undefined) return known;
    const opened = await renderer.open(clip(file, sizeBytes));
    documents.set(sizeBytes, opened);
    return opened;
  };
  try {
    const present = await openUpTo(file.sizeBytes);
    const open = new Map<PDFDocumentProxy, { readonly state: number; readonly lawful: readonly PagePlace[] }[]>();
    for (const [state, { earlierBytes, lawful }] of states.entries()) {
      const document = present === null ? null : await openUpTo(earlierBytes);
      if (document === null) tell.fault(state, null, 'unreadable');
      else open.set(document, [...(open.get(document) ?? []), { state, lawful }]);
    }
    if (present === null || open.size === 0) return null;
    const pageCount = Math.max(present.numPages, ...[...open.keys()].map(({ numPages }) => numPages));
    for (const number of orderPages(pageCount, first, maxPages)) {
      const now = createSide(renderer, present, number, isLate);
      for (const [document, questions] of open) {
        const then = createSide(renderer, document, number, isLate);
        for (const { state, lawful } of questions) {
          if (isLate()) throw outOfTime;
          const found = await comparePage(then, now, number, lawful.filter(({ page }) => page === number));
          if (typeof found === 'string') tell.fault(state, number, found);
          else tell.page(state, number, found);
        }
        await then.release();
      }
      await now.release();
      if (process.memoryUsage.rss() > collectAboveMb * 1024 * 1024) globalThis.gc?.();
    }
    return pageCount > maxPages ? 'pages' : null;
  } catch (error) {
    if (error === outOfTime) return 'time';
    throw error;
  } finally {
    for (const document of documents.values()) await document?.loadingTask.destroy();
  }
}

/** At most `limit` pages: those of `first`, then the others. A file may claim a billion. */
function orderPages(count: number, first: readonly number[], limit: number): readonly number[] {
  const others = Array.from({ length: Math.min(count, limit) }, (_, i) => i + 1);
  return [...new Set([...first.filter((page) => page >= 1 && page <= count), ...others])].slice(0, limit);
}

/** The file as it was when its first `sizeBytes` bytes were all of it. */
function clip(file: FileBytes, sizeBytes: number): FileBytes {
  const size = Math.min(sizeBytes, file.sizeBytes);
  return { ...file, sizeBytes: size, read: (offset, length) => file.read(offset, Math.max(0, Math.min(length, size - offset))) };
}
