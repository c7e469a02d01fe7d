import { useRef } from 'react';
import type { Input, Output } from '../../../src-shared/contract/index.ts';
import type { LineMark } from '../../../src-shared/contract/registers.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useQueries } from '../../bridge/use-query.ts';
import { pagesFor, type Window } from '../documents/window.ts';

const pageSize = 60;

export type Line = { readonly cells: readonly string[]; readonly id: DocumentId | null; readonly mark: LineMark | null };
export type Asked = Omit<Input<'registers.page'>, 'offset' | 'limit'>;
type Page = Output<'registers.page'>;

export type Lines = { /** The first page; null until the first answer. */ readonly first: Page | null; readonly at: (index: number) => Line | undefined; readonly error: AppError | null };

/** A register's lines, only those pages that the window shows. While another part is asked for, the lines of the last one stay. */
export function useLines(asked: Asked, window: Window): Lines {
  const offsets = pagesFor(window, pageSize);
  const pages = useQueries('registers.page', offsets.map((offset) => ({ ...asked, offset, limit: pageSize })));
  const lines = new Map<number, Line>();
  pages.forEach(({ data }, page) => data?.table.rows.forEach((cells, index) => lines.set((offsets[page] ?? 0) + index, { cells, id: data.ids[index] ?? null, mark: data.marks[index] ?? null })));
  const fresh: Lines = { first: pages[0]?.data ?? null, at: (index) => lines.get(index), error: pages.find(({ error }) => error)?.error ?? null };
  const key = `${asked.register} ${asked.book}`;
  const last = useRef({ key, lines: fresh });
  if (fresh.first !== null || fresh.error || last.current.key !== key) last.current = { key, lines: fresh };
  return last.current.lines;
}
