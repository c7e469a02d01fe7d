import { useCallback, useEffect, useRef, useState } from 'react';

type Linger = { readonly onPointerEnter: () => void; readonly onPointerLeave: () => void; readonly onFocus: () => void; readonly onBlur: () => void };

/** Calls `onEnd` after `forMs` in all during which neither the pointer nor the focus was on it and the window was in sight. */
export function useLinger(forMs: number, onEnd: () => void): Linger {
  const [held, setHeld] = useState({ pointer: false, focus: false });
  const [hidden, setHidden] = useState(() => document.hidden);
  const leftMs = useRef(forMs);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    const look = (): void => setHidden(document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const waits = held.pointer || held.focus || hidden;
  useEffect(() => {
    if (waits) return;
    const since = performance.now();
    const timer = setTimeout(() => end.current(), leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current -= performance.now() - since;
    };
  }, [waits]);
  return {
    onPointerEnter: useCallback(() => setHeld((old) => ({ ...old, pointer: true })), []),
    onPointerLeave: useCallback(() => setHeld((old) => ({ ...old, pointer: false })), []),
    onFocus: useCallback(() => setHeld((old) => ({ ...old, focus: true })), []),
    onBlur: useCallback(() => setHeld((old) => ({ ...old, focus: false })), []),
  };
}
