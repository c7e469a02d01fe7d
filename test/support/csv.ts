/** RFC 4180, for looking at what was made: records of fields, quotes undone. The mark at the beginning belongs to the caller. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const record = records.at(-1);
    if (end === '' && record?.length === 0 && quoted === undefined && plain === '') break;
    record?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') records.push([]);
  }
  return records.filter((record) => record.length > 0);
}
