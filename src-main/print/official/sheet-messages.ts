import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';

/** To the thread that writes sheets: the table without rows, its rows a few at a time, and that they were all. */
export type ToSheetHost =
  | { readonly kind: 'begin'; readonly table: Omit<OfficialTable, 'rows'>; readonly format: 'xlsx' | 'csv'; readonly resources: string }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'finish' };

/** Its one answer; null: it is none. */
export function readSheetBytes(raw: unknown): Uint8Array | null {
  return typeof raw === 'object' && raw !== null && 'bytes' in raw && raw.bytes instanceof Uint8Array ? raw.bytes : null;
}
