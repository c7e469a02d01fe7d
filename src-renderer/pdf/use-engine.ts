import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { createEngine, type Engine } from './engine.ts';

/** What the tools show of the viewer's state. */
export type ViewState = { readonly page: number; readonly scale: number; readonly preset: string; readonly rotation: number; readonly ready: boolean };

const atStart: ViewState = { page: 1, scale: 1, preset: 'auto', rotation: 0, ready: false };
const fitting: ReadonlySet<string> = new Set(['auto', 'page-width', 'page-fit']);

type UseEngine = {
  readonly pdf: PDFDocumentProxy;
  readonly pageLabel: (page: number) => string;
  readonly linkLabel: () => string;
  readonly onAddress: (address: string) => void;
};

/** pdf.js' viewer on two elements of ours, its state told to React. The pages themselves are pdf.js' own. */
export function useEngine({ pdf, pageLabel, linkLabel, onAddress }: UseEngine): {
  readonly scroller: React.RefObject<HTMLDivElement | null>;
  readonly pages: React.RefObject<HTMLDivElement | null>;
  readonly engine: Engine | null;
  readonly view: ViewState;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const pages = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<Engine | null>(null);
  const [view, setView] = useState(atStart);
  const latest = useRef({ pageLabel, linkLabel, onAddress });
  latest.current = { pageLabel, linkLabel, onAddress };

  useEffect(() => {
    if (!scroller.current || !pages.current) return;
    const container = scroller.current;
    const made = createEngine({
      container,
      pages: pages.current,
      pdf,
      startScale: atStart.preset,
      pageLabel: (page) => latest.current.pageLabel(page),
      linkLabel: () => latest.current.linkLabel(),
      onAddress: (address) => latest.current.onAddress(address),
    });
    const tell = (): void => {
      const { viewer } = made;
      setView({ page: viewer.currentPageNumber, scale: viewer.currentScale, preset: viewer.currentScaleValue, rotation: viewer.pagesRotation, ready: viewer.pagesCount > 0 });
    };
    for (const event of ['pagesinit', 'pagechanging', 'scalechanging', 'rotationchanging']) made.events.on(event, tell);
    const refit = new ResizeObserver(() => {
      const preset = made.viewer.currentScaleValue;
      // Setting the preset anew fits the page to the box as it now is.
      if (container.clientWidth > 0 && fitting.has(preset)) made.viewer.currentScaleValue = preset;
      made.viewer.update();
    });
    refit.observe(container);
    setEngine(made);
    setView(atStart);
    return () => {
      refit.disconnect();
      setEngine(null);
      made.close();
    };
  }, [pdf]);

  return { scroller, pages, engine, view };
}
