import { attempt, dictOf, entryOf, referencesIn, withEntries, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';

/** A letter has some hundreds of objects; in a large document what decides its pages comes first. */
const maxObjects = 2000;
/** What nothing is drawn from: a key written twice there by a careless producer gives no second look. */
const silent: readonly string[] = ['Metadata', 'StructTreeRoot', 'PieceInfo', 'Outlines', 'Dests', 'ViewerPreferences'];

/** 7.3.7: of a key that comes twice, which one counts is not said; programs take the first, or the last. */
export function repeatsKey(object: PdfObject): boolean {
  const open: PdfObject[] = [object];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    // one by one: a list of 200,000 is more arguments than a call may have
    if (each.kind === 'array') for (const item of each.items) open.push(item);
    const dict = dictOf(each);
    if (dict === null) continue;
    if (dict.duplicates.length > 0) return true;
    for (const value of dict.entries.values()) open.push(value);
  }
  return false;
}

/** A row that points at a comment before its object: to a stricter reader there is none. */
export function standsBehindComment(file: PdfFile, num: number): boolean {
  const entry = file.findEntry(num);
  return entry?.kind === 'offset' && !/^[\0\t\n\f\r ]*\d/.test(Buffer.from(file.source.read(entry.offset, 32)).toString('latin1'));
}

/** Whether one of the first objects that the catalog leads to has a key twice, or stands behind a comment. What cannot be read is found by whoever needs it. */
export function showsTwoLooks(file: PdfFile): boolean {
  const seen = new Set<number>();
  let turn: number[] = [];
  const note = (num: number): void => {
    if (seen.has(num) || seen.size >= maxObjects) return;
    seen.add(num);
    turn.push(num);
  };
  if (repeatsKey(file.catalog)) return true;
  const root = entryOf(file.trailer, 'Root');
  if (root.kind === 'ref') seen.add(root.num);
  referencesIn(heard(file.catalog), note);
  while (turn.length > 0) {
    const now = turn;
    turn = [];
    for (const num of now) {
      const object = attempt(() => file.readObject(num));
      if (!object.ok) continue;
      const dict = dictOf(object.value);
      if (repeatsKey(object.value) || standsBehindComment(file, num)) return true;
      referencesIn(dict === null ? object.value : heard(dict), note);
    }
  }
  return false;
}

function heard(dict: PdfDict): PdfDict {
  return silent.some((key) => dict.entries.has(key)) ? withEntries(dict, Object.fromEntries(silent.map((key) => [key, null]))) : dict;
}
