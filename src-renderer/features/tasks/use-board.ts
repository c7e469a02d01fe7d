import { useRef } from 'react';
import type { BoardRow } from '../../../src-shared/contract/tasks.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useQueries } from '../../bridge/use-query.ts';
import { pagesFor, type Window } from '../documents/window.ts';
import { keyOf, type BoardView, type Load } from './board-view.ts';

const pageSize = 60;

export type Board = {
  /** Null until the first answer. */
  readonly total: number | null;
  readonly people: readonly (Load & { readonly person: PersonId })[];
  readonly rowAt: (index: number) => BoardRow | undefined;
  /** Of what is held; -1 where it is not. */
  readonly indexOf: (is: (row: BoardRow) => boolean) => number;
  readonly error: AppError | null;
};

/** The board's rows, only those pages that the window shows. Rows of the view before stay until the new one is answered. */
export function useBoard({ person, state }: BoardView, window: Window): Board {
  const offsets = pagesFor(window, pageSize);
  const pages = useQueries('tasks.board', offsets.map((offset) => ({ person, state, offset, limit: pageSize })));
  const rows = new Map<number, BoardRow>();
  pages.forEach((page, at) => page.data?.rows.forEach((row, index) => rows.set((offsets[at] ?? 0) + index, row)));
  const fresh: Board = {
    total: pages[0]?.data?.total ?? null,
    people: pages[0]?.data?.people ?? [],
    rowAt: (index) => rows.get(index),
    indexOf: (is) => [...rows].find(([, row]) => is(row))?.[0] ?? -1,
    error: pages.find((page) => page.error)?.error ?? null,
  };
  const last = useRef(fresh);
  if (fresh.total !== null || fresh.error) last.current = fresh;
  return last.current;
}

/** Where a row that is held stands now, whatever moved above it; the old place where it is gone. */
export function placeNow(board: Board, key: string | null, index: number): number {
  const held = board.rowAt(index);
  if (key === null || held === undefined || keyOf(held) === key) return index;
  const now = board.indexOf((row) => keyOf(row) === key);
  return now >= 0 ? now : Math.max(0, Math.min(index, (board.total ?? 1) - 1));
}
