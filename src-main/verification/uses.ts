import { attempt, dictOf, entryOf, isName, type PdfFile, type PdfObject } from '../pdf/index.ts';
import { pagesInOrder } from './page-order.ts';

/** What an object is to the page that it is reached from. */
export type Role = 'page' | 'content' | 'resources' | 'font' | 'image' | 'drawing' | 'annotation' | 'field' | 'signature';

/** Pages from 1, the first so many of them. */
export type Use = { readonly role: Role; readonly pages: readonly number[]; readonly more: boolean };

/** Objects looked at for the sake of one sentence; what was not reached by then is named without a page. */
const maxVisited = 100_000;
const maxPages = 2000;
const maxNamed = 8;
/** What leads from a page back to others. */
const back: ReadonlySet<string> = new Set(['Parent', 'P', 'StructParent', 'StructParents', 'Popup', 'IRT', 'Dest', 'A', 'AA', 'B', 'Prev', 'Next']);

/** The pages that show each of these objects, and as what. Never throws. */
export function findUses(file: PdfFile, targets: ReadonlySet<number>): ReadonlyMap<number, Use> {
  const found = new Map<number, { role: Role; pages: number[]; more: boolean }>();
  if (targets.size === 0) return found;
  let visited = 0;
  let number = 0;

  const note = (num: number, role: Role): void => {
    if (!targets.has(num)) return;
    const known = found.get(num);
    if (known === undefined) found.set(num, { role, pages: [number], more: false });
    else if (known.pages.at(-1) !== number) {
      if (known.pages.length < maxNamed) known.pages.push(number);
      else known.more = true;
    }
  };

  attempt(() => {
    for (const page of pagesInOrder(file, maxPages)) {
      number += 1;
      const seen = new Set<number>([page]);
      const open: { readonly object: PdfObject; readonly role: Role }[] = [];
      note(page, 'page');
      for (const handed of inherited(file, page)) open.push({ object: handed, role: 'resources' });
      for (const [key, value] of dictOf(file.readObject(page))?.entries ?? []) if (!back.has(key)) open.push({ object: value, role: roleOnPage[key] ?? 'page' });
      for (let each = open.pop(); each !== undefined; each = open.pop()) {
        let { object, role } = each;
        if (object.kind === 'ref') {
          if (seen.has(object.num)) continue;
          seen.add(object.num);
          if ((visited += 1) > maxVisited) return;
          const target = object.num;
          object = file.readObject(target);
          role = roleOf(object, role);
          note(target, role);
        }
        for (const child of childrenOf(object, role)) open.push(child);
      }
    }
  });
  return found;
}

const roleOnPage: Readonly<Record<string, Role>> = { Contents: 'content', Resources: 'resources', Annots: 'annotation' };

function roleOf(object: PdfObject, role: Role): Role {
  if (role === 'annotation' && isName(entryOf(object, 'Subtype'), 'Widget')) return isName(entryOf(object, 'FT'), 'Sig') ? 'signature' : 'field';
  if (role !== 'drawing') return role;
  return isName(entryOf(object, 'Subtype'), 'Image') ? 'image' : role;
}

function childrenOf(object: PdfObject, role: Role): readonly { readonly object: PdfObject; readonly role: Role }[] {
  if (object.kind === 'array') return object.items.map((item) => ({ object: item, role }));
  return [...(dictOf(object)?.entries ?? [])].flatMap(([key, value]) => (back.has(key) ? [] : [{ object: value, role: roleBelow(key, role) }]));
}

function roleBelow(key: string, role: Role): Role {
  if (role === 'content' || role === 'font' || role === 'image' || role === 'annotation' || role === 'field' || role === 'signature') return role;
  if (key === 'Font') return 'font';
  if (key === 'XObject') return 'drawing';
  return role === 'drawing' && key === 'Resources' ? 'resources' : role;
}

/** Resources that a page has from above (7.7.3.4). */
function inherited(file: PdfFile, page: number): readonly PdfObject[] {
  const found: PdfObject[] = [];
  let node: PdfObject = file.readObject(page);
  for (let depth = 0; depth < 64; depth += 1) {
    node = file.get(node, 'Parent');
    if (node.kind !== 'dict') break;
    const resources = entryOf(node, 'Resources');
    if (resources.kind !== 'null') found.push(resources);
  }
  return found;
}
