import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState, type ReactNode, type Ref, type UIEvent } from 'react';
import type { Sheet } from '../../features/verification/sheets.ts';
import { useT } from '../../i18n/context.tsx';
import type { PageSize } from './read-sheets.ts';
import { PageCanvas } from './page-canvas.tsx';
import type { PairWords } from './words.ts';

type ColumnProps = {
  readonly side: 'signed' | 'now';
  readonly pdf: PDFDocumentProxy;
  readonly sheets: readonly Sheet[];
  readonly sizes: ReadonlyMap<number, PageSize>;
  /** Of each row, in CSS pixels: both columns have the same. */
  readonly heights: readonly number[];
  readonly scale: number;
  /** What is outlined on a row, in the millimetres of its page. */
  readonly outlines: (sheet: number, pxPerMm: number) => ReactNode;
  readonly scroller: Ref<HTMLDivElement>;
  readonly onScroll: (event: UIEvent<HTMLDivElement>) => void;
  readonly heading: ReactNode;
  readonly words: PairWords;
};

/** One of the two versions as continuous pages; where it has no page, the row says so. */
export function Column({ side, pdf, sheets, sizes, heights, scale, outlines, scroller, onScroll, heading, words }: ColumnProps) {
  const t = useT();
  return (
    <section className={`compare-column compare-${side}`} aria-label={t(side === 'signed' ? words.left : words.right)}>
      <div className="compare-heading">{heading}</div>
      <div ref={scroller} className="compare-pages" tabIndex={0} role="group" aria-label={t('reading.pagesOf', { pages: pdf.numPages })} onScroll={onScroll}>
        {sheets.map((sheet, index) => {
          const number = sheet[side];
          const size = number === null ? undefined : sizes.get(number);
          return (
            <div key={`${sheet.signed} ${sheet.now}`} className="compare-row" style={{ height: heights[index] }}>
              {number !== null && size ? (
                <div className="compare-page" role="img" aria-label={t('reading.pageLabel', { page: number })} style={{ width: size.widthPt * scale, height: size.heightPt * scale }}>
                  <WhenNear><PageCanvas pdf={pdf} number={number} scale={scale} /></WhenNear>
                  {outlines(index, (scale * 72) / 25.4)}
                </div>
              ) : <p className="compare-nothing">{t(side === 'signed' ? words.notThen : words.notNow)}</p>}
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** Draws nothing that is far from the screen: a page costs megabytes. */
function WhenNear({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watcher = new IntersectionObserver((entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)), { root: element.closest('.compare-pages'), rootMargin: '100% 0px' });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return <div ref={box} className="compare-drawn">{near && children}</div>;
}
