import { Fragment, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Engine } from './engine.ts';
import { createHost, turnHost } from './overlay-host.ts';
import type { ViewState } from './use-engine.ts';
import type { PageOverlay } from './viewer.tsx';

// Up to here every page carries its overlay, so that the Tab key finds a frame on a page that is far away.
const allCarriedUpTo = 200;
const around = 3;
const pxPerMmAtFull = 96 / 25.4;

/** What the screen lays over the pages, inside pdf.js' own page boxes. */
export function Overlays({ engine, view, overlay }: { readonly engine: Engine; readonly view: ViewState; readonly overlay: PageOverlay }) {
  const [hosts] = useState(() => new Map<number, HTMLElement>());
  const count = engine.pdf.numPages;
  const [first, last] = count <= allCarriedUpTo ? [1, count] : [Math.max(1, view.page - around), Math.min(count, view.page + around)];
  const numbers = view.ready ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [];

  function hostOf(number: number): HTMLElement | null {
    const page = engine.pageView(number);
    if (!page) return null;
    const host = hosts.get(number) ?? createHost();
    hosts.set(number, host);
    if (host.parentNode !== page.div) page.div.append(host);
    return host;
  }

  // A page that comes to be known may have another size than the first.
  const [, setDrawn] = useState(0);
  useEffect(() => {
    const redraw = (): void => setDrawn((times) => times + 1);
    engine.events.on('pagerendered', redraw);
    return () => engine.events.off('pagerendered', redraw);
  }, [engine]);

  return numbers.map((number) => {
    const host = hostOf(number);
    const page = engine.pageView(number);
    if (!host || !page) return null;
    turnHost(host, page, view.rotation);
    return <Fragment key={number}>{createPortal(overlay({ number, pxPerMm: view.scale * pxPerMmAtFull }), host)}</Fragment>;
  });
}
