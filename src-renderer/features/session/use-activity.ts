import { useEffect } from 'react';
import { useBridge } from '../../bridge/use-query.ts';

/** Far below the shortest time after which a screen locks, and no load on anybody. */
const everyMs = 15_000;

/** Tells the backend that somebody is there: it alone decides when nobody was for too long. */
export function useActivity(on: boolean): void {
  const bridge = useBridge();
  useEffect(() => {
    if (!on) return undefined;
    let toldAt = -Infinity;
    const tell = (): void => {
      if (performance.now() - toldAt < everyMs) return;
      toldAt = performance.now();
      void bridge['session.active']({});
    };
    const names = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const name of names) window.addEventListener(name, tell, { capture: true, passive: true });
    return () => names.forEach((name) => window.removeEventListener(name, tell, { capture: true }));
  }, [bridge, on]);
}
