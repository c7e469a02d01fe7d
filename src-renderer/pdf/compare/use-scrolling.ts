import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Two boxes that scroll as one, and how wide the first of them is. */
export function useScrolling(): {
  readonly signed: RefObject<HTMLDivElement | null>;
  readonly now: RefObject<HTMLDivElement | null>;
  readonly widthPx: number;
  /** What was scrolled leads the other; answers how far down they are. */
  readonly follow: (leader: HTMLDivElement) => number;
} {
  const signed = useRef<HTMLDivElement>(null);
  const now = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const element = now.current;
    if (!element) return;
    const measure = (): void => setWidthPx(element.clientWidth);
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    measure();
    return () => watcher.disconnect();
  }, []);
  function follow(leader: HTMLDivElement): number {
    const other = leader === signed.current ? now.current : signed.current;
    // The other's own event finds both where they should be, and ends it
    if (other && other.scrollTop !== leader.scrollTop) other.scrollTop = leader.scrollTop;
    if (other && other.scrollLeft !== leader.scrollLeft) other.scrollLeft = leader.scrollLeft;
    return leader.scrollTop;
  }
  return { signed, now, widthPx, follow };
}
