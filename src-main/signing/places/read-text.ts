import { ok, type Result } from '../../../src-shared/result.ts';
import { openDocument, type PageSource } from './open-document.ts';

/** A letter has two pages; what is longer than a book is found by its first pages. */
const maxPages = 200;
const maxCharacters = 200_000;
/** Less than a thread is given, so that a long file is found by what of it was read. */
const budgetMs = 5_000;

/** The words of the pages in the order in which the file paints them. Errors: those of `openDocument`. */
export async function readText(input: PageSource): Promise<Result<{ readonly pages: number; readonly text: string }>> {
  const opened = await openDocument(input);
  if (!opened.ok) return opened;
  const document = opened.value;
  const endAt = performance.now() + budgetMs;
  try {
    let text = '';
    let pages = 0;
    while (pages < Math.min(document.numPages, maxPages) && text.length < maxCharacters && performance.now() < endAt) {
      pages += 1;
      const page = await document.getPage(pages);
      const { items } = await page.getTextContent();
      for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
      text += '\n';
      page.cleanup();
    }
    return ok({ pages, text: text.normalize('NFC').replace(/[^\S\n]+/g, ' ').replace(/\s*\n\s*/g, '\n').trim().slice(0, maxCharacters) });
  } finally {
    await document.loadingTask.destroy();
  }
}
