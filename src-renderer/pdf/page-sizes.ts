import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState } from 'react';

/** A page as displayed (rotation applied), points. */
export type PageSize = { readonly widthPt: number; readonly heightPt: number };

// Past this many pages the first one's size stands for all until a page is seen: asking 2,000 pages would read half the file.
const askedPages = 60;

/** Sizes of all pages, so that the scroll bar is honest from the start. Null while the first is being read. */
export function usePageSizes(pdf: PDFDocumentProxy): readonly PageSize[] | null {
  const [sizes, setSizes] = useState<{ readonly of: PDFDocumentProxy; readonly pages: readonly PageSize[] } | null>(null);
  useEffect(() => {
    let left = false;
    async function read(): Promise<void> {
      const first = await sizeOf(pdf, 1);
      const pages = Array.from({ length: pdf.numPages }, () => first);
      for (let number = 2; number <= Math.min(pdf.numPages, askedPages); number++) pages[number - 1] = await sizeOf(pdf, number);
      if (!left) setSizes({ of: pdf, pages });
    }
    // The viewer tells of a file that cannot be read; here there is simply no size.
    read().catch(() => undefined);
    return () => {
      left = true;
    };
  }, [pdf]);
  return sizes?.of === pdf ? sizes.pages : null;
}

async function sizeOf(pdf: PDFDocumentProxy, number: number): Promise<PageSize> {
  const viewport = (await pdf.getPage(number)).getViewport({ scale: 1 });
  return { widthPt: viewport.width, heightPt: viewport.height };
}
