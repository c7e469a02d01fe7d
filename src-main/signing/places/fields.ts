import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { mapPoint } from './geometry.ts';
import type { Matrix } from './geometry.ts';

/** A field's widget on a page. `signature` tells signature fields from text fields. */
export type FieldPlace = { readonly name: string; readonly signature: boolean; readonly rect: RectMm };

export async function readFields(page: PDFPageProxy, toMm: Matrix): Promise<readonly FieldPlace[]> {
  const annotations: readonly unknown[] = await page.getAnnotations();
  return annotations.flatMap((annotation): readonly FieldPlace[] => {
    if (typeof annotation !== 'object' || annotation === null || Reflect.get(annotation, 'subtype') !== 'Widget') return [];
    const name: unknown = Reflect.get(annotation, 'fieldName');
    const box: unknown = Reflect.get(annotation, 'rect');
    const rect = Array.isArray(box) ? rectFrom(box.map(Number), toMm) : null;
    // An invisible signature has a rectangle of no size (ISO 32000-2 12.7.5.5): it is nowhere on the page.
    if (typeof name !== 'string' || rect === null) return [];
    return [{ name, signature: Reflect.get(annotation, 'fieldType') === 'Sig', rect }];
  });
}

function rectFrom(box: readonly number[], toMm: Matrix): RectMm | null {
  const [left, top] = mapPoint(toMm, box[0] ?? 0, box[1] ?? 0);
  const [right, bottom] = mapPoint(toMm, box[2] ?? 0, box[3] ?? 0);
  const rect = { x: Math.min(left, right), y: Math.min(top, bottom), width: Math.abs(right - left), height: Math.abs(bottom - top) };
  return Number.isFinite(rect.x + rect.y) && rect.width > 0 && rect.height > 0 ? rect : null;
}
