import { allowanceOf, broken, dictOf, entryOf, textOf, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';

/** A form field as read from the tree (ISO 32000-2 12.7.4), what it inherits included. `num` is its object's number, 0 for a direct dictionary. */
export type Field = {
  readonly num: number;
  /** Full name, parts joined by dots. */
  readonly name: string;
  readonly type: string;
  readonly dict: PdfDict;
  readonly value: PdfObject;
  /** Numbers of its widgets: itself when merged, else its kids. */
  readonly widgets: readonly number[];
};

export type FieldTree = {
  readonly fields: readonly Field[];
  /** By the number of the field and of each widget. */
  readonly byNumber: ReadonlyMap<number, Field>;
  /** Numbers of all objects that the tree was read from: while they stand, it stands. */
  readonly read: ReadonlySet<number>;
};

const maxFields = 20_000;
const maxDepth = 32;
/** Of a field, besides the reading of its object: each revision's tree is put together anew, and what it held is let go. */
const fieldWork = 400;
/** Of a full name, which every report of a change repeats. */
const maxNameLength = 2000;

/** Terminal fields of the form, in the tree's order. Throws `pdf.broken` on a loop or past the limits. */
export function readFields(file: PdfFile): FieldTree {
  const fields: Field[] = [];
  const byNumber = new Map<number, Field>();
  const visited = new Set<number>();
  const read = new Set<number>();
  const allowance = allowanceOf(file.source);
  note(entryOf(file.trailer, 'Root'));
  const roots = get(get(file.catalog, 'AcroForm'), 'Fields');
  if (roots.kind === 'array') for (const root of roots.items) visit(root, { name: '', type: '', value: { kind: 'null' } }, 0);
  return { fields, byNumber, read };

  function note(object: PdfObject): PdfObject {
    if (object.kind === 'ref') read.add(object.num);
    return object;
  }

  function get(object: PdfObject, key: string): PdfObject {
    return file.resolve(note(entryOf(object, key)));
  }

  function visit(node: PdfObject, above: { readonly name: string; readonly type: string; readonly value: PdfObject }, depth: number): void {
    const num = node.kind === 'ref' ? node.num : 0;
    if (depth > maxDepth || fields.length >= maxFields || (num !== 0 && visited.has(num))) throw broken('cây trường biểu mẫu hỏng');
    visited.add(num);
    allowance?.spend(fieldWork);
    const dict = dictOf(file.resolve(note(node)));
    if (dict === null) return;
    const own = textOf(get(dict, 'T'));
    const type = get(dict, 'FT');
    const name = own === null ? above.name : above.name === '' ? own : `${above.name}.${own}`;
    if (name.length > maxNameLength) throw broken('tên trường biểu mẫu quá dài');
    const handed = { name, type: type.kind === 'name' ? type.value : above.type, value: dict.entries.has('V') ? entryOf(dict, 'V') : above.value };
    const kids = get(dict, 'Kids');
    const children = kids.kind === 'array' ? kids.items : [];
    const named = children.filter((kid) => get(kidDict(kid), 'T').kind === 'string');
    if (named.length > 0) {
      for (const kid of children) visit(kid, handed, depth + 1);
      return;
    }
    const widgets = children.length > 0 ? children.flatMap((kid) => (kid.kind === 'ref' ? [kid.num] : [])) : num === 0 ? [] : [num];
    const field: Field = { num, name: handed.name, type: handed.type, dict, value: handed.value, widgets };
    fields.push(field);
    for (const each of [num, ...widgets]) if (each !== 0) byNumber.set(each, field);
  }

  function kidDict(kid: PdfObject): PdfObject {
    return dictOf(file.resolve(note(kid))) ?? { kind: 'null' };
  }
}

/** For a sentence. */
export function shortName(field: Field): string {
  return field.name === '' ? 'không tên' : field.name.slice(0, 60);
}

/** A field that carries a signature: its value resolves to a dictionary. */
export function isSigned(file: PdfFile, field: Field): boolean {
  return field.type === 'Sig' && file.resolve(field.value).kind !== 'null';
}
