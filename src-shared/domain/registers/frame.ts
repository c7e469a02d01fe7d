import { formatDocumentDate } from '../notation.ts';
import type { OfficialTable } from '../official-table.ts';
import type { RegisterHead } from './book.ts';

/** The office's own head and foot about a table. Cells are one line of text each: what a person typed over several lines is joined. */
export function framed(head: RegisterHead, table: Pick<OfficialTable, 'title' | 'subtitle' | 'columns' | 'rows' | 'notes'>): OfficialTable {
  return {
    ...table,
    rows: table.rows.map((row) => row.map((cell) => cell.normalize('NFC').replace(/\s+/gu, ' ').trim())),
    parentBody: head.parentBody,
    body: head.body,
    signers: head.signers,
    placeAndDate: head.printed === null ? '' : `${head.printed.place}, ${formatDocumentDate(head.printed.date)}`,
  };
}
