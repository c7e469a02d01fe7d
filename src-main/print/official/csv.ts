import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';

/** What a spreadsheet takes for a formula at the beginning of a field, also behind white space (CWE-1236). */
const formula = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
/** A number or a date written plainly may begin with a sign. */
const number = /^[+-]?\d+([.,]\d+)?$/;

/** UTF-8 with a byte order mark (Excel asks for it), RFC 4180: CRLF, quotes doubled. The head is the first record. An apostrophe keeps a text from being a formula. */
export function officialCsv({ columns, rows }: OfficialTable): Uint8Array {
  const records = [columns.map(({ title }) => title), ...rows.map((row) => columns.map((_, column) => row[column] ?? ''))];
  return Buffer.from(`\uFEFF${records.map((record) => `${record.map(fieldOf).join(',')}\r\n`).join('')}`, 'utf8');
}

function fieldOf(text: string): string {
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n\t]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
