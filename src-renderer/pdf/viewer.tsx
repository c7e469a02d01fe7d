import { FileWarning, FileX, MoveHorizontal, ZoomIn, ZoomOut } from 'lucide-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import { useI18n } from '../i18n/context.tsx';
import { IconButton } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { PdfPage } from './page.tsx';
import { usePageSizes, type PageSize } from './page-sizes.ts';
import { usePdf } from './use-pdf.ts';

/** What lies over a page: `pxPerMm` turns the placement's millimetres into the page's pixels. */
export type PageOverlay = (page: { readonly number: number; readonly pxPerMm: number }) => ReactNode;
export type ViewerHandle = { readonly showPage: (page: number, fromTop: number) => void; readonly focus: () => void };

type ViewerProps = { readonly content: ContentRef; readonly overlay?: PageOverlay; readonly tools?: ReactNode; readonly title?: string; readonly handle?: Ref<ViewerHandle> };

const pxPerPt = 96 / 72;
const zooms = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4] as const;
const edgePx = 40;

/** A PDF as continuous pages with zoom. */
export function PdfViewer(props: ViewerProps) {
  const { t, describe } = useI18n();
  const pdf = usePdf(props.content);
  switch (pdf.state) {
    case 'open':
      return <OpenViewer key={props.content.sha256} {...props} pdf={pdf.pdf} />;
    case 'not-here':
      return <div className="viewer-message"><Empty icon={FileX}>{t('reading.noContent')}</Empty></div>;
    case 'broken':
      return <div className="viewer-message"><Empty icon={FileWarning}>{t('reading.broken')}</Empty></div>;
    case 'refused':
      return <div className="viewer-message"><Empty icon={FileWarning}>{describe(pdf.error)}</Empty></div>;
    default:
      return <div className="viewer-message"><p role="status">{t('reading.opening')}</p></div>;
  }
}

function OpenViewer({ pdf, overlay, tools, title, handle }: ViewerProps & { readonly pdf: PDFDocumentProxy }) {
  const { t } = useI18n();
  const sizes = usePageSizes(pdf);
  const scroller = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  const [zoom, setZoom] = useState<number | 'fit'>('fit');
  const [current, setCurrent] = useState(1);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    setWidthPx(element.clientWidth);
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useImperativeHandle(handle, () => ({
    showPage: (page, fromTop) => {
      const element = scroller.current;
      const target = element?.querySelector<HTMLElement>(`[data-page="${page}"]`);
      if (element && target) element.scrollTo({ top: target.offsetTop + target.offsetHeight * fromTop - element.clientHeight / 2 });
    },
    focus: () => scroller.current?.focus(),
  }), []);

  const widest = Math.max(1, ...(sizes ?? []).map((size) => size.widthPt));
  // Fit, but not blown up past 110 %: an A4 page on a wide screen should show its end as well.
  const factor = zoom === 'fit' ? Math.min(1.1, Math.max(0.2, (widthPx - edgePx) / (widest * pxPerPt))) : zoom;
  const scale = factor * pxPerPt;

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    const middle = element.scrollTop + element.clientHeight / 2;
    const pages = [...element.querySelectorAll<HTMLElement>('[data-page]')];
    const seen = pages.findLast((page) => page.offsetTop <= middle) ?? pages[0];
    if (seen) setCurrent(Number(seen.dataset['page']));
  }
  useEffect(onScroll, [sizes, scale]);

  return (
    <section className="viewer" aria-label={t('reading.label')}>
      <div className="viewer-tools" role="toolbar" aria-label={t('reading.label')}>
        {title && <strong className="viewer-title">{title}</strong>}
        <IconButton label={t('reading.zoomOut')} icon={ZoomOut} onPress={() => setZoom(zooms.findLast((step) => step < factor - 0.005) ?? zooms[0])} />
        <span className="viewer-zoom" role="status">{Math.round(factor * 100)} %</span>
        <IconButton label={t('reading.zoomIn')} icon={ZoomIn} onPress={() => setZoom(zooms.find((step) => step > factor + 0.005) ?? 4)} />
        <IconButton label={t('reading.fit')} icon={MoveHorizontal} onPress={() => setZoom('fit')} />
        <span className="viewer-page">{t('reading.page', { page: Math.min(current, pdf.numPages), pages: pdf.numPages })}</span>
        {tools}
      </div>
      <div ref={scroller} className="viewer-pages" tabIndex={0} role="group" aria-label={t('reading.label')} onScroll={onScroll}>
        {widthPx > 0 && sizes?.map((size: PageSize, index) => (
          <PdfPage key={index} pdf={pdf} number={index + 1} size={size} scale={scale}>
            {overlay?.({ number: index + 1, pxPerMm: (scale * 72) / 25.4 })}
          </PdfPage>
        ))}
      </div>
    </section>
  );
}
