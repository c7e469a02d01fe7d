import type { Objects } from './objects.ts';
import type { PageModel } from './page-tree.ts';
import type { Random } from './random.ts';
import type { FileSpec } from './spec.ts';
import { array, dict, extended, name, numbers, text, word, type Ref, type Value } from './value.ts';

/** The name of the empty signature field, where the spec asks for one. */
export const emptyFieldName = 'o_ky_trong';

/** Value of the catalog's /AcroForm, its widgets on their pages; null when there is to be none. */
export function addForm(objects: Objects, spec: FileSpec, random: Random, pages: PageModel): Value | null {
  if (spec.acroForm === 'none') return null;
  const fields: Ref[] = [];
  const page = random.pick(pages.pages);
  const widgets: Ref[] = [];
  const widget = (entries: Readonly<Record<string, Value>>): Ref => {
    const at = objects.add(dict({ Type: name('Annot'), Subtype: name('Widget'), Rect: numbers([40, 60, 140, 80]), F: word(4), P: page, ...entries }));
    widgets.push(at);
    return at;
  };
  // a name that the program would give by itself
  if (random.chance(0.5)) fields.push(widget({ FT: name('Tx'), T: text('chu_ky_1'), V: text('cũ') }));
  if (random.chance(0.4)) {
    const parent = objects.reserve();
    objects.put(parent, dict({ T: text('chu_ky_2'), FT: name('Tx'), Kids: array([widget({ Parent: parent, T: text('con') }), widget({ Parent: parent, T: text('nua') })]) }));
    fields.push(parent);
  }
  if (random.chance(0.3)) {
    const parent = objects.reserve();
    objects.put(parent, dict({ T: text('hai_khung'), FT: name('Tx'), Kids: array([widget({ Parent: parent }), widget({ Parent: parent })]) }));
    fields.push(parent);
  }
  if (spec.emptySignatureField) fields.push(emptySignature(objects, random, widget));
  attach(objects, page, widgets);
  const list = array(fields);
  const form = dict({
    Fields: spec.indirectFields ? objects.add(list) : list,
    SigFlags: random.chance(0.3) ? word(random.int(2)) : null,
    DA: random.chance(0.5) ? text('/Helv 0 Tf 0 g') : null,
    DR: random.chance(0.3) ? dict({ Font: dict({}) }) : null,
    NeedAppearances: random.chance(0.2) ? word('false') : null,
  });
  return spec.acroForm === 'indirect' ? objects.add(form) : form;
}

/** Merged with its widget, or with the widget as its kid. */
function emptySignature(objects: Objects, random: Random, widget: (entries: Readonly<Record<string, Value>>) => Ref): Ref {
  if (random.chance(0.6)) return widget({ FT: name('Sig'), T: text(emptyFieldName) });
  const parent = objects.reserve();
  objects.put(parent, dict({ FT: name('Sig'), T: text(emptyFieldName), Kids: array([widget({ Parent: parent })]) }));
  return parent;
}

function attach(objects: Objects, page: Ref, widgets: readonly Ref[]): void {
  const held = objects.read(page);
  if (held.kind !== 'dict' || widgets.length === 0) return;
  const annots = held.entries.find(([key]) => key === 'Annots')?.[1];
  if (annots?.kind === 'ref') {
    const list = objects.read(annots);
    objects.put(annots, array([...(list.kind === 'array' ? list.items : []), ...widgets]));
  } else objects.put(page, extended(held, { Annots: array([...(annots?.kind === 'array' ? annots.items : []), ...widgets]) }));
}
