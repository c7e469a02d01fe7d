import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef } from 'react';

type PageCanvasProps = { readonly pdf: PDFDocumentProxy; readonly number: number; /** CSS pixels a PDF point. */ readonly scale: number };

/** The viewer's own limit of dots a canvas (engine.ts). */
const mostDots = 2 ** 24;

/** One page, drawn aside and put on in one go: it does not flicker while its size changes. */
export function PageCanvas({ pdf, number, scale }: PageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const left = new AbortController();
    delete target.dataset['drawn'];
    void draw(pdf, number, scale, target, left.signal);
    return () => left.abort();
  }, [pdf, number, scale]);
  return <canvas ref={canvas} className="compare-canvas" aria-hidden />;
}

async function draw(pdf: PDFDocumentProxy, number: number, scale: number, target: HTMLCanvasElement, left: AbortSignal): Promise<void> {
  try {
    const page = await pdf.getPage(number);
    if (left.aborted) return;
    const whole = page.getViewport({ scale });
    const density = Math.min(window.devicePixelRatio || 1, 2, Math.sqrt(mostDots / (whole.width * whole.height)));
    const aside = document.createElement('canvas');
    aside.width = Math.max(1, Math.floor(whole.width * density));
    aside.height = Math.max(1, Math.floor(whole.height * density));
    const task = page.render({ canvas: aside, viewport: page.getViewport({ scale: scale * density }) });
    const stop = (): void => task.cancel();
    left.addEventListener('abort', stop, { once: true });
    await task.promise.finally(() => left.removeEventListener('abort', stop));
    target.width = aside.width;
    target.height = aside.height;
    target.getContext('2d')?.drawImage(aside, 0, 0);
    target.dataset['drawn'] = String(number);
  } catch {
    // Cancelled, or a page that cannot be drawn: it stays white, and the report says that it was not compared.
  }
}
