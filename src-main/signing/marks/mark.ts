import type { Placement } from '../../../src-shared/contract/signing.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { Mark, SignedTail, SigningPort } from '../../ports/signing.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import { createDraft } from '../draft.ts';
import { unwrap } from '../form-objects.ts';
import { displayedSizeMm, toDisplayedRect, toPageRect } from '../geometry.ts';
import { holdsWidget, openForSigning, readPage, type OpenedForSigning } from '../open-for-signing.ts';
import type { PageRoom } from '../places/find-room.ts';
import { readRooms } from '../places/read-places.ts';
import type { PageReader } from '../places/reader/page-reader.ts';
import { layersOf } from '../preview.ts';
import { freeName, readRect } from '../sign.ts';
import { addSignedField } from '../signature-field.ts';
import { signerOf, signingWith, type Finish } from '../write-signature.ts';
import { placeWhereAsked, placeWhereFree, type PlacedMark } from './place-mark.ts';
import { describeMark } from './words.ts';

type MarkRequest = Parameters<SigningPort['mark']>[1];
type MarkDrawing = { readonly at: Date; readonly place: Placement | null; readonly mark: Mark };

const stems = { incoming: 'dau_den', copy: 'ban_sao', appendix: 'phu_luc', comment: 'but_phe' } as const satisfies Record<Mark['kind'], string>;

/** Dấu đến, sao, phụ lục, bút phê: a signature whose appearance is the mark. Throws `AppFailure`. */
export async function markDocument(reader: PageReader, input: ByteSource, request: MarkRequest): Promise<Result<SignedTail>> {
  const { mark } = request;
  // What was written is found by who searches the signatures, not only on the page
  const reason = mark.kind === 'comment' ? [request.reason, mark.text].filter((part) => part !== '').join(': ') : request.reason;
  const signed = { ...request, reason, image: null };
  const signer = signerOf(signed);
  const { finish } = await drawMark(reader, input, request);
  return finish(signingWith(signed, signer));
}

/** The mark as it will look, and where. Throws `AppFailure`. */
export async function previewMark(reader: PageReader, input: ByteSource, request: MarkDrawing): ReturnType<SigningPort['previewMark']> {
  const { place, finish } = await drawMark(reader, input, request);
  const layers = await layersOf(place.page, finish);
  return layers.ok ? ok({ layers: layers.value, place }) : layers;
}

async function drawMark(reader: PageReader, input: ByteSource, request: MarkDrawing): Promise<{ readonly place: Placement; readonly finish: (finish: Finish) => Promise<Result<SignedTail>> }> {
  const opened = openForSigning(input);
  const { place, layout } = await placeMark(reader, input, opened, request);
  const page = readPage(opened.file, place.page);
  unwrap(toPageRect(page, place.rect));
  return {
    place,
    finish: async (finish) => {
      const draft = createDraft(opened.file);
      const value = draft.allocate();
      const name = freeName(opened.fields, stems[request.mark.kind]);
      await addSignedField(draft, name, { page, frame: place.rect, drawing: layout.drawing }, value, describeMark(request.mark, request.at));
      return finish(input, draft, value, { name, dict: null });
    },
  };
}

async function placeMark(reader: PageReader, input: ByteSource, opened: OpenedForSigning, { mark, at, place }: MarkDrawing): Promise<PlacedMark> {
  if (place !== null) return placeWhereAsked(mark, at, place, displayedSizeMm(readPage(opened.file, place.page)));
  const rooms = unwrap(await readRooms(reader, input));
  return placeWhereFree(mark, at, rooms.map((room) => ({ ...room, ink: [...room.ink, ...waitingFields(opened, room)] })));
}

/** Fields that are still to be filled: nothing is seen there yet, and nothing else belongs there. */
function waitingFields({ file, fields }: OpenedForSigning, room: PageRoom): PageRoom['ink'] {
  const page = readPage(file, room.page);
  return fields.flatMap((field) => {
    const rect = field.isFilled || field.widget === null || !holdsWidget(file, page, field.widget) ? null : readRect(file, field);
    return rect === null ? [] : [toDisplayedRect(page, rect)];
  });
}
