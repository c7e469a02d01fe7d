import { attempt } from './fault.ts';
import type { PdfFile } from './file.ts';
import { dictOf, entryOf, type PdfObject } from './object.ts';

/** Every reference inside an object, itself included; nested dictionaries and arrays are entered, references are not followed. */
export function referencesIn(object: PdfObject, found: (num: number) => void): void {
  const open: PdfObject[] = [object];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.kind === 'ref') found(each.num);
    else if (each.kind === 'array') for (const item of each.items) open.push(item);
    else for (const item of dictOf(each)?.entries.values() ?? []) open.push(item);
  }
}

/** Of how many values an object is made, for who holds many objects at once; each takes some 70 bytes, and so do 64 bytes of a string. */
export function countValues(object: PdfObject): number {
  let count = 0;
  const open: PdfObject[] = [object];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    count += each.kind === 'string' ? 1 + each.bytes.length / 64 : 1;
    if (each.kind === 'array') for (const item of each.items) open.push(item);
    else for (const item of dictOf(each)?.entries.values() ?? []) open.push(item);
  }
  return count;
}

/** Letters have some dozens of objects. Reading more of a large file for the sake of a reference that leads nowhere would cost every honest one its speed. */
const maxObjects = 1000;

/**
 * Numbers past the file's end that it refers to already. Such a reference is the null object (7.3.10); a new object of that number would
 * fill it, and the document would say something else than what was signed. Looks at the first thousand objects that the trailer reaches.
 */
export function findPromisedNumbers(file: PdfFile): ReadonlySet<number> {
  const promised = new Set<number>();
  const seen = new Set<number>();
  const open: number[] = [];
  const found = (num: number): void => {
    if (num >= file.size) promised.add(num);
    else if (!seen.has(num) && seen.size < maxObjects) {
      seen.add(num);
      open.push(num);
    }
  };
  referencesIn(entryOf(file.trailer, 'Root'), found);
  referencesIn(entryOf(file.trailer, 'Info'), found);
  for (let num = open.pop(); num !== undefined; num = open.pop()) {
    const object = attempt(() => file.readObject(num!));
    // A damaged object promises nothing that anybody could read.
    if (object.ok) referencesIn(object.value, found);
  }
  return promised;
}
