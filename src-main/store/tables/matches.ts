import type { ReadableDb } from '../driver.ts';

/** The documents that have some words: their rows from the oldest on, and whether one of them is such a row. */
export type Match = { readonly rows: Int32Array; readonly has: (row: number) => boolean };

export type Matches = {
  /** `expression`: of `matchExpression`. */
  readonly of: (expression: string) => Match;
  readonly forget: () => void;
};

/** What was found is kept for as many questions as a person goes back and forth between: 300,000 rows are 1.2 MB. */
const kept = 8;

export function createMatches(db: ReadableDb): Matches {
  const read = db.readColumn<[string], number>('SELECT rowid FROM document_search WHERE document_search MATCH ?');
  const known = new Map<string, Match>();
  return {
    of: (expression) => {
      const present = known.get(expression);
      if (present !== undefined) return present;
      const rows = Int32Array.from(read.all(expression));
      const bits = new Uint8Array(((rows.at(-1) ?? 0) >> 3) + 1);
      for (const row of rows) bits[row >> 3]! |= 1 << (row & 7);
      const match = { rows, has: (row: number) => ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0 };
      known.set(expression, match);
      if (known.size > kept) known.delete(known.keys().next().value ?? expression);
      return match;
    },
    forget: () => known.clear(),
  };
}

/** An order that is read only as far as somebody looks. */
export type Walk = {
  /** The rows at these places, fewer at the end. */
  readonly slice: (offset: number, limit: number) => readonly number[];
  /** -1: it is not there. */
  readonly indexOf: (row: number) => number;
  readonly length: () => number;
};

const firstStep = 512;

/** Walks a list's own order and keeps what matches; each step is as long as all before it, so that the end is not far either. */
export function createWalk(read: (limit: number, offset: number) => readonly number[], has: (row: number) => boolean): Walk {
  const found: number[] = [];
  let walked = 0;
  let ended = false;
  const step = (): void => {
    const asked = Math.max(firstStep, walked);
    const rows = read(asked, walked);
    walked += rows.length;
    ended = rows.length < asked;
    for (const row of rows) if (has(row)) found.push(row);
  };
  return {
    slice: (offset, limit) => {
      while (!ended && found.length < offset + limit) step();
      return found.slice(offset, offset + limit);
    },
    indexOf: (row) => {
      if (!has(row)) return -1;
      for (let from = 0; ;) {
        const index = found.indexOf(row, from);
        if (index >= 0 || ended) return index;
        from = found.length;
        step();
      }
    },
    length: () => {
      while (!ended) step();
      return found.length;
    },
  };
}
