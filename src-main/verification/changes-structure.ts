import { broken, entryOf, isName, pdfNull, type PdfDict, type PdfFile, type PdfObject } from '../pdf/index.ts';
import type { Step } from './changes.ts';
import { differingKeys, sameContent, sameObject } from './equal.ts';
import { manyReferrers } from './references.ts';

/** Entries of a parent tree that are compared one by one; a larger one that changed is not examined. */
const maxKeys = 1_000_000;
const maxNodes = 100_000;
const maxDepth = 64;
const elementKeys: ReadonlySet<string> = new Set(['Type', 'S', 'P', 'Pg', 'K', 'Alt', 'T', 'Lang']);

/**
 * The structure tree (14.7): all that a step may do to it is to add, at the end of an element's or the root's kids, a /Form with the widget of a signature
 * field that is new in the same step, and the parent tree's entry that leads back to it. Everything else is forbidden. Returns what this rule explains: the
 * elements, which many refer to by their nature, and the nodes and lists, which must serve nothing else.
 */
export function compareStructure(step: Step): { readonly elements: ReadonlySet<number>; readonly lists: readonly number[] } {
  const was = entryOf(step.before.catalog, 'StructTreeRoot');
  const now = entryOf(step.after.catalog, 'StructTreeRoot');
  if (!sameObject(was, now)) step.report({ kind: 'forbidden', what: 'Cấu trúc trợ năng của tệp (StructTreeRoot) bị thay' });
  if (was.kind !== 'ref' || !sameObject(was, now)) return { elements: new Set(), lists: [] };
  const elements = new Set<number>();
  const lists: number[] = [];
  const added = new Map<number, number>();
  const old = step.before.readObject(was.num);
  const next = step.after.readObject(was.num);
  if (step.touched.has(was.num) && old.kind === 'dict' && next.kind === 'dict') {
    elements.add(was.num);
    const odd = differingKeys(old, next).filter((key) => !['K', 'ParentTree', 'ParentTreeNextKey'].includes(key));
    if (odd.length > 0 || next.duplicates.length > 0) forbid(step, `/${(odd[0] ?? '').slice(0, 40)}`);
    compareKids(step, was.num, entryOf(old, 'K'), entryOf(next, 'K'), added, lists);
  } else if (isTouchedList(step, entryOf(old, 'K'))) compareKids(step, was.num, entryOf(old, 'K'), entryOf(next, 'K'), added, lists);
  for (const [num, each] of step.touched) {
    if (num === was.num) continue;
    const element = isElement(each.was) ? num : ownerOfKids(step, num, each.was);
    if (element === null) continue;
    if (element === num) elements.add(num);
    else if (step.touched.has(element)) continue;
    const before = step.before.readObject(element);
    const after = step.after.readObject(element);
    if (before.kind !== 'dict' || after.kind !== 'dict') forbid(step, 'phần tử');
    else {
      const odd = differingKeys(before, after).filter((key) => key !== 'K');
      if (odd.length > 0 || after.duplicates.length > 0) forbid(step, `/${(odd[0] ?? '').slice(0, 40)} của một phần tử`);
      compareKids(step, element, entryOf(before, 'K'), entryOf(after, 'K'), added, lists);
    }
  }
  compareParents(step, entryOf(old, 'ParentTree'), entryOf(next, 'ParentTree'), added, lists);
  return { elements, lists };
}

/** /K before and after: what was there stays in its order, what follows are lawful new elements. `added`: element by the /StructParent of its widget. */
function compareKids(step: Step, parent: number, was: PdfObject, now: PdfObject, added: Map<number, number>, lists: number[]): void {
  if (was.kind === 'ref' && step.before.resolve(was).kind === 'array') lists.push(was.num);
  if (sameObject(was, now) && !isTouchedList(step, was)) return;
  const old = kidsOf(step.before, was);
  const next = kidsOf(step.after, now);
  if (!old.every((kid, i) => sameContent(step.before, kid, step.after, next[i] ?? pdfNull))) return forbid(step, 'thứ tự hoặc phần tử có trước');
  for (const kid of next.slice(old.length)) {
    const key = kid.kind === 'ref' ? keyOfLawful(step, parent, kid.num) : null;
    if (kid.kind !== 'ref' || key === null || added.has(key)) forbid(step, 'phần tử mới không phải của một chữ ký mới');
    else added.set(key, kid.num);
  }
}

/** /StructParent of the new signature widget that a new element stands for; null when it is anything else. */
function keyOfLawful(step: Step, parent: number, num: number): number | null {
  const element = step.after.readObject(num);
  if (step.references.referrers.has(num) || element.kind !== 'dict' || element.duplicates.length > 0) return null;
  if (!isName(entryOf(element, 'S'), 'Form') || [...element.entries.keys()].some((key) => !elementKeys.has(key))) return null;
  const above = entryOf(element, 'P');
  const only = entryOf(element, 'K');
  const content = step.after.resolve(only.kind === 'array' && only.items.length === 1 ? only.items[0] ?? pdfNull : only);
  const widget = entryOf(content, 'Obj');
  if (above.kind !== 'ref' || above.num !== parent || !isName(entryOf(content, 'Type'), 'OBJR') || widget.kind !== 'ref') return null;
  if (step.references.referrers.has(widget.num) || step.fieldsAfter.byNumber.get(widget.num)?.type !== 'Sig') return null;
  const key = entryOf(step.after.readObject(widget.num), 'StructParent');
  return key.kind === 'number' && Number.isSafeInteger(key.value) ? key.value : null;
}

/** The parent tree (14.7.5.4) as a map: every key keeps its value, and each new one leads to the element of its widget. */
function compareParents(step: Step, was: PdfObject, now: PdfObject, added: ReadonlyMap<number, number>, lists: number[]): void {
  const nodes: number[] = [];
  const changed = !sameObject(was, now) || isNodeTouched(step, was, nodes, 0);
  lists.push(...nodes);
  if (!changed && added.size === 0) return;
  const old = readParents(step.before, was);
  const next = readParents(step.after, now);
  for (const [key, value] of old) {
    if (!sameContent(step.before, value, step.after, next.get(key) ?? pdfNull)) return forbid(step, 'đường dẫn ngược (ParentTree) bị sửa');
  }
  const fresh = [...next].filter(([key]) => !old.has(key));
  const led = fresh.every(([key, value]) => value.kind === 'ref' && added.get(key) === value.num);
  if (!led || fresh.length !== added.size) forbid(step, 'đường dẫn ngược (ParentTree) không khớp chữ ký mới');
}

/** Whether a node of the tree, or a list in it, was written anew; all of them go into `nodes`. */
function isNodeTouched(step: Step, node: PdfObject, nodes: number[], depth: number): boolean {
  if (depth > maxDepth || nodes.length > 3 * maxNodes) throw broken('cây cấu trúc quá lớn');
  let touched = false;
  const note = (object: PdfObject): void => {
    if (object.kind !== 'ref') return;
    nodes.push(object.num);
    if (step.touched.has(object.num)) touched = true;
  };
  const dict = step.before.resolve(node);
  note(node);
  note(entryOf(dict, 'Nums'));
  note(entryOf(dict, 'Kids'));
  const kids = step.before.get(dict, 'Kids');
  if (kids.kind === 'array') for (const kid of kids.items) if (isNodeTouched(step, kid, nodes, depth + 1)) touched = true;
  return touched;
}

function readParents(file: PdfFile, tree: PdfObject): ReadonlyMap<number, PdfObject> {
  const found = new Map<number, PdfObject>();
  let nodes = 0;
  const walk = (node: PdfObject, depth: number): void => {
    if (depth > maxDepth || found.size > maxKeys || (nodes += 1) > maxNodes) throw broken('cây cấu trúc quá lớn');
    const dict = file.resolve(node);
    if (dict.kind === 'null') return;
    const nums = file.get(dict, 'Nums');
    const kids = file.get(dict, 'Kids');
    if (dict.kind !== 'dict' || dict.duplicates.length > 0) throw broken('cây cấu trúc hỏng');
    if (nums.kind === 'array') for (let i = 0; i < nums.items.length; i += 2) {
      const key = nums.items[i] ?? pdfNull;
      // A key that comes twice has two readings.
      if (key.kind !== 'number' || found.has(key.value)) throw broken('cây cấu trúc ghi một khóa hai lần');
      found.set(key.value, nums.items[i + 1] ?? pdfNull);
    }
    if (kids.kind === 'array') for (const kid of kids.items) walk(kid, depth + 1);
  };
  walk(tree, 0);
  return found;
}

/** 14.7.2: /Type may be left out; /S and /P may not. */
function isElement(object: PdfObject): object is PdfDict {
  if (object.kind !== 'dict') return false;
  const type = entryOf(object, 'Type');
  return isName(type, 'StructElem') || (type.kind === 'null' && entryOf(object, 'S').kind === 'name' && entryOf(object, 'P').kind === 'ref' && object.entries.has('K'));
}

/** The element whose /K is this array, when nothing else refers to it. */
function ownerOfKids(step: Step, num: number, object: PdfObject): number | null {
  const owner = step.references.referrers.get(num) ?? manyReferrers;
  if (object.kind !== 'array' || owner <= 0) return null;
  const element = step.before.readObject(owner);
  const kids = entryOf(element, 'K');
  return isElement(element) && kids.kind === 'ref' && kids.num === num ? owner : null;
}

function isTouchedList(step: Step, held: PdfObject): boolean {
  return held.kind === 'ref' && step.touched.has(held.num) && step.before.resolve(held).kind === 'array';
}

function kidsOf(file: PdfFile, held: PdfObject): readonly PdfObject[] {
  const kids = file.resolve(held);
  if (kids.kind === 'array') return kids.items;
  return kids.kind === 'null' ? [] : [held];
}

function forbid(step: Step, what: string): void {
  step.report({ kind: 'forbidden', what: `Cấu trúc trợ năng của tệp (StructTreeRoot) bị sửa: ${what}` });
}
