import { broken, dictOf, entryOf, isName, pdfArray, pdfDict, pdfNull, pdfNumber, pdfString, textOf, withEntries, type PdfArray, type PdfDict, type PdfFile, type PdfObject, type PdfRef } from '../pdf/index.ts';
import type { Draft } from './draft.ts';

/** The names that a document gets when it is prepared for signing (signing.md §3). */
export const preparedNames = { number: 'so_van_ban', day: 'ngay', month: 'thang', year: 'nam', leader: 'chu_ky_lanh_dao', seal: 'con_dau_co_quan' } as const;

export type Field = {
  /** Fully qualified (12.7.4.2). */
  readonly name: string;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  /** `Sig`, `Tx`, …, inherited ones too. */
  readonly type: string;
  /** The widget: the field itself when they are merged, else its only kid. Null when it has none or several. */
  readonly widget: PdfRef | null;
  readonly isFilled: boolean;
};

type Reader = Pick<PdfFile, 'resolve' | 'get'>;

const maxFields = 20_000;
const maxFieldDepth = 32;
/** Of a full name: one of a megabyte may be handed down to thousands. */
const maxNameLength = 2000;

/** Every terminal field of the document. A loop or a field that is no object of its own is `pdf.broken`. */
export function listFields(reader: Reader, catalog: PdfDict): readonly Field[] {
  const form = dictOf(reader.get(catalog, 'AcroForm'));
  if (form === null) return [];
  const found: Field[] = [];
  const seen = new Set<number>();
  const walk = (node: PdfObject, prefix: string, type: string, depth: number): void => {
    if (node.kind !== 'ref') throw broken('trường biểu mẫu không phải đối tượng riêng');
    if (seen.has(node.num) || depth > maxFieldDepth || seen.size > maxFields) throw broken('cây trường biểu mẫu trỏ vòng hoặc quá lớn');
    seen.add(node.num);
    const dict = dictOf(reader.resolve(node));
    // Producers leave references to deleted fields behind.
    if (dict === null) return;
    const own = textOf(reader.get(dict, 'T'));
    const name = own === null ? prefix : prefix === '' ? own : `${prefix}.${own}`;
    if (name.length > maxNameLength) throw broken('tên trường biểu mẫu quá dài');
    const declared = reader.get(dict, 'FT');
    const inherited = declared.kind === 'name' ? declared.value : type;
    const kids = reader.get(dict, 'Kids');
    const parts = kids.kind === 'array' ? kids.items : [];
    const fieldKids = parts.filter((kid) => entryOf(reader.resolve(kid), 'T').kind !== 'null');
    if (fieldKids.length > 0) {
      for (const kid of fieldKids) walk(kid, name, inherited, depth + 1);
      return;
    }
    const only = parts.length === 1 ? parts[0] : undefined;
    const widget = isName(reader.get(dict, 'Subtype'), 'Widget') ? node : only?.kind === 'ref' ? only : null;
    found.push({ name, ref: node, dict, type: inherited, widget, isFilled: reader.get(dict, 'V').kind !== 'null' });
  };
  const fields = reader.get(form, 'Fields');
  if (fields.kind === 'array') for (const field of fields.items) walk(field, '', '', 0);
  return found;
}

/** Adds fields to the document's form, making one if there is none. /SigFlags 3: signatures exist, append only (12.7.3). */
export function addToForm(draft: Draft, fields: readonly PdfRef[], options: { readonly texts: boolean }): void {
  const catalogRef = entryOf(draft.file.trailer, 'Root');
  if (catalogRef.kind !== 'ref') throw broken('danh mục gốc không phải đối tượng riêng');
  const catalog = draft.readDict(catalogRef);
  const held = entryOf(catalog, 'AcroForm');
  const form = draft.resolve(held).kind === 'null' ? pdfDict({}) : draft.readDict(held);
  const flags = draft.get(form, 'SigFlags');
  const next = withEntries(form, {
    Fields: appended(draft, entryOf(form, 'Fields'), fields),
    SigFlags: pdfNumber((flags.kind === 'number' ? flags.value : 0) | 3),
    ...(options.texts ? textResources(draft, form) : {}),
  });
  if (held.kind === 'ref' && draft.resolve(held).kind === 'dict') draft.put(held, next);
  else draft.put(catalogRef, withEntries(catalog, { AcroForm: held.kind === 'dict' ? next : draft.add(next) }));
}

/** Sets /SigFlags 3 where a field of the form is about to be signed. */
export function markSigned(draft: Draft): void {
  addToForm(draft, [], { texts: false });
}

/** Adds widgets to a page's /Annots, wherever that array is. */
export function addToPage(draft: Draft, page: PdfRef, widgets: readonly PdfRef[]): void {
  const dict = draft.readDict(page);
  const annots = appended(draft, entryOf(dict, 'Annots'), widgets);
  if (annots !== entryOf(dict, 'Annots')) draft.put(page, withEntries(dict, { Annots: annots }));
}

/** An indirect array is extended in its own object and the reference stays. */
function appended(draft: Draft, held: PdfObject, items: readonly PdfRef[]): PdfObject {
  const array = draft.resolve(held);
  if (array.kind !== 'array' && array.kind !== 'null') throw broken('danh sách trường hoặc chú thích hỏng');
  const extended: PdfArray = pdfArray([...(array.kind === 'array' ? array.items : []), ...items]);
  if (held.kind !== 'ref' || array.kind === 'null') return extended;
  if (items.length > 0) draft.put(held, extended);
  return held;
}

/** 12.7.4.3: a text field needs /DA, and /DA a font by name; what is seen is the field's own drawn appearance. */
export const defaultAppearance = pdfString(Buffer.from('/TiRo 13 Tf 0 g', 'latin1'));

function textResources(draft: Draft, form: PdfDict): Readonly<Record<string, PdfObject>> {
  const resources = dictOf(draft.get(form, 'DR')) ?? pdfDict({});
  const fonts = dictOf(draft.get(resources, 'Font')) ?? pdfDict({});
  const font = pdfDict({ Type: { kind: 'name', value: 'Font' }, Subtype: { kind: 'name', value: 'Type1' }, BaseFont: { kind: 'name', value: 'Times-Roman' }, Encoding: { kind: 'name', value: 'WinAnsiEncoding' } });
  const known = fonts.entries.has('TiRo');
  return {
    DR: withEntries(resources, { Font: known ? fonts : withEntries(fonts, { TiRo: draft.add(font) }) }),
    DA: entryOf(form, 'DA') === pdfNull ? defaultAppearance : entryOf(form, 'DA'),
  };
}
