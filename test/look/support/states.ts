import assert from 'node:assert/strict';
import type { LookReport, PagePlace } from '../../../src-shared/contract/verification.ts';
import { openPdf } from '../../../src-main/pdf/index.ts';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { LookPort } from '../../../src-main/ports/verification.ts';
import { readFields } from '../../../src-main/verification/fields.ts';
import { findSpots } from '../../../src-main/verification/place.ts';

export function sourceOf(pdf: Uint8Array, password?: string): ByteSource {
  return { ...bytesSource(pdf), ...(password === undefined ? {} : { password }) };
}

/** Where fields and signatures are seen in the file as it stands. */
export function widgetPlaces(pdf: Uint8Array, password?: string): readonly PagePlace[] {
  const file = openPdf(sourceOf(pdf, password));
  assert.ok(file.ok, JSON.stringify(file));
  return readFields(file.value).fields.flatMap((field) => findSpots(file.value, field.widgets)).flatMap(({ place }) => (place === null ? [] : [place]));
}

/** Every state that the file was saved in, against the file as it stands; what fields show may differ. */
export async function compareEachState(look: LookPort, pdf: Uint8Array, password?: string): Promise<readonly LookReport[]> {
  const file = openPdf(sourceOf(pdf, password));
  assert.ok(file.ok, JSON.stringify(file));
  const earlier = file.value.revisions.map(({ end }) => end).filter((end) => end < pdf.length);
  assert.ok(earlier.length > 0, 'the file was saved once');
  const lawful = widgetPlaces(pdf, password);
  return look.compare(sourceOf(pdf, password), earlier.map((earlierBytes) => ({ earlierBytes, lawful })));
}

/** The first bytes of `pdf` that are `before`, against all of it. */
export async function compareWith(look: LookPort, before: Uint8Array, pdf: Uint8Array, lawful: readonly PagePlace[] = [], password?: string): Promise<LookReport> {
  assert.ok(Buffer.from(pdf.subarray(0, before.length)).equals(before) && pdf.length > before.length, 'the file goes on from its earlier state');
  const [report] = await look.compare(sourceOf(pdf, password), [{ earlierBytes: before.length, lawful }]);
  assert.ok(report !== undefined);
  return report;
}

export const same = (compared: number): LookReport => ({ status: 'same', reason: null, compared, pages: [] });

/** The only pages that differ, and that one of the boxes holds `inside`, mm. */
export function assertChanged(report: LookReport, pages: readonly number[], inside?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void {
  assert.equal(report.status, 'changed', JSON.stringify(report));
  assert.deepEqual(report.pages.map(({ page }) => page), pages, JSON.stringify(report));
  for (const { page, places } of report.pages) {
    assert.ok(places.length > 0 && places.length <= 24 && places.every((place) => place.page === page && place.widthMm > 0 && place.heightMm > 0), JSON.stringify(places));
  }
  if (inside === undefined) return;
  const rounding = 0.5;
  const holds = report.pages.some(({ places }) => places.some((place) => place.xMm <= inside.x + rounding && place.yMm <= inside.y + rounding && place.xMm + place.widthMm >= inside.x + inside.width - rounding && place.yMm + place.heightMm >= inside.y + inside.height - rounding));
  assert.ok(holds, `no box of ${JSON.stringify(report.pages)} holds ${JSON.stringify(inside)}`);
}
