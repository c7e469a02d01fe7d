import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { Layer } from '../../ports/signing.ts';
import type { DeskContext } from '../context.ts';
import { openDocument } from '../documents/open-document.ts';
import { printedDay, printedMonth, printedNumber, printedYear } from '../vietnam-time.ts';
import { readImages } from './images.ts';
import type { FindPlaces } from './places.ts';

/**
 * What ký duyệt would draw. Where the office has no image, name and time stand in its place: the certificate's own name and the moment of
 * signing are known only then, so here they are the person's and now.
 */
export async function previewApproval(context: DeskContext, { id, placement }: ParsedInput<'signing.preview'>): Promise<Result<Output<'signing.preview'>>> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  return answer(await context.signing.previewSign(opened.value.source, { place: placement, image: readImages(context).signature?.bytes ?? null, at: context.now(), name: context.me.fullName }));
}

/** What phát hành would draw, on every page that it touches. */
export async function previewIssue(context: DeskContext, findPlaces: FindPlaces, { id, number, date, placement }: ParsedInput<'issuing.preview'>): Promise<Result<Output<'issuing.preview'>>> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  const places = await findPlaces(opened.value.state.content.sha256, opened.value.source);
  if (!places.ok) return places;
  const texts = { number: printedNumber(number), day: printedDay(date), month: printedMonth(date), year: printedYear(date), places: places.value };
  return answer(await context.signing.previewIssue(opened.value.source, { place: placement, image: readImages(context).seal?.bytes ?? null, at: context.now(), name: context.unit.name, ...texts }));
}

function answer(layers: Result<readonly Layer[]>): Result<Output<'signing.preview'>> {
  return layers.ok ? ok({ layers: [...layers.value] }) : layers;
}
