import { AppFailure, type Result } from '../../src-shared/result.ts';
import { parseObject, pdfStream, withEntries, type Page, type PdfObject, type PdfRef } from '../pdf/index.ts';
import { drawForm, type DrawImage, type DrawRule, type DrawText } from './appearance/draw.ts';
import { forArchive } from './archive-objects.ts';
import type { Draft } from './draft.ts';
import { uprightMatrix, type PdfRect } from './geometry.ts';
import type { ArchiveLimits } from './pdf-a.ts';

export type Drawing = { readonly widthPt: number; readonly heightPt: number; readonly images: readonly DrawImage[]; readonly texts: readonly DrawText[]; readonly rules?: readonly DrawRule[] };

/** A drawing and where it stands: what a viewer shows over the page. */
export type Drawn = { readonly page: Page; readonly rect: PdfRect; readonly drawing: Drawing; readonly limits: ArchiveLimits | null };

/** The appearance of a widget that covers `rect`. Throws `AppFailure` (image.not-png, image.no-alpha). */
export function addAppearance(draft: Draft, drawn: Omit<Drawn, 'limits'>): Promise<PdfRef> {
  const limited = { ...drawn, limits: draft.limits() };
  draft.drawn.push(limited);
  return addDrawing(draft, limited);
}

/** Draws a form and puts its objects where `into` says; upright on a page that is turned. Throws `AppFailure` (image.not-png, image.no-alpha). */
export async function addDrawing(into: Pick<Draft, 'allocate' | 'put'>, { drawing, page, limits }: Pick<Drawn, 'drawing' | 'page' | 'limits'>): Promise<PdfRef> {
  const drawn = forArchive(unwrap(await drawForm(drawing)), limits);
  const refs = new Map(drawn.objects.map((object) => [object.localId, into.allocate()]));
  const refer = (text: string): string => text.replace(/@@(\d+)@@/g, (_, id: string) => {
    const ref = refs.get(Number(id));
    if (ref === undefined) throw new Error(`the drawing refers to a missing object ${id}`);
    return `${ref.num} ${ref.gen} R`;
  });
  const matrix = uprightMatrix(page.rotate);
  for (const { localId, dict, stream, value } of drawn.objects) {
    const ref = refs.get(localId)!;
    const object = read(refer(stream === null ? value ?? 'null' : dict));
    if (stream === null) into.put(ref, object);
    else if (object.kind !== 'dict') throw new Error('a stream of a drawing without a dictionary');
    else into.put(ref, pdfStream(localId === drawn.rootLocalId && matrix !== null ? withEntries(object, { Matrix: matrix }) : object, stream));
  }
  return refs.get(drawn.rootLocalId)!;
}

/** The drawing's own text, read by the parser of files: an encrypted one needs its strings and streams apart. */
function read(text: string): PdfObject {
  return parseObject({ bytes: Buffer.from(text, 'latin1'), at: 0, base: null, whole: true });
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new AppFailure(result.error.code, result.error.params);
  return result.value;
}
