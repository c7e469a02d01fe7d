import { AppFailure, type Result } from '../../src-shared/result.ts';
import type { Page, PdfRef } from '../pdf/index.ts';
import { drawForm, type DrawImage, type DrawText } from './appearance/draw.ts';
import type { Draft } from './draft.ts';
import { uprightMatrix, type PdfRect } from './geometry.ts';

export type Drawing = { readonly widthPt: number; readonly heightPt: number; readonly images: readonly DrawImage[]; readonly texts: readonly DrawText[] };

/** A drawing and where it stands: what a viewer shows over the page. */
export type Drawn = { readonly page: Page; readonly rect: PdfRect; readonly drawing: Drawing };

/** The appearance of a widget that covers `rect`. Throws `AppFailure` (image.not-png, image.no-alpha). */
export function addAppearance(draft: Draft, drawn: Drawn): Promise<PdfRef> {
  draft.drawn.push(drawn);
  return addDrawing(draft, drawn.drawing, drawn.page.rotate);
}

/** Draws a form and puts its objects where `into` says; upright on a page turned by `rotate`. Throws `AppFailure` (image.not-png, image.no-alpha). */
export async function addDrawing(into: Pick<Draft, 'allocate' | 'put'>, drawing: Drawing, rotate: number): Promise<PdfRef> {
  const drawn = unwrap(await drawForm(drawing));
  const refs = new Map(drawn.objects.map((object) => [object.localId, into.allocate()]));
  const refer = (text: string): string => text.replace(/@@(\d+)@@/g, (_, id: string) => {
    const ref = refs.get(Number(id));
    if (ref === undefined) throw new Error(`the drawing refers to a missing object ${id}`);
    return `${ref.num} ${ref.gen} R`;
  });
  const matrix = uprightMatrix(rotate);
  for (const { localId, dict, stream, value } of drawn.objects) {
    const isTurned = localId === drawn.rootLocalId && matrix !== null;
    const head = Buffer.from(refer(isTurned ? dict.replace('<<', `<< /Matrix ${matrix}`) : dict), 'latin1');
    const body = stream === null ? Buffer.from(refer(value ?? 'null'), 'latin1') : Buffer.concat([head, Buffer.from('\nstream\n', 'latin1'), stream, Buffer.from('\nendstream', 'latin1')]);
    into.put(refs.get(localId)!, body);
  }
  return refs.get(drawn.rootLocalId)!;
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new AppFailure(result.error.code, result.error.params);
  return result.value;
}
