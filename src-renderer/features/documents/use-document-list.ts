import { useRef } from 'react';
import type { DocumentRow, ListQuery } from '../../../src-shared/contract/documents.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useQueries } from '../../bridge/use-query.ts';
import { pagesFor, type Window } from './window.ts';

export const pageSize = 60;

export type DocumentList = {
  /** Null until the first answer. */
  readonly total: number | null;
  readonly rowAt: (index: number) => DocumentRow | undefined;
  readonly indexOf: (id: string) => number;
  readonly error: AppError | null;
};

/** A folder's rows, only those pages that the window shows. While a new search is under way the rows of the last one stay. */
export function useDocumentList(of: ListQuery, window: Window): DocumentList {
  const offsets = pagesFor(window, pageSize);
  const pages = useQueries('documents.list', offsets.map((offset) => ({ ...of, offset, limit: pageSize })));
  const rows = new Map<number, DocumentRow>();
  pages.forEach((page, at) => page.data?.rows.forEach((row, index) => rows.set((offsets[at] ?? 0) + index, row)));
  const fresh: DocumentList = {
    total: pages[0]?.data?.total ?? null,
    rowAt: (index) => rows.get(index),
    indexOf: (id) => [...rows].find(([, row]) => row.document.id === id)?.[0] ?? -1,
    error: pages.find((page) => page.error)?.error ?? null,
  };
  const last = useRef({ folder: of.folder, list: fresh });
  if (fresh.total !== null || fresh.error || last.current.folder !== of.folder) last.current = { folder: of.folder, list: fresh };
  return last.current.list;
}
