import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../i18n/context.tsx';
import type { Engine } from './engine.ts';
import { drawThumbnail } from './draw-thumbnail.ts';
import type { ViewState } from './use-engine.ts';

const rowRem = 12;
const spare = 2;

/** Every page small, in a list of which only what is on the screen exists. */
export function Thumbnails({ engine, view }: { readonly engine: Engine; readonly view: ViewState }) {
  const t = useT();
  const list = useRef<HTMLDivElement>(null);
  const [span, setSpan] = useState({ top: 0, height: 0 });
  const rowPx = rowRem * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const count = engine.pdf.numPages;

  function measure(): void {
    const element = list.current;
    if (element) setSpan({ top: element.scrollTop, height: element.clientHeight });
  }
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // The page that is read stays in sight.
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const at = (view.page - 1) * rowPx;
    if (at < element.scrollTop) element.scrollTop = at;
    else if (at + rowPx > element.scrollTop + element.clientHeight) element.scrollTop = at + rowPx - element.clientHeight;
    measure();
  }, [view.page, rowPx]);

  const first = Math.max(1, Math.floor(span.top / rowPx) + 1 - spare);
  const last = Math.min(count, Math.ceil((span.top + span.height) / rowPx) + spare);
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const go = (page: number): void => void (engine.viewer.currentPageNumber = Math.max(1, Math.min(count, page)));

  function onKeyDown(event: React.KeyboardEvent): void {
    const perScreen = Math.max(1, Math.floor(span.height / rowPx));
    const steps: Readonly<Record<string, number>> = { ArrowDown: view.page + 1, ArrowUp: view.page - 1, PageDown: view.page + perScreen, PageUp: view.page - perScreen, Home: 1, End: count };
    const target = steps[event.key];
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(target);
  }

  return (
    <div
      ref={list} className="thumbnails" role="listbox" tabIndex={0} aria-label={t('viewer.tab.pages')} aria-activedescendant={`thumbnail-${view.page}`}
      onScroll={measure} onKeyDown={onKeyDown}
    >
      <div className="thumbnails-whole" role="presentation" style={{ height: count * rowPx }}>
        {numbers.map((number) => (
          <div
            key={number} id={`thumbnail-${number}`} className="thumbnail" role="option" aria-selected={number === view.page} aria-label={t('reading.pageLabel', { page: number })}
            aria-posinset={number} aria-setsize={count} style={{ top: (number - 1) * rowPx, height: rowPx }} onClick={() => go(number)}
          >
            <Picture engine={engine} number={number} rotation={view.rotation} />
            <span className="thumbnail-number" aria-hidden>{number}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function Picture({ engine, number, rotation }: { readonly engine: Engine; readonly number: number; readonly rotation: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const left = new AbortController();
    void drawThumbnail(engine.pdf, number, rotation, target, left.signal);
    return () => left.abort();
  }, [engine, number, rotation]);
  return <canvas ref={canvas} className="thumbnail-picture" aria-hidden />;
}
