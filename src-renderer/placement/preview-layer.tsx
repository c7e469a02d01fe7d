import { lazy, Suspense } from 'react';
import type { RectMm } from '../../src-shared/contract/signing.ts';
import type { Layer, Preview } from './use-preview.ts';

// pdf.js is in a file of its own; by the time that something is placed on a page it is there.
const LayerCanvas = lazy(async () => ({ default: (await import('../pdf/layer.tsx')).LayerCanvas }));

type PreviewLayerProps = { readonly preview: Preview; readonly page: number; readonly pxPerMm: number; /** Where the thing stood that is in the hand now: not shown. */ readonly without: RectMm | null };

/** The new drawing of one page, drawn by the page's own rasteriser over the page. */
export function PreviewLayer({ preview, page, pxPerMm, without }: PreviewLayerProps) {
  const layer = preview.layers.find((one: Layer) => one.page === page);
  if (!layer) return null;
  return <Suspense fallback={null}><LayerCanvas pdf={layer.pdf} pxPerMm={pxPerMm} current={preview.current} without={without} /></Suspense>;
}
