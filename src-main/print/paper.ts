import type { Content } from 'pdfmake/interfaces.js';

export type Orientation = 'portrait' | 'landscape';
/** Margins and the width between them, pt. `head`: the page number of NĐ 30/2020 App I: centred in the top margin, 13–14 pt, not on the first page. */
export type Paper = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number; readonly width: number; readonly head: (page: number) => Content };

const mm = 72 / 25.4;

/** Points of so many millimetres. */
export function pt(millimetres: number): number {
  return millimetres * mm;
}

/** NĐ 30/2020 App I: A4; 20 mm above and below, 30 mm left, 15 mm right. Turned pages keep the margin for binding, which is then above. */
export function paperOf(orientation: Orientation): Paper {
  const isUpright = orientation === 'portrait';
  const edges = isUpright ? { left: 30, top: 20, right: 15, bottom: 20 } : { left: 20, top: 30, right: 20, bottom: 15 };
  const widthMm = (isUpright ? 210 : 297) - edges.left - edges.right;
  return {
    left: pt(edges.left), top: pt(edges.top), right: pt(edges.right), bottom: pt(edges.bottom), width: pt(widthMm),
    head: (page) => (page === 1 ? '' : { text: String(page), alignment: 'center', fontSize: 13, margin: [0, pt(edges.top) / 2 - 8, 0, 0] }),
  };
}

/** A register is bound at its left side, upright or turned (NĐ 30/2020 App I: left 30–35 mm, right 15–20, above and below 20–25). */
export function boundPaperOf(orientation: Orientation): Omit<Paper, 'head'> & { readonly height: number } {
  const [widthMm, heightMm] = orientation === 'portrait' ? [210, 297] : [297, 210];
  return { left: pt(30), top: pt(20), right: pt(15), bottom: pt(20), width: pt(widthMm - 45), height: pt(heightMm - 40) };
}
