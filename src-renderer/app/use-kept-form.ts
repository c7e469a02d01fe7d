import { useCallback, useEffect, useRef, useState } from 'react';
import { useBridge } from '../bridge/use-query.ts';

export type KeptForm<T> = {
  readonly value: T;
  /** Changes what is given; kept on this machine within a blink. */
  readonly set: (patch: Partial<T>) => void;
  /** When what is shown was left unfinished earlier, ISO 8601; null for a fresh form. */
  readonly restoredAt: string | null;
  /** The form is done, or the person wants it empty: forgets what was kept and shows `initial`. */
  readonly drop: () => void;
};

/** The first key of a burst is kept at once, those that follow are gathered: a window closed in the middle loses at most the last one. */
const gatherMs = 100;

/**
 * A form whose words outlive an error, a sync, a restart and a closed window: they lie in the desk's own encrypted store, never in the browser's.
 * `key` names the form and must not change while the component lives (give the component that key too). `parse` reads what an
 * older version may have kept; null means it cannot be used. Never put a PIN in here.
 */
export function useKeptForm<T extends object>(key: string, initial: T, parse: (value: unknown) => T | null): KeptForm<T> {
  const bridge = useBridge();
  const [value, setValue] = useState(initial);
  const [restoredAt, setRestoredAt] = useState<string | null>(null);
  const first = useRef(initial);
  const reader = useRef(parse);
  // What the person sees now; state alone would be one render behind two changes in one event
  const current = useRef(initial);
  const touched = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const unkept = useRef(false);

  const flush = useCallback(() => {
    if (!unkept.current) return;
    unkept.current = false;
    void bridge['forms.keep']({ key, value: JSON.stringify(current.current) });
  }, [bridge, key]);

  useEffect(() => {
    let gone = false;
    void bridge['forms.read']({ key }).then((result) => {
      // What was typed while the question was under way is newer than the answer
      if (gone || touched.current || !result.ok || result.value.form === null) return;
      const kept = readKept(result.value.form.value, reader.current);
      if (kept === null) return;
      current.current = kept;
      setValue(kept);
      setRestoredAt(result.value.form.at);
    });
    window.addEventListener('pagehide', flush);
    return () => {
      gone = true;
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [bridge, key, flush]);

  const set = useCallback((patch: Partial<T>) => {
    touched.current = true;
    current.current = { ...current.current, ...patch };
    setValue(current.current);
    unkept.current = true;
    if (timer.current !== null) return;
    flush();
    timer.current = setTimeout(() => {
      timer.current = null;
      flush();
    }, gatherMs);
  }, [flush]);

  const drop = useCallback(() => {
    unkept.current = false;
    // Typed again before the answer of an earlier read: that answer is stale now
    touched.current = true;
    current.current = first.current;
    setValue(first.current);
    setRestoredAt(null);
    void bridge['forms.drop']({ key });
  }, [bridge, key]);

  return { value, set, restoredAt, drop };
}

function readKept<T>(json: string, parse: (value: unknown) => T | null): T | null {
  try {
    return parse(JSON.parse(json) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
