/** RFC 4180, as a spreadsheet saves it: a mark at the front or none. `line`: where a record begins, from 1. */
export function readCsv(text: string): { readonly line: number; readonly fields: readonly string[] }[] {
  const rows: { line: number; fields: string[] }[] = [];
  let fields: string[] = [];
  let line = 1;
  let started = 1;
  for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (fields.length === 0) started = line;
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    line += (quoted?.match(/\n/g)?.length ?? 0) + (end === ',' || end === '' ? 0 : 1);
    if (end === ',') continue;
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: started, fields });
    fields = [];
    if (end === '') break;
  }
  return rows;
}
