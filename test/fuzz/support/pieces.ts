/** Where something stands in a file, found by how it looks: mutated files are nobody's to parse. */
export type Found = { readonly start: number; readonly end: number };
export type FoundObject = Found & { readonly num: number; readonly gen: number; /** After `obj`. */ readonly body: number };

export function find(bytes: Buffer, pattern: RegExp): readonly Found[] {
  return [...bytes.toString('latin1').matchAll(pattern)].map(({ index, 0: text }) => ({ start: index, end: index + text.length }));
}

/** Every `N G obj … endobj`. */
export function headers(bytes: Buffer): readonly FoundObject[] {
  const text = bytes.toString('latin1');
  const found: FoundObject[] = [];
  for (const match of text.matchAll(/(?<!\d)(\d{1,10})\s{1,9}(\d{1,5})\s{1,9}obj\b/g)) {
    const end = text.indexOf('endobj', match.index);
    if (end >= 0) found.push({ start: match.index, body: match.index + match[0].length, end: end + 'endobj'.length, num: Number(match[1]), gen: Number(match[2]) });
  }
  return found;
}

/** An object's body as it stands, without a stream's data. */
export function streamless(bytes: Buffer, object: FoundObject): string {
  const body = bytes.toString('latin1', object.body, object.end - 'endobj'.length);
  const stream = body.search(/>>\s*stream\r?\n/);
  return stream < 0 ? body : body.slice(0, stream + 2);
}

/** Numbers right after a key, alone or in a list. */
export function numbersAfter(bytes: Buffer, key: string): readonly Found[] {
  const found: Found[] = [];
  for (const match of bytes.toString('latin1').matchAll(new RegExp(`/${key}\\s*\\[?[\\s0-9.+-]+`, 'g'))) {
    for (const number of match[0].matchAll(/[+-]?\d[\d.]*/g)) {
      if (number.index >= key.length + 1) found.push({ start: match.index + number.index, end: match.index + number.index + number[0].length });
    }
  }
  return found;
}

/** Rows of classic tables. */
export function rowsOf(bytes: Buffer): readonly Found[] {
  return find(bytes, /\d{10} \d{5} [nf]/g);
}

export function replace(bytes: Buffer, start: number, end: number, by: string | Buffer): Buffer {
  const from = Math.min(start, bytes.length);
  return Buffer.concat([bytes.subarray(0, from), typeof by === 'string' ? Buffer.from(by, 'latin1') : by, bytes.subarray(Math.max(from, end))]);
}
