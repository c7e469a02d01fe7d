import { TextLayer, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '../i18n/context.tsx';
import type { PageSize } from './page-sizes.ts';

type PageProps = { readonly pdf: PDFDocumentProxy; readonly number: number; readonly size: PageSize; readonly scale: number; readonly children?: ReactNode };

/** One page at its real size times `scale`: picture, selectable text, and whatever lies on top. Drawn only near the screen. */
export function PdfPage({ pdf, number, size, scale, children }: PageProps) {
  const t = useT();
  const frame = useRef<HTMLDivElement>(null);
  const near = useNearScreen(frame);
  const [page, setPage] = useState<PDFPageProxy | null>(null);

  useEffect(() => {
    if (!near) return;
    let left = false;
    // A refused page stays blank; the whole file's state is told by the viewer.
    pdf.getPage(number).then((read) => !left && setPage(read), () => undefined);
    return () => {
      left = true;
    };
  }, [pdf, number, near]);

  return (
    <div
      ref={frame}
      className="pdf-page"
      role="region"
      aria-label={t('reading.pageLabel', { page: number })}
      data-page={number}
      style={{ width: size.widthPt * scale, height: size.heightPt * scale }}
    >
      {near && page && <PagePicture page={page} scale={scale} />}
      {children}
    </div>
  );
}

function PagePicture({ page, scale }: { readonly page: PDFPageProxy; readonly scale: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const [target, layer] = [canvas.current, text.current];
    if (!target || !layer) return;
    const viewport = page.getViewport({ scale });
    // Sharp on dense screens, but never a picture past 16 million dots.
    const density = Math.min(window.devicePixelRatio || 1, 3, Math.sqrt(16e6 / (viewport.width * viewport.height)));
    target.width = Math.floor(viewport.width * density);
    target.height = Math.floor(viewport.height * density);
    const task = page.render({ canvas: target, viewport, transform: [density, 0, 0, density, 0, 0] });
    // Cancelled on leaving; a page that cannot be drawn stays white.
    task.promise.catch(() => undefined);

    layer.replaceChildren();
    layer.style.setProperty('--total-scale-factor', String(scale));
    const words = new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
    words.render().catch(() => undefined);
    return () => {
      task.cancel();
      words.cancel();
    };
  }, [page, scale]);

  return (
    <>
      <canvas ref={canvas} className="pdf-canvas" aria-hidden />
      <div ref={text} className="textLayer" />
    </>
  );
}

function useNearScreen(frame: { readonly current: HTMLElement | null }): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), { rootMargin: '100% 0px' });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return near;
}
