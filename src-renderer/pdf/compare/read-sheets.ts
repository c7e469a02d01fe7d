import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { pairByNumber, pairPages, type Sheet } from '../../features/verification/sheets.ts';

/** A page as displayed, in PDF points. */
export type PageSize = { readonly widthPt: number; readonly heightPt: number };

export type Laid = {
  readonly sheets: readonly Sheet[];
  readonly signed: ReadonlyMap<number, PageSize>;
  readonly now: ReadonlyMap<number, PageSize>;
  /** Only pages with changes are shown: there are too many. */
  readonly onlyChanged: boolean;
};

/** Every page has to be asked for its name, one read each: past this, pages go by their numbers and only those that matter are shown. */
const mostNamed = 200;

/** Which page lies beside which, and how large each is. `changed`: pages of the present version with something on them. */
export async function readSheets(signed: PDFDocumentProxy, now: PDFDocumentProxy, changed: readonly number[]): Promise<Laid> {
  const onlyChanged = Math.max(signed.numPages, now.numPages) > mostNamed;
  if (onlyChanged) {
    const ends = signed.numPages === now.numPages ? [] : [Math.min(signed.numPages, now.numPages) + 1];
    const sheets = pairByNumber(signed.numPages, now.numPages, [...changed, ...ends]);
    const [left, right] = await Promise.all([read(signed, sheets.flatMap((sheet) => sheet.signed ?? [])), read(now, sheets.flatMap((sheet) => sheet.now ?? []))]);
    return { sheets, signed: sizes(left), now: sizes(right), onlyChanged };
  }
  const [left, right] = await Promise.all([read(signed, numbersTo(signed.numPages)), read(now, numbersTo(now.numPages))]);
  return { sheets: pairPages([...left.values()].map(nameOf), [...right.values()].map(nameOf)), signed: sizes(left), now: sizes(right), onlyChanged };
}

async function read(pdf: PDFDocumentProxy, numbers: readonly number[]): Promise<ReadonlyMap<number, PDFPageProxy>> {
  return new Map(await Promise.all(numbers.map(async (number) => [number, await pdf.getPage(number)] as const)));
}

function numbersTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function nameOf(page: PDFPageProxy): string {
  return page.ref ? `${page.ref.num} ${page.ref.gen}` : `page ${page.pageNumber}`;
}

function sizes(pages: ReadonlyMap<number, PDFPageProxy>): ReadonlyMap<number, PageSize> {
  return new Map([...pages].map(([number, page]) => {
    const { width, height } = page.getViewport({ scale: 1 });
    return [number, { widthPt: width, heightPt: height }];
  }));
}
