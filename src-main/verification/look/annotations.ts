import { z } from 'zod';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PagePlace } from '../../../src-shared/contract/verification.ts';

/** ISO 32000-2 table 167. */
const hiddenFlag = 2;
const noViewFlag = 32;
/** As large as viewers draw the sign of a note that has no picture, mm. */
const iconMm = 8;
const mmPerPoint = 25.4 / 72;
/** Fields draw by their widgets, a link draws nothing, a pop-up opens by a click. */
const withoutIcon = ['Widget', 'Link', 'Popup'];

const annotation = z.looseObject({ id: z.string().catch(''), subtype: z.string().catch(''), rect: z.array(z.number()).length(4), annotationFlags: z.number().catch(0), hasAppearance: z.boolean().catch(false), contentsObj: z.looseObject({ str: z.string() }).nullish().catch(null) });

/** What is printed may be another thing than what is displayed: layers, and annotations that are shown on paper alone. */
export async function needsPaper(document: PDFDocumentProxy, page: PDFPageProxy): Promise<boolean> {
  const layers = await document.getOptionalContentConfig({ intent: 'any' });
  if ([...layers].length > 0) return true;
  return readAnnotations(await page.getAnnotations({ intent: 'print' })).some((each) => (each.annotationFlags & noViewFlag) !== 0);
}

/**
 * What other viewers show and pdf.js does not draw: notes and attachments without a picture of their own, which get a sign, and annotations that it finds
 * wanting (a highlight without its corners). Where each is seen, by all that it shows.
 */
export async function listIcons(page: PDFPageProxy, number: number): Promise<ReadonlyMap<string, PagePlace>> {
  const all = readAnnotations(await page.getAnnotations({ intent: 'any' })).filter((each) => !withoutIcon.includes(each.subtype) && (each.annotationFlags & (hiddenFlag | noViewFlag)) === 0);
  if (all.length === 0) return new Map();
  const drawn = new Set(readAnnotations(await page.getAnnotations({ intent: 'display' })).filter((each) => each.hasAppearance).map(({ id }) => id));
  const icons = all.filter(({ id }) => !drawn.has(id));
  const viewport = page.getViewport({ scale: 1 });
  return new Map(icons.map((each) => {
    const [left = 0, bottom = 0, right = 0, top = 0] = each.rect;
    const [a = 0, b = 0] = viewport.convertToViewportPoint(left, bottom).map(Number);
    const [c = 0, d = 0] = viewport.convertToViewportPoint(right, top).map(Number);
    const mm = (points: number): number => Math.round(points * mmPerPoint * 100) / 100;
    const size = { widthMm: Math.max(iconMm, mm(Math.abs(c - a))), heightMm: Math.max(iconMm, mm(Math.abs(d - b))) };
    return [JSON.stringify([each.subtype, each.rect, each.annotationFlags, each.contentsObj?.str ?? '']), { page: number, xMm: mm(Math.min(a, c)), yMm: mm(Math.min(b, d)), ...size }];
  }));
}

function readAnnotations(list: readonly unknown[]): readonly z.infer<typeof annotation>[] {
  return list.flatMap((each) => {
    const parsed = annotation.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
}
