import type { ByteSource } from '../ports/bytes.ts';
import type { Places } from '../ports/signing.ts';
import { pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfText, type PdfObject, type PdfRef } from '../pdf/index.ts';
import { createDraft, type Draft } from './draft.ts';
import { unwrap } from './form-objects.ts';
import { addToForm, addToPage, defaultAppearance, preparedNames } from './form.ts';
import { mmToPt, toPageRect } from './geometry.ts';
import { openForSigning, readPage } from './open-for-signing.ts';
import { signatureTitle, widgetEntries } from './signature-field.ts';
import { tagWidget } from './struct-tree.ts';

type Proposal = Places['seal'];

/** What a screen reader says of them in a tagged document. */
const textTitles = { [preparedNames.number]: 'Số văn bản', [preparedNames.day]: 'Ngày ban hành', [preparedNames.month]: 'Tháng ban hành', [preparedNames.year]: 'Năm ban hành' } as const;
/** Print only: a text field that is to be filled is not locked. */
const textFlags = 4;
/** 12.7.4.3: centred. */
const centred = 1;

/**
 * One update with the text fields and the two empty signature fields (signing.md §3). A document that is prepared or signed already gets
 * an empty tail: after a signature, a new field is a change that strict verifiers refuse. Throws `AppFailure`.
 */
export async function prepareDocument(input: ByteSource, places: Places): Promise<Uint8Array> {
  const { file, fields, signatures } = openForSigning(input);
  const taken = new Set(fields.map(({ name }) => name));
  if (signatures > 0 || taken.has(preparedNames.seal)) return new Uint8Array(0);
  const draft = createDraft(file);
  const added: PdfRef[] = [];
  const texts: string[] = [];
  for (const [name, place] of [[preparedNames.number, places.number], [preparedNames.day, places.day], [preparedNames.month, places.month], [preparedNames.year, places.year ?? null]] as const) {
    if (place === null || taken.has(name)) continue;
    added.push(await addField(draft, place, textTitles[name], { FT: pdfName('Tx'), T: pdfText(name), DA: defaultAppearance, Q: pdfNumber(centred) }, textFlags));
    texts.push(name);
  }
  if (!taken.has(preparedNames.leader)) added.push(await addField(draft, places.signature, signatureTitle, { FT: pdfName('Sig'), T: pdfText(preparedNames.leader) }, null));
  added.push(await addField(draft, places.seal, signatureTitle, { FT: pdfName('Sig'), T: pdfText(preparedNames.seal), ...lockOn(texts) }, null));
  addToForm(draft, added, { texts: texts.length > 0 });
  return draft.build().tail;
}

async function addField(draft: Draft, place: Proposal, title: string, own: Readonly<Record<string, PdfObject>>, flags: number | null): Promise<PdfRef> {
  const page = readPage(draft.file, place?.page ?? 1);
  if (place !== null) unwrap(toPageRect(page, place.rect));
  const frame = place === null ? null : place.rect;
  const drawing = frame === null ? null : { widthPt: mmToPt(frame.width), heightPt: mmToPt(frame.height), images: [], texts: [] };
  const shown = await widgetEntries(draft, { page, frame, drawing });
  const ref = draft.allocate();
  draft.put(ref, pdfDict({ ...shown, ...tagWidget(draft, ref, page, title), ...own, ...(flags === null ? {} : { F: pdfNumber(flags) }) }));
  addToPage(draft, pdfRef(page.num, page.gen), [ref]);
  return ref;
}

/** 12.7.5.5: when the seal is put on, what the clerk wrote can no longer be changed. */
function lockOn(names: readonly string[]): Readonly<Record<string, PdfObject>> {
  if (names.length === 0) return {};
  return { Lock: pdfDict({ Type: pdfName('SigFieldLock'), Action: pdfName('Include'), Fields: pdfArray(names.map((name) => pdfText(name))) }) };
}
