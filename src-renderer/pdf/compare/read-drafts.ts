import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { PagePlace } from '../../../src-shared/contract/verification.ts';
import { pairByNumber, pairPages } from '../../features/verification/sheets.ts';
import { differingBlocks, linesOf, type Line } from './lines.ts';
import type { Laid, PageSize } from './read-sheets.ts';

export type ReadDrafts = { readonly laid: Laid; /** Where words stand on the later one that the earlier has not; a page with none is one from which some were taken. */ readonly places: readonly { readonly page: number; readonly place: PagePlace | null }[] };

type Place = ReadDrafts['places'][number];

/** Every word of both is read: past this many pages they are laid beside each other by their numbers alone. */
const mostRead = 200;

/** Two files of one document: pages of the same words beside each other, and what is written otherwise on the later one. Pictures and seals are not compared. */
export async function readDrafts(earlier: PDFDocumentProxy, later: PDFDocumentProxy): Promise<ReadDrafts> {
  const long = Math.max(earlier.numPages, later.numPages) > mostRead;
  const [left, right] = await Promise.all([readPages(earlier, long), readPages(later, long)]);
  const sheets = long
    ? pairByNumber(earlier.numPages, later.numPages, Array.from({ length: Math.max(earlier.numPages, later.numPages) }, (_, index) => index + 1))
    : pairPages(left.map(({ text }) => text), right.map(({ text }) => text));
  const places = sheets.flatMap(({ signed, now }): readonly Place[] => {
    const [before, after] = [signed === null ? undefined : left[signed - 1], now === null ? undefined : right[now - 1]];
    if (!before || !after || now === null || before.text === after.text) return [];
    const blocks = differingBlocks(before.lines, after.lines);
    return blocks.length === 0 ? [{ page: now, place: null }] : blocks.map((block) => ({ page: now, place: { page: now, ...block } }));
  });
  return { laid: { sheets, signed: sizesOf(left), now: sizesOf(right), onlyChanged: false }, places };
}

type ReadPage = { readonly size: PageSize; readonly lines: readonly Line[]; readonly text: string };

async function readPages(pdf: PDFDocumentProxy, sizesOnly: boolean): Promise<readonly ReadPage[]> {
  const pages: ReadPage[] = [];
  // One after the other: each costs the worker a page
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(await pdf.getPage(number), sizesOnly));
  return pages;
}

async function readPage(page: PDFPageProxy, sizeOnly: boolean): Promise<ReadPage> {
  const viewport = page.getViewport({ scale: 1 });
  const { items } = sizeOnly ? { items: [] } : await page.getTextContent();
  const lines = linesOf(
    items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [x, y] = viewport.convertToViewportPoint(item.transform[4] as number, item.transform[5] as number) as [number, number];
      return [{ text: item.str, x, y, width: item.width, height: item.height }];
    }),
  );
  return { size: { widthPt: viewport.width, heightPt: viewport.height }, lines, text: lines.map(({ text }) => text).join('\n') };
}

function sizesOf(pages: readonly ReadPage[]): ReadonlyMap<number, PageSize> {
  return new Map(pages.map(({ size }, index) => [index + 1, size]));
}
