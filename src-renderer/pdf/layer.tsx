import { getDocument, VerbosityLevel, type PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import type { RectMm } from '../../src-shared/contract/signing.ts';
import { warmUp } from './open.ts';

type LayerCanvasProps = { readonly pdf: Uint8Array; readonly pxPerMm: number; readonly current: boolean; readonly without: RectMm | null };

/**
 * A PDF of one page drawn over the page beneath at the same scale, on nothing: pdf.js draws both, so what is seen is, dot for dot, what the page
 * will show when the drawing is in it.
 */
export function LayerCanvas({ pdf, pxPerMm, current, without }: LayerCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const page = useOnlyPage(pdf);
  const [drawn, setDrawn] = useState<{ readonly page: PDFPageProxy; readonly pxPerMm: number; readonly dots: string } | null>(null);
  const [dots, setDots] = useState('');

  // The viewer lays its overlays anew whenever a page was drawn: only then is it known how many dots that page has
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the page's canvas is pdf.js' own and tells React nothing; the same words end the chain
  useEffect(() => {
    if (!canvas.current || !page) return;
    const { width, height } = page.getViewport({ scale: scaleOf(pxPerMm) });
    const size = sizeOf(canvas.current, width, height);
    setDots(`${size.width} ${size.height}`);
  });

  useEffect(() => {
    const target = canvas.current;
    if (!target || !page) return;
    const viewport = page.getViewport({ scale: scaleOf(pxPerMm) });
    const { width, height, density } = sizeOf(target, viewport.width, viewport.height);
    // Drawn aside and put on in one go: the page does not flicker
    const aside = document.createElement('canvas');
    aside.width = width;
    aside.height = height;
    const context = aside.getContext('2d', { alpha: true });
    if (!context) return;
    const task = page.render({ canvas: null, canvasContext: context, viewport, background: 'rgba(0,0,0,0)', ...(density === 1 ? {} : { transform: [density, 0, 0, density, 0, 0] }) });
    task.promise.then(
      () => {
        target.width = width;
        target.height = height;
        target.style.width = `${width / density}px`;
        target.style.height = `${height / density}px`;
        target.getContext('2d')?.drawImage(aside, 0, 0);
        setDrawn({ page, pxPerMm, dots: `${width} ${height}` });
      },
      // Cancelled: a newer one is on its way.
      () => undefined,
    );
    return () => task.cancel();
  }, [page, pxPerMm, dots]);

  const ready = current && drawn !== null && drawn.page === page && drawn.pxPerMm === pxPerMm && drawn.dots === dots;
  return <canvas ref={canvas} className="preview-layer" aria-hidden data-ready={ready || undefined} style={without ? { clipPath: hole(without, pxPerMm) } : {}} />;
}

/** The viewer's own limit of dots a canvas (engine.ts). */
const mostDots = 2 ** 24;

/** As many dots as the page's own canvas has at this scale (pdf.js rounds them its own way), else as many as the screen wants. */
function sizeOf(target: HTMLCanvasElement, widthPx: number, heightPx: number): { readonly width: number; readonly height: number; readonly density: number } {
  const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(mostDots / (widthPx * heightPx)));
  const [width, height] = [Math.floor(widthPx * density), Math.floor(heightPx * density)];
  // While the page is drawn anew its canvas still has the dots of the last scale
  const beneath = target.closest('[data-page-number]')?.querySelector<HTMLCanvasElement>('.canvasWrapper canvas');
  const same = beneath && Math.abs(beneath.width - width) < 6 && Math.abs(beneath.height - height) < 6;
  return same ? { width: beneath.width, height: beneath.height, density } : { width, height, density };
}

function scaleOf(pxPerMm: number): number {
  return (pxPerMm * 25.4) / 72;
}

function hole(rect: RectMm, pxPerMm: number): string {
  const [x, y, w, h] = [rect.x - 0.5, rect.y - 0.5, rect.width + 1, rect.height + 1].map((mm) => mm * pxPerMm);
  return `path(evenodd, "M-9999 -9999H99999V99999H-9999Z M${x} ${y}h${w}v${h}h-${w}Z")`;
}

function useOnlyPage(pdf: Uint8Array): PDFPageProxy | null {
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  useEffect(() => {
    let left = false;
    // A copy: pdf.js gives what it gets to its worker for good
    const task = getDocument({ data: Uint8Array.from(pdf), worker: warmUp(), enableXfa: false, verbosity: VerbosityLevel.ERRORS });
    task.promise.then((document) => document.getPage(1)).then((first) => !left && setPage(first), () => undefined);
    return () => {
      left = true;
      const close = (): void => void task.destroy().catch(() => undefined);
      task.promise.then(close, close);
    };
  }, [pdf]);
  return page;
}
