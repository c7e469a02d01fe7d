import { useEffect, useRef } from 'react';
import type { Chord, Letter } from './chord.ts';
import { useSettings } from './settings.tsx';

/** Runs `action` on the chord, never while a word is being composed (UniKey, IME) and never behind an open dialog. Null listens to nothing. */
export function useShortcut(chord: Chord | null, action: (() => void) | null): void {
  useKey(chord, action, isBusyForChords);
}

/** As `useShortcut`, for a letter: only where the person has switched letters on, and never in a field. */
export function useLetter(letter: Letter | null, action: (() => void) | null): void {
  const { settings } = useSettings();
  useKey(settings.singleKeys ? letter : null, action, isBusyForLetters);
}

function useKey(keys: string | null, action: (() => void) | null, isBusy: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    if (keys === null) return;
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || event.repeat || !latest.current || !matches(keys ?? '', event) || isBusy(event)) return;
      event.preventDefault();
      latest.current();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys, isBusy]);
}

function isBusyForChords(event: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"]:not([data-beside])')) return true;
  // Undo and Delete inside a field belong to what is typed there
  return (event.key === 'Delete' || event.key.toLowerCase() === 'z') && isTyping(event.target);
}

function isBusyForLetters(event: KeyboardEvent): boolean {
  return isBusyForChords(event) || isTyping(event.target);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="file"])'));
}

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const ctrl = parts.includes('Ctrl');
  const alt = parts.includes('Alt');
  return event.key.toLowerCase() === key.toLowerCase() && (event.ctrlKey || event.metaKey) === ctrl && event.altKey === alt && !event.shiftKey;
}
