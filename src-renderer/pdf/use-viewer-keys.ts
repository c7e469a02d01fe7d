import { useEffect, useRef } from 'react';
import type { Engine } from './engine.ts';
import { zoomBy, zoomTo } from './zoom.ts';

type Keys = { readonly onFind: () => void; readonly onPrint: () => void };

/** The viewer's own chords, while the focus or the wheel is in it. Arrows, PageUp, Home and space are the browser's, on the scrolling box. */
export function useViewerKeys(section: React.RefObject<HTMLElement | null>, engine: Engine | null, keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const element = section.current;
    if (!element || !engine) return;
    function onKey(event: KeyboardEvent): void {
      if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey) || !engine) return;
      const act = chords(engine, latest.current)[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      // The desk has a Ctrl+F of its own; in here it is the page that is searched.
      event.stopPropagation();
      act();
    }
    function onWheel(event: WheelEvent): void {
      if (!(event.ctrlKey || event.metaKey) || !engine) return;
      event.preventDefault();
      const steps = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? -event.deltaY / 100 : -event.deltaY / 3;
      if (steps !== 0) zoomBy(engine, 1.1 ** Math.max(-3, Math.min(3, steps)), [event.clientX, event.clientY]);
    }
    element.addEventListener('keydown', onKey);
    // Not passive: the browser would zoom the whole window.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('keydown', onKey);
      element.removeEventListener('wheel', onWheel);
    };
  }, [section, engine]);
}

function chords(engine: Engine, { onFind, onPrint }: Keys): Readonly<Record<string, () => void>> {
  const closer = (): void => zoomTo(engine, 'in');
  return { f: onFind, p: onPrint, '+': closer, '=': closer, '-': () => zoomTo(engine, 'out'), '0': () => zoomTo(engine, 'auto') };
}
