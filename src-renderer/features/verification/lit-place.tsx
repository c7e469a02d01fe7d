import { useEffect, useRef } from 'react';
import type { Shown } from './deeds.ts';

/** Gone to once: in a long document a page's overlay comes and goes while the person scrolls. */
const seen = new WeakSet<Shown>();

/** The place on this page that the person asked to see; the whole page, where no part of it was named. */
export function LitPlace({ shown, page, pxPerMm }: { readonly shown: Shown | null; readonly page: number; readonly pxPerMm: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current || !shown || seen.has(shown)) return;
    seen.add(shown);
    // A page that is longer than the pane is seen from its top
    box.current.scrollIntoView({ block: shown.place ? 'center' : 'start', inline: 'nearest' });
  }, [shown]);
  if (shown?.page !== page) return null;
  const { place } = shown;
  if (place === null) return <div ref={box} className="lit lit-page" aria-hidden />;
  return <div ref={box} className="lit" aria-hidden style={{ left: place.xMm * pxPerMm, top: place.yMm * pxPerMm, width: place.widthMm * pxPerMm, height: place.heightMm * pxPerMm }} />;
}
