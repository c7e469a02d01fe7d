import type { ErrorCode } from '../../src-shared/errors.ts';

/** One fault of the table in docs/reliability.md. */
export type Row = {
  readonly tried: string;
  /** The code whose sentence a person reads; null where nothing is said because the work goes on by itself. */
  readonly saw: ErrorCode | null;
  readonly lost: string;
  /** Where it is tried. A row of this suite is tried by the test of its own name. */
  readonly proof: { readonly file: string; readonly title: string };
};

export type Area = { readonly name: string; readonly rows: readonly Row[] };

export const nothing = 'nothing';

/** Rows that another suite tries: one file, `[what was tried, what is seen, the test's title, what was lost?]` each. */
export function triedIn(file: string, rows: readonly (readonly [string, ErrorCode | null, string, string?])[]): readonly Row[] {
  return rows.map(([tried, saw, title, lost]) => ({ tried, saw, lost: lost ?? nothing, proof: { file, title } }));
}
