import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { placeAfterScroll, placeAt, scrollMapOf, type Place, type ScrollMap } from './scroll-map.ts';
import { scrollToShow } from './window.ts';

export type Scroller = {
  readonly map: ScrollMap;
  readonly topPx: number;
  readonly heightPx: number;
  /** What to take off a row's place in the list to get its place in the box. */
  readonly shiftPx: number;
  readonly goTo: (topPx: number) => void;
  readonly show: (index: number) => void;
  readonly onScroll: () => void;
};

/** Knows where a list of `total` rows stands in its box, whatever its height. */
export function useScroller(box: RefObject<HTMLElement | null>, total: number, rowPx: number): Scroller {
  const [heightPx, setHeightPx] = useState(800);
  const [place, setPlace] = useState<Place>({ topPx: 0, scrollPx: 0 });
  const latest = useRef(place);
  const map = scrollMapOf(total, rowPx, heightPx);
  const mapNow = useRef(map);
  mapNow.current = map;

  const put = useCallback((next: Place) => {
    if (next.topPx === latest.current.topPx && next.scrollPx === latest.current.scrollPx) return;
    latest.current = next;
    setPlace(next);
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeightPx(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);

  const goTo = useCallback((topPx: number) => {
    const next = placeAt(mapNow.current, topPx);
    put(next);
    if (box.current) box.current.scrollTop = next.scrollPx;
  }, [box, put]);

  // Larger type: the same row stays at the top
  const rowBefore = useRef(rowPx);
  useLayoutEffect(() => {
    if (rowBefore.current === rowPx) return;
    const top = (latest.current.topPx / rowBefore.current) * rowPx;
    rowBefore.current = rowPx;
    goTo(top);
  }, [rowPx, goTo]);

  const onScroll = useCallback(() => {
    const scrollPx = box.current?.scrollTop ?? 0;
    // Our own move comes back as an event; it has been counted
    if (Math.abs(scrollPx - latest.current.scrollPx) < 1) return;
    put(placeAfterScroll(mapNow.current, latest.current, scrollPx));
  }, [box, put]);

  // Small moves drift away from the proportion in a list that is higher than its box; brought back when the hand rests
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const settle = (): void => {
      const exact = placeAt(mapNow.current, latest.current.topPx);
      if (mapNow.current.boxPx === mapNow.current.wholePx || exact.scrollPx === latest.current.scrollPx) return;
      put(exact);
      element.scrollTop = exact.scrollPx;
    };
    element.addEventListener('scrollend', settle);
    return () => element.removeEventListener('scrollend', settle);
  }, [box, put]);

  return {
    map,
    topPx: place.topPx,
    heightPx,
    shiftPx: place.topPx - place.scrollPx,
    goTo,
    show: (index) => goTo(scrollToShow(index, latest.current.topPx, heightPx, rowPx)),
    onScroll,
  };
}
