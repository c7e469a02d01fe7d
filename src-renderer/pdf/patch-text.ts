import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { repairText, type TextRun } from './repair-text.ts';

/** pdf.js' text of a page; an item without `str` is a mark of the document's structure. */
type Content = { readonly items: readonly (TextRun | { readonly type: string })[]; readonly styles: Readonly<Record<string, unknown>>; readonly lang: string | null };

/**
 * Makes every reader of the document's words (the selectable layer, the search, the copy) see them in order. The pages are pdf.js' own
 * and are shared by all its parts, so this is the one place where all of them can be reached; `getTextContent` reads the stream as well.
 */
export function readInOrder(pdf: PDFDocumentProxy): void {
  const getPage = pdf.getPage.bind(pdf);
  const patched = new WeakSet<PDFPageProxy>();
  pdf.getPage = async (number) => {
    const page = await getPage(number).catch((error: unknown) => {
      // The viewer asks for the first page and leaves nobody to hear that its document was closed before the answer
      if (pdf.loadingTask.destroyed) return new Promise<never>(() => undefined);
      throw error;
    });
    if (!patched.has(page)) {
      patched.add(page);
      patchPage(page);
    }
    return page;
  };
}

function patchPage(page: PDFPageProxy): void {
  const original = page.streamTextContent.bind(page);
  page.streamTextContent = (options) => {
    const reader = (original(options) as ReadableStream<Content>).getReader();
    // Late letters are known only once their line is whole, so a page's words come at once.
    return new ReadableStream<Content>({
      start: async (controller) => {
        const chunks: Content[] = [];
        for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
        controller.enqueue(inOrder(chunks));
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };
}

function inOrder(chunks: readonly Content[]): Content {
  const items = chunks.flatMap((chunk) => chunk.items);
  const runs = items.filter((item): item is TextRun => 'str' in item);
  const repaired = repairText(runs);
  const same = repaired.length === runs.length && repaired.every((run, index) => run === runs[index]);
  // The search and the layer must see the same runs. Where runs were joined, the marks between them have lost their meaning.
  return { items: same ? items : repaired, styles: Object.assign({}, ...chunks.map((chunk) => chunk.styles)) as Content['styles'], lang: chunks.find((chunk) => chunk.lang)?.lang ?? null };
}
