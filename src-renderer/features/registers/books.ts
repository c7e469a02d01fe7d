import type { Output } from '../../../src-shared/contract/index.ts';

export type Book = Output<'registers.books'>['books'][number];

/** One book may hold two registers: of arrivals, and of what became of them. */
export function keyOf({ book, register }: Pick<Book, 'book' | 'register'>): string {
  return `${register} ${book}`;
}

/** A part of a register; both ends belong to it, null leaves an end open. Days `yyyy-mm-dd`. */
export type Part = { readonly from: number | null; readonly to: number | null; readonly fromDate: string | null; readonly toDate: string | null };
export const wholeBook: Part = { from: null, to: null, fromDate: null, toDate: null };

export function isWhole({ from, to, fromDate, toDate }: Part): boolean {
  return from === null && to === null && fromDate === null && toDate === null;
}

/** Which ends stand the wrong way round. */
export function wrongEnds({ from, to, fromDate, toDate }: Part): { readonly numbers: boolean; readonly days: boolean } {
  return { numbers: from !== null && to !== null && to < from, days: fromDate !== null && toDate !== null && toDate < fromDate };
}
