import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PagePlace } from '../../../src-shared/contract/verification.ts';
import { listIcons, needsPaper } from './annotations.ts';
import type { Drawn, Kind, Renderer } from './renderer.ts';

export type SizeMm = { readonly widthMm: number; readonly heightMm: number };

/** One page of one state of the file. Each kind of drawing is made once, when it is first asked for. */
export type Side = {
  /** `missing`: the state has fewer pages. */
  readonly size: () => Promise<SizeMm | 'missing' | 'unreadable'>;
  readonly draw: (kind: Kind) => Promise<Drawn>;
  readonly needsPaper: () => Promise<boolean>;
  readonly icons: () => Promise<ReadonlyMap<string, PagePlace>>;
  readonly release: () => Promise<void>;
};

export function createSide(renderer: Renderer, document: PDFDocumentProxy, number: number, isLate: () => boolean): Side {
  let loaded: Promise<PDFPageProxy | null> | null = null;
  const drawn = new Map<Kind, Promise<Drawn>>();
  // What is thrown over a damaged tree of pages helps nobody: the page cannot be drawn
  const load = (): Promise<PDFPageProxy | null> => (loaded ??= number > document.numPages ? Promise.resolve(null) : document.getPage(number).catch(() => null));
  const draw = async (kind: Kind): Promise<Drawn> => {
    const page = await load();
    return page === null ? { ok: false, fault: 'unreadable' } : renderer.draw(document, page, kind, isLate);
  };
  return {
    size: async () => {
      const page = await load();
      if (page === null) return number > document.numPages ? 'missing' : 'unreadable';
      const { width, height } = page.getViewport({ scale: 1 });
      return { widthMm: toMm(width), heightMm: toMm(height) };
    },
    draw: (kind) => {
      const known = drawn.get(kind) ?? draw(kind);
      drawn.set(kind, known);
      return known;
    },
    needsPaper: async () => {
      const page = await load();
      return page !== null && needsPaper(document, page);
    },
    icons: async () => {
      const page = await load();
      return page === null ? new Map() : listIcons(page, number);
    },
    release: async () => {
      drawn.clear();
      // Fonts stay with the document, pictures go
      (await loaded)?.cleanup();
    },
  };
}

function toMm(points: number): number {
  return Math.round(((points * 25.4) / 72) * 100) / 100;
}
