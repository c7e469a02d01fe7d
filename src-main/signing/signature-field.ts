import { AppFailure } from '../../src-shared/result.ts';
import type { RectMm } from '../../src-shared/contract/signing.ts';
import { entryOf, isName, pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfText, withEntries, type Page, type PdfDict, type PdfFile, type PdfObject, type PdfRef } from '../pdf/index.ts';
import { addAppearance, unwrap, type Drawing } from './form-objects.ts';
import { addToForm, addToPage, markSigned, type Field } from './form.ts';
import { rectArray, toPageRect, type PdfRect } from './geometry.ts';
import type { Draft } from './draft.ts';
import { tagWidget } from './struct-tree.ts';

/** One visible part of a signature: on a page, over a rectangle as displayed. An invisible one has no frame. */
export type Part = { readonly page: Page; readonly frame: RectMm | null; readonly drawing: Drawing | null };

/** Print and Locked (12.5.3): what was signed is not moved by a viewer. */
const widgetFlags = 132;
/** What a screen reader says of a signature's place in a tagged document. */
export const signatureTitle = 'Chữ ký số';
const nowhere: PdfRect = [0, 0, 0, 0];

/** A widget's entries for a part. /AP is always there, since PDF 2.0 asks for it and PDF/A for every widget. */
export async function widgetEntries(draft: Draft, part: Part, rect: PdfRect | null = null): Promise<Readonly<Record<string, PdfObject>>> {
  const box = part.frame === null ? nowhere : rect ?? unwrap(toPageRect(part.page, part.frame));
  const form = part.drawing === null ? emptyForm(draft, box) : await addAppearance(draft, { page: part.page, rect: box, drawing: part.drawing });
  return {
    Type: pdfName('Annot'),
    Subtype: pdfName('Widget'),
    F: pdfNumber(widgetFlags),
    P: pdfRef(part.page.num, part.page.gen),
    Rect: rectArray(box),
    AP: pdfDict({ N: form }),
    ...(part.page.rotate === 0 || part.frame === null ? {} : { MK: pdfDict({ R: pdfNumber(part.page.rotate) }) }),
  };
}

/**
 * A new signature field with its value, merged with its widget. `words`: what is drawn, for who cannot see it; /TU is what a screen reader
 * says of a field (14.9.3), /Contents what an annotation says in words (12.5.2).
 */
export async function addSignedField(draft: Draft, name: string, part: Part, value: PdfRef, words: string | null = null): Promise<void> {
  const shown = await widgetEntries(draft, part);
  const own = words === null ? {} : { TU: pdfText(words), Contents: pdfText(words) };
  const field = draft.allocate();
  draft.put(field, pdfDict({ ...shown, ...tagWidget(draft, field, part.page, words ?? signatureTitle), ...own, FT: pdfName('Sig'), T: pdfText(name), V: value }));
  addToPage(draft, pdfRef(part.page.num, part.page.gen), [field]);
  addToForm(draft, [field], { texts: false });
}

/** Signs an empty field. `rect` is the widget's rectangle when it is to stay as it is. */
export async function fillSignatureField(draft: Draft, field: Field, part: Part, rect: PdfRect | null, value: PdfRef): Promise<void> {
  if (field.widget === null) throw new AppFailure('not-found', { what: `khung của trường chữ ký ${field.name}` });
  const shown = part.frame === null ? blankEntries(draft, field.widget) : await widgetEntries(draft, part, rect);
  // Readers of the day that take a lone kid with a /Parent for a field of its own look for /V there
  draft.put(field.widget, withEntries(draft.readDict(field.widget), { ...shown, V: value }));
  if (field.widget.num !== field.ref.num) draft.put(field.ref, withEntries(draft.readDict(field.ref), { V: value }));
  markSigned(draft);
}

/** A widget that is there keeps its page and its place, and shows nothing. */
function blankEntries(draft: Draft, widget: PdfRef): Readonly<Record<string, PdfObject>> {
  const rect = draft.get(draft.readDict(widget), 'Rect');
  const [a = 0, b = 0, c = 0, d = 0] = rect.kind === 'array' ? rect.items.map((item) => draft.resolve(item)).map((item) => (item.kind === 'number' ? item.value : 0)) : [];
  return { F: pdfNumber(widgetFlags), AP: pdfDict({ N: emptyForm(draft, [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]) }) };
}

/** 12.8.2.4: what a field's /Lock asks for goes into the signature as a FieldMDP reference. */
export function fieldLockReference(file: PdfFile, field: PdfDict): PdfObject | null {
  const lock = file.get(field, 'Lock');
  if (lock.kind !== 'dict' || !lock.entries.has('Action')) return null;
  const parameters: Record<string, PdfObject> = { Type: pdfName('TransformParams'), V: pdfName('1.2'), Action: entryOf(lock, 'Action') };
  if (!isName(file.get(lock, 'Action'), 'All')) parameters['Fields'] = file.get(lock, 'Fields');
  return pdfArray([pdfDict({ Type: pdfName('SigRef'), TransformMethod: pdfName('FieldMDP'), TransformParams: pdfDict(parameters), Data: entryOf(file.trailer, 'Root') })]);
}

/** A form of the rectangle's size with nothing in it. */
export function emptyForm(draft: Draft, [left, bottom, right, top]: PdfRect): PdfRef {
  const box = rectArray([0, 0, right - left, top - bottom]);
  return draft.addStream(pdfDict({ Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: box, Resources: pdfDict({}) }), new Uint8Array(0));
}
