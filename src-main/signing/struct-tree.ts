import { broken, entryOf, isName, pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfText, withEntries, type Page, type PdfArray, type PdfDict, type PdfObject, type PdfRef } from '../pdf/index.ts';
import { isCertified } from './certified.ts';
import type { Draft } from './draft.ts';
import { listFields } from './form.ts';

/** Deeper parent trees than any producer's; loops end here. */
const maxDepth = 64;

/**
 * In a tagged document a widget belongs to the structure (ISO 32000-2 14.7.5.3, 14.8.4.8.3): a /Form element with an object reference under the document
 * element, and the parent tree's way back from the widget's /StructParent. Everything else of the tree stays as it is. Returns the entry that the widget
 * needs; nothing in a document without a structure tree, and none where the tree is no object of its own, which leaves elements nothing to point back to.
 * A certified document allows fields and signatures (12.8.2.2, P=2) and says nothing of its structure: there the tree is left alone.
 */
export function tagWidget(draft: Draft, widget: PdfRef, page: Page, title: string): Readonly<Record<string, PdfObject>> {
  const catalog = draft.readDict(entryOf(draft.file.trailer, 'Root'));
  const rootRef = entryOf(catalog, 'StructTreeRoot');
  if (rootRef.kind !== 'ref' || draft.resolve(rootRef).kind !== 'dict') return {};
  if (isCertified(draft.file, listFields(draft.file, draft.file.catalog))) return {};
  const root = draft.readDict(rootRef);
  const key = nextKey(draft, root);
  const document = findDocument(draft, root);
  const parent = document ?? rootRef;
  const pageRef = pdfRef(page.num, page.gen);
  const element = draft.add(pdfDict({
    Type: pdfName('StructElem'), S: pdfName('Form'), P: parent, Pg: pageRef, Alt: pdfText(title),
    K: pdfDict({ Type: pdfName('OBJR'), Pg: pageRef, Obj: widget }),
  }));
  const parents = withKey(draft, entryOf(root, 'ParentTree'), key, element);
  const grown = withEntries(root, { ParentTree: parents, ParentTreeNextKey: pdfNumber(key + 1), ...(document === null ? { K: withKid(draft, entryOf(root, 'K'), element) } : {}) });
  draft.put(rootRef, grown);
  if (document !== null) {
    const held = draft.readDict(document);
    const kids = withKid(draft, entryOf(held, 'K'), element);
    if (kids !== entryOf(held, 'K')) draft.put(document, withEntries(held, { K: kids }));
  }
  return { StructParent: pdfNumber(key) };
}

/** The first /Document right under the root; null where the tree has none (14.8.4.3 asks for one, older writers leave it out). */
function findDocument(draft: Draft, root: PdfDict): PdfRef | null {
  const kids = draft.get(root, 'K');
  const items = kids.kind === 'array' ? kids.items : [entryOf(root, 'K')];
  for (const item of items) if (item.kind === 'ref' && isName(draft.get(draft.resolve(item), 'S'), 'Document')) return item;
  return null;
}

/** 14.7.2: /K is one kid or an array of them. An indirect array is extended in its own object. */
function withKid(draft: Draft, held: PdfObject, element: PdfRef): PdfObject {
  const kids = draft.resolve(held);
  if (kids.kind === 'null') return element;
  if (kids.kind !== 'array') return pdfArray([held, element]);
  const extended = pdfArray([...kids.items, element]);
  if (held.kind !== 'ref') return extended;
  draft.put(held, extended);
  return held;
}

/** Greater than every key of the tree, whatever /ParentTreeNextKey says. */
function nextKey(draft: Draft, root: PdfDict): number {
  const said = draft.get(root, 'ParentTreeNextKey');
  return Math.max(said.kind === 'number' && Number.isSafeInteger(said.value) ? said.value : 0, highestKey(draft, entryOf(root, 'ParentTree'), 0) + 1);
}

function highestKey(draft: Draft, node: PdfObject, depth: number): number {
  if (depth > maxDepth) throw broken('cây cấu trúc (ParentTree) trỏ vòng');
  const nums = draft.get(draft.resolve(node), 'Nums');
  const kids = draft.get(draft.resolve(node), 'Kids');
  let highest = -1;
  if (nums.kind === 'array') for (let i = 0; i < nums.items.length; i += 2) {
    const key = draft.resolve(nums.items[i]!);
    if (key.kind === 'number') highest = Math.max(highest, key.value);
  }
  // 7.9.7: kids stand in ascending order, so that the last one has the highest.
  const last = kids.kind === 'array' ? kids.items.at(-1) : undefined;
  return last === undefined ? highest : Math.max(highest, highestKey(draft, last, depth + 1));
}

/** A number tree with one entry more at its end: in the root's own /Nums, or as a new leaf of its /Kids. Returns what /ParentTree is to be. */
function withKey(draft: Draft, held: PdfObject, key: number, value: PdfRef): PdfObject {
  const tree = draft.resolve(held).kind === 'null' ? pdfDict({}) : draft.readDict(held);
  const kids = draft.get(tree, 'Kids');
  const entry = [pdfNumber(key), value];
  if (kids.kind === 'array') {
    const leaf = draft.add(pdfDict({ Limits: pdfArray([pdfNumber(key), pdfNumber(key)]), Nums: pdfArray(entry) }));
    return put(draft, held, withEntries(tree, extend(draft, tree, 'Kids', kids, [leaf])));
  }
  const nums = draft.get(tree, 'Nums');
  return put(draft, held, withEntries(tree, extend(draft, tree, 'Nums', nums.kind === 'array' ? nums : pdfArray([]), entry)));
}

function extend(draft: Draft, dict: PdfDict, key: string, array: PdfArray, items: readonly PdfObject[]): Readonly<Record<string, PdfObject>> {
  const extended = pdfArray([...array.items, ...items]);
  const held = entryOf(dict, key);
  if (held.kind !== 'ref') return { [key]: extended };
  draft.put(held, extended);
  return {};
}

/** In its own object where it has one that stands; else direct. */
function put(draft: Draft, held: PdfObject, tree: PdfDict): PdfObject {
  if (held.kind !== 'ref' || draft.resolve(held).kind === 'null') return draft.add(tree);
  draft.put(held, tree);
  return held;
}
