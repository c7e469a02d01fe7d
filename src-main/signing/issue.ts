import type { RectMm } from '../../src-shared/contract/signing.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { DrawRequest, IssueTexts, Places, SignedTail, SignRequest } from '../ports/signing.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import { broken, joinSource, pdfDict, pdfText, withEntries, type Page, type PdfRef } from '../pdf/index.ts';
import { createDraft, type Draft } from './draft.ts';
import { drawNameAndTime, drawWithin, type PlacedText } from './drawings.ts';
import { addAppearance, unwrap } from './form-objects.ts';
import { preparedNames, type Field } from './form.ts';
import { toDisplayedRect, toPageRect, unionMm } from './geometry.ts';
import { findPageOf, holdsWidget, openForSigning, readPage } from './open-for-signing.ts';
import { freeName, keptRect, partOf, readRect } from './sign.ts';
import { addSignedField, fillSignatureField, type Part } from './signature-field.ts';
import { signerOf, signingWith, type Finish } from './write-signature.ts';

type IssueDrawing = DrawRequest & IssueTexts;

type PlacedWriting = Writing & { readonly place: NonNullable<Places['number']> };

type Writing = { readonly field: string; readonly text: string; readonly place: Places['number']; readonly font: 'regular' | 'italic' };

/**
 * Phát hành in one update: number and date into the prepared fields and the seal into its field; what has no field is drawn inside the
 * seal's own signature, the only place that is lawful after the leader's. Throws `AppFailure`.
 */
export async function issueDocument(input: ByteSource, request: SignRequest & IssueTexts): Promise<Result<SignedTail>> {
  const signer = signerOf(request);
  return drawIssue(input, { ...request, name: signer.commonName }, signingWith(request, signer));
}

/** Draws number, date and seal, and lets `finish` do the rest, once for each revision. Throws `AppFailure`. */
export async function drawIssue(input: ByteSource, request: IssueDrawing, finish: Finish): Promise<Result<SignedTail>> {
  const { file, fields } = openForSigning(input);
  const page = readPage(file, request.place?.page ?? 1);
  if (request.place !== null) unwrap(toPageRect(page, request.place.rect));
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
    await fillSignatureField(draft, seal, partOf(request, page, kept), kept, value);
    return finish(input, draft, value, { name: seal.name, dict: seal.dict });
  }
  if (seal !== undefined) return finishNewField(input, draft, fields, value, partOf(request, page), finish);
  return issueUnprepared(input, request, unwritten, finish);
}

/**
 * Readers of the day take a signature field with widgets on two pages for an unsigned one, so what is written on another page than the
 * seal's gets a signature of the same key there, in a revision of its own before the seal's.
 */
async function issueUnprepared(input: ByteSource, request: IssueDrawing, writings: readonly Writing[], finish: Finish): Promise<Result<SignedTail>> {
  const sealPage = request.place?.page ?? 1;
  const placed = writings.filter((writing): writing is PlacedWriting => writing.place !== null);
  const numbers = [...new Set(placed.map(({ place }) => place.page))].filter((number) => number !== sealPage);
  let tail: Uint8Array = new Uint8Array(0);
  let timestampProblem: SignedTail['timestampProblem'] = null;
  for (const number of [...numbers, sealPage]) {
    const source = tail.length === 0 ? input : joinSource(input, tail);
    const { file, fields } = openForSigning(source);
    const draft = createDraft(file);
    const texts = placed.filter(({ place }) => place.page === number).map(({ text, place, font }): PlacedText => ({ text, rect: place.rect, font }));
    const part = partWith(readPage(file, number), number === sealPage ? request.place?.rect ?? null : null, texts, request);
    const signed = await finishNewField(source, draft, fields, draft.allocate(), part, finish);
    if (!signed.ok) return signed;
    timestampProblem ??= signed.value.timestampProblem ?? null;
    if (number === sealPage) return ok({ ...signed.value, tail: Buffer.concat([tail, signed.value.tail]), timestampProblem });
    tail = Buffer.concat([tail, signed.value.tail]);
  }
  throw new Error('the seal is always the last');
}

async function finishNewField(input: ByteSource, draft: Draft, fields: readonly Field[], value: PdfRef, part: Part, finish: Finish): Promise<Result<SignedTail>> {
  const name = freeName(fields);
  await addSignedField(draft, name, part, value);
  return finish(input, draft, value, { name, dict: null });
}

function writingsOf({ number, day, month, year, places }: IssueTexts): readonly Writing[] {
  return [
    { field: preparedNames.number, text: number, place: places.number, font: 'regular' },
    // NĐ 30/2020 App I.II.4: place and date stand in italics.
    { field: preparedNames.day, text: day, place: places.day, font: 'italic' },
    { field: preparedNames.month, text: month, place: places.month, font: 'italic' },
    ...(year === undefined ? [] : [{ field: preparedNames.year, text: year, place: places.year ?? null, font: 'italic' } as const]),
  ];
}

/** /V and /AP say the same: a viewer that trusts either shows the same number. */
async function fillText(draft: Draft, field: Field, writing: Writing): Promise<void> {
  const rect = readRect(draft.file, field);
  const page = field.widget === null ? null : findPageOf(draft.file, field.widget);
  if (field.widget === null || rect === null || page === null) throw broken(`trường ${field.name} không nằm trên trang nào`);
  const frame = toDisplayedRect(page, rect);
  const form = await addAppearance(draft, { page, rect, drawing: drawWithin(frame, null, [{ text: writing.text, rect: frame, font: writing.font }]) });
  const shown = { AP: pdfDict({ N: form }) };
  const value = { V: pdfText(writing.text) };
  if (field.widget.num === field.ref.num) draft.put(field.ref, withEntries(draft.readDict(field.ref), { ...shown, ...value }));
  else {
    draft.put(field.widget, withEntries(draft.readDict(field.widget), shown));
    draft.put(field.ref, withEntries(draft.readDict(field.ref), value));
  }
}

/** The seal's widget, grown over what is written on its page. */
function partWith(page: Page, seal: RectMm | null, texts: readonly PlacedText[], request: IssueDrawing): Part {
  const rects = [...texts.map(({ rect }) => rect), ...(seal === null ? [] : [seal])];
  if (rects.length === 0) return { page, frame: null, drawing: null };
  if (texts.length === 0 && seal !== null && request.image === null) return { page, frame: seal, drawing: drawNameAndTime(seal, request.name, request.at) };
  const frame = unionMm(rects);
  return { page, frame, drawing: drawWithin(frame, seal === null || request.image === null ? null : { png: request.image, rect: seal }, texts) };
}
