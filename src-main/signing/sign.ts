import type { RectMm } from '../../src-shared/contract/signing.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { DrawRequest, SignedTail, SignRequest } from '../ports/signing.ts';
import { AppFailure, type Result } from '../../src-shared/result.ts';
import { pdfDict, withEntries, type Page, type PdfFile } from '../pdf/index.ts';
import { createDraft, type Draft } from './draft.ts';
import { drawNameAndTime, drawWithin, imageBox } from './drawings.ts';
import { preparedNames, type Field } from './form.ts';
import { displayedSizeMm, rectArray, toDisplayedRect, toPageRect, type PdfRect } from './geometry.ts';
import { unwrap } from './form-objects.ts';
import { holdsWidget, openForSigning, readPage } from './open-for-signing.ts';
import { sealCorner } from './places/seal.ts';
import { addSignedField, emptyForm, fillSignatureField, type Part } from './signature-field.ts';
import { signerOf, signingWith, type Finish } from './write-signature.ts';

/** A frame dragged by less than this is the frame that was prepared. */
const sameMm = 0.5;

/** Ký duyệt and every plain signature. Throws `AppFailure`; the engine makes a `Result` of it. */
export async function signDocument(input: ByteSource, request: SignRequest): Promise<Result<SignedTail>> {
  const signer = signerOf(request);
  return drawSignature(input, { ...request, name: signer.commonName }, signingWith(request, signer));
}

/** Draws what will be signed, and lets `finish` do the rest. Throws `AppFailure`. */
export async function drawSignature(input: ByteSource, request: DrawRequest, finish: Finish): Promise<Result<SignedTail>> {
  const { file, fields, signatures } = openForSigning(input);
  const page = readPage(file, request.place?.page ?? 1);
  if (request.place !== null) unwrap(toPageRect(page, request.place.rect));
  const draft = createDraft(file);
  const value = draft.allocate();
  const field = chooseField(file, fields, request, page);
  if (field === null) {
    const name = freeName(fields);
    await addSignedField(draft, name, partOf(request, page), value);
    return finish(input, draft, value, { name, dict: null });
  }
  const kept = keptRect(file, field, page, request);
  if (signatures === 0 && request.place !== null) moveSealAlong(draft, fields, field, page, { frame: kept === null ? request.place.rect : toDisplayedRect(page, kept), image: request.image });
  await fillSignatureField(draft, field, partOf(request, page, kept), kept, value);
  return finish(input, draft, value, { name: field.name, dict: field.dict });
}

/** The name asked for, else the leader's prepared field if it is on the page in question; null: a new one is made. */
function chooseField(file: PdfFile, fields: readonly Field[], request: DrawRequest, page: Page): Field | null {
  const name = request.field ?? preparedNames.leader;
  const field = fields.find((one) => one.name === name && one.type === 'Sig' && !one.isFilled && one.widget !== null) ?? null;
  if (request.field !== undefined && field === null) throw new AppFailure('not-found', { what: `trường chữ ký trống ${request.field}` });
  const fits = field !== null && (request.place === null || holdsWidget(file, page, field.widget!));
  if (request.field !== undefined && !fits) throw new AppFailure('placement.outside-page');
  return fits ? field : null;
}

/** What the signature shows: nothing, the image at its place, or name and time. */
export function partOf(request: DrawRequest, page: Page, kept: PdfRect | null = null): Part {
  if (request.place === null) return { page, frame: null, drawing: null };
  const frame = kept === null ? request.place.rect : toDisplayedRect(page, kept);
  const drawing = request.image === null ? drawNameAndTime(frame, request.name, request.at) : drawWithin(frame, { png: request.image, rect: frame }, []);
  return { page, frame, drawing };
}

/** The prepared widget's own rectangle when the person left it where it was: strict verifiers allow no move after an earlier signature. */
export function keptRect(file: PdfFile, field: Field, page: Page, request: DrawRequest): PdfRect | null {
  const rect = readRect(file, field);
  if (rect === null || request.place === null) return null;
  const shown = toDisplayedRect(page, rect);
  const wanted = request.place.rect;
  const isSame = (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(shown[side] - wanted[side]) <= sameMm);
  return isSame ? rect : null;
}

export function readRect(file: PdfFile, field: Field): PdfRect | null {
  if (field.widget === null) return null;
  const array = file.get(file.resolve(field.widget), 'Rect');
  if (array.kind !== 'array' || array.items.length !== 4) return null;
  const numbers = array.items.map((item) => file.resolve(item)).map((item) => (item.kind === 'number' ? item.value : Number.NaN));
  const [a, b, c, d] = [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!];
  const rect: PdfRect = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  return rect[2] > rect[0] && rect[3] > rect[1] ? rect : null;
}

/**
 * NĐ 30/2020 App I.II.8a: the seal covers a third of the leader's image, at its left. The seal's place was prepared before the image was
 * known: as long as nothing is signed it goes along with where the image comes to stand, and with how wide it is.
 */
function moveSealAlong(draft: Draft, fields: readonly Field[], leader: Field, page: Page, drawn: { readonly frame: RectMm; readonly image: Uint8Array | null }): void {
  const seal = fields.find((one) => one.name === preparedNames.seal && one.type === 'Sig' && !one.isFilled);
  const sealRect = seal === undefined ? null : readRect(draft.file, seal);
  if (leader.name !== preparedNames.leader || seal === undefined || seal.widget === null || sealRect === null) return;
  if (!holdsWidget(draft.file, page, seal.widget)) return;
  const old = toDisplayedRect(page, sealRect);
  const box = drawn.image === null ? drawn.frame : imageBox(drawn.frame, drawn.image);
  const moved = { ...old, ...sealCorner(box, old, displayedSizeMm(page)) };
  if (Math.hypot(moved.x - old.x, moved.y - old.y) <= sameMm) return;
  const rect = unwrap(toPageRect(page, moved));
  draft.put(seal.widget, withEntries(draft.readDict(seal.widget), { Rect: rectArray(rect), AP: pdfDict({ N: emptyForm(draft, rect) }) }));
}

/** `chu_ky_1`, `chu_ky_2`, …: a partial name may not be there twice, and holds no full stop (12.7.4.2). */
export function freeName(fields: readonly Field[], stem = 'chu_ky'): string {
  const taken = new Set(fields.flatMap(({ name }) => [name, name.split('.')[0] ?? name]));
  for (let i = 1; ; i += 1) if (!taken.has(`${stem}_${i}`)) return `${stem}_${i}`;
}

