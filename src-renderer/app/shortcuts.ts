import { useEffect, useRef } from 'react';

/** `Ctrl+K`, `Ctrl+Enter`, `Alt+1`. Only chords: single letters belong to whoever is typing. */
export type Chord = `${'Ctrl' | 'Alt'}+${string}` | 'F5';

/** Runs `action` on the chord, never while a word is being composed (UniKey, IME) and never behind an open dialog. */
export function useShortcut(chord: Chord, action: (() => void) | null): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.isComposing || event.repeat || !latest.current || !matches(chord, event)) return;
      if (document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      latest.current();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [chord]);
}

function matches(chord: Chord, event: KeyboardEvent): boolean {
  const parts = chord.split('+');
  const key = parts.at(-1) ?? '';
  const ctrl = parts.includes('Ctrl');
  const alt = parts.includes('Alt');
  return event.key.toLowerCase() === key.toLowerCase() && (event.ctrlKey || event.metaKey) === ctrl && event.altKey === alt && !event.shiftKey;
}
