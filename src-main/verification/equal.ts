import { createHash } from 'node:crypto';
import type { PdfDict, PdfFile, PdfObject, PdfStream } from '../pdf/index.ts';

/** Whether two objects say the same, references by number. A dictionary with a key twice equals nothing. */
export function sameObject(a: PdfObject, b: PdfObject): boolean {
  switch (a.kind) {
    case 'null': return b.kind === 'null';
    case 'boolean': return b.kind === 'boolean' && a.value === b.value;
    // poppler writes a page anew with ten decimals of what stood there with more
    case 'number': return b.kind === 'number' && Math.abs(a.value - b.value) < 1e-6;
    case 'name': return b.kind === 'name' && a.value === b.value;
    case 'string': return b.kind === 'string' && Buffer.compare(a.bytes, b.bytes) === 0;
    case 'ref': return b.kind === 'ref' && a.num === b.num && a.gen === b.gen;
    case 'array': return b.kind === 'array' && a.items.length === b.items.length && a.items.every((item, i) => sameObject(item, b.items[i] ?? a));
    case 'dict': return b.kind === 'dict' && sameDict(a, b);
    case 'stream': return b.kind === 'stream' && a.start === b.start && a.length === b.length && sameDict(a.dict, b.dict);
  }
}

export function sameDict(a: PdfDict, b: PdfDict): boolean {
  return differingKeys(a, b).length === 0 && a.duplicates.length === 0 && b.duplicates.length === 0;
}

/** `sameObject`, and for streams written twice also the same when dictionary and raw data agree. */
export function sameContent(before: PdfFile, a: PdfObject, after: PdfFile, b: PdfObject): boolean {
  if (a.kind !== 'stream' || b.kind !== 'stream') return sameObject(a, b);
  if (a.start === b.start && a.length === b.length) return sameDict(a.dict, b.dict);
  return a.length === b.length && sameDict(a.dict, b.dict) && hashStream(before, a).equals(hashStream(after, b));
}

/** Keys whose values differ, or that only one of the two has. A null value is a missing key (7.3.7). */
export function differingKeys(a: PdfDict | null, b: PdfDict | null): readonly string[] {
  const keys = new Set([...(a?.entries.keys() ?? []), ...(b?.entries.keys() ?? [])]);
  return [...keys].filter((key) => !sameObject(a?.entries.get(key) ?? { kind: 'null' }, b?.entries.get(key) ?? { kind: 'null' }));
}

function hashStream(file: PdfFile, stream: PdfStream): Buffer {
  const hash = createHash('sha256');
  // Written twice, the same data have two ciphertexts.
  if (file.protection !== null) return hash.update(file.readRaw(stream)).digest();
  const chunk = 1024 * 1024;
  for (let at = 0; at < stream.length; at += chunk) hash.update(file.source.read(stream.start + at, Math.min(chunk, stream.length - at)));
  return hash.digest();
}
