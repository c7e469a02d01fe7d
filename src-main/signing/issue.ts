import type { RectMm } from '../../src-shared/contract/signing.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { Places, SignedTail, SignRequest } from '../ports/signing.ts';
import type { Result } from '../../src-shared/result.ts';
import { broken, pdfDict, pdfText, withEntries, type Page, type PdfFile } from '../pdf/index.ts';
import { createDraft, type Draft } from './draft.ts';
import { drawNameAndTime, drawWithin, type PlacedText } from './drawings.ts';
import { addDrawing, unwrap } from './form-objects.ts';
import { preparedNames, type Field } from './form.ts';
import { toDisplayedRect, toPageRect, unionMm } from './geometry.ts';
import { findPageOf, holdsWidget, openForSigning, readPage } from './open-for-signing.ts';
import { freeName, keptRect, partOf, readRect } from './sign.ts';
import type { SignerCertificate } from './certificate.ts';
import { addSignedField, fillSignatureField, type Part } from './signature-field.ts';
import { signerOf, writeSignature } from './write-signature.ts';

export type IssueRequest = SignRequest & { readonly number: string; readonly day: string; readonly month: string; readonly places: Places };

type Writing = { readonly field: string; readonly text: string; readonly place: Places['number']; readonly font: 'regular' | 'italic' };

/**
 * Phát hành in one update: number and date into the prepared fields and the seal into its field; what has no field is drawn inside the
 * seal's own signature, the only place that is lawful after the leader's. Throws `AppFailure`.
 */
export async function issueDocument(input: ByteSource, request: IssueRequest): Promise<Result<SignedTail>> {
  const { file, fields } = openForSigning(input);
  const page = readPage(file, request.place?.page ?? 1);
  if (request.place !== null) unwrap(toPageRect(page, request.place.rect));
  const signer = signerOf(request);
  const draft = createDraft(file);
  const value = draft.allocate();
  const seal = fields.find((one) => one.name === (request.field ?? preparedNames.seal) && one.type === 'Sig' && !one.isFilled && one.widget !== null);
  const unwritten: Writing[] = [];
  for (const writing of writingsOf(request)) {
    const field = fields.find((one) => one.name === writing.field && one.type === 'Tx');
    if (seal !== undefined && field !== undefined) await fillText(draft, field, writing);
    else unwritten.push(writing);
  }
  // Beside prepared fields nothing is drawn: what has no field stood in the text already.
  if (seal !== undefined && (request.place === null || holdsWidget(file, page, seal.widget!))) {
    const kept = keptRect(file, seal, page, request);
    await fillSignatureField(draft, seal, partOf(request, signer, page, kept), kept, value);
    return writeSignature(input, draft, value, request, signer, { name: seal.name, dict: seal.dict });
  }
  const name = freeName(fields);
  await addSignedField(draft, name, sealParts(file, request, signer, page, seal === undefined ? unwritten : []), value);
  return writeSignature(input, draft, value, request, signer, { name, dict: null });
}

function writingsOf({ number, day, month, places }: IssueRequest): readonly Writing[] {
  return [
    { field: preparedNames.number, text: number, place: places.number, font: 'regular' },
    // NĐ 30/2020 App I.II.4: place and date stand in italics.
    { field: preparedNames.day, text: day, place: places.day, font: 'italic' },
    { field: preparedNames.month, text: month, place: places.month, font: 'italic' },
  ];
}

/** /V and /AP say the same: a viewer that trusts either shows the same number. */
async function fillText(draft: Draft, field: Field, writing: Writing): Promise<void> {
  const rect = readRect(draft.file, field);
  const page = field.widget === null ? null : findPageOf(draft.file, field.widget);
  if (field.widget === null || rect === null || page === null) throw broken(`trường ${field.name} không nằm trên trang nào`);
  const frame = toDisplayedRect(page, rect);
  const form = await addDrawing(draft, drawWithin(frame, null, [{ text: writing.text, rect: frame, font: writing.font }]), page.rotate);
  const shown = { AP: pdfDict({ N: form }) };
  const value = { V: pdfText(writing.text) };
  if (field.widget.num === field.ref.num) draft.put(field.ref, withEntries(draft.readDict(field.ref), { ...shown, ...value }));
  else {
    draft.put(field.widget, withEntries(draft.readDict(field.widget), shown));
    draft.put(field.ref, withEntries(draft.readDict(field.ref), value));
  }
}

/** The seal's widget grown over what is written on its page, and one more widget for each other page that is written on. */
function sealParts(file: PdfFile, request: IssueRequest, signer: SignerCertificate, sealPage: Page, writings: readonly Writing[]): readonly Part[] {
  const numbers = [...new Set([request.place?.page ?? 1, ...writings.flatMap(({ place }) => (place === null ? [] : [place.page]))])];
  const parts = numbers.map((number, i): Part | null => {
    const page = i === 0 ? sealPage : readPage(file, number);
    const texts = writings.flatMap(({ place, text, font }): readonly PlacedText[] => (place?.page === number ? [{ text, rect: place.rect, font }] : []));
    const sealRect: RectMm | null = i === 0 ? request.place?.rect ?? null : null;
    const rects = [...texts.map(({ rect }) => rect), ...(sealRect === null ? [] : [sealRect])];
    if (rects.length === 0) return i === 0 ? { page, frame: null, drawing: null } : null;
    if (texts.length === 0 && request.image === null && sealRect !== null) return { page, frame: sealRect, drawing: drawNameAndTime(sealRect, signer.commonName, request.at) };
    const frame = unionMm(rects);
    return { page, frame, drawing: drawWithin(frame, sealRect === null || request.image === null ? null : { png: request.image, rect: sealRect }, texts) };
  });
  return parts.filter((part) => part !== null);
}
