import { useEffect, useRef } from 'react';

/** Listens for `Ctrl+Z`-like keys on the whole window while `shortcut` is given; never inside a field, never while a word is being composed. */
export function useKeyPress(shortcut: string | undefined, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (shortcut === undefined) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || !isKey(shortcut, event) || isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [shortcut]);
}

type KeyEvent = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether the event is `shortcut`: `Ctrl+Z`, `Ctrl+Shift+F`, `Alt+1`, `F5`. Ctrl is also the command key of a Mac. */
export function isKey(shortcut: string, event: KeyEvent): boolean {
  const parts = partsOf(shortcut.toLowerCase());
  const key = parts.at(-1);
  return (
    event.key.toLowerCase() === key &&
    (event.ctrlKey || event.metaKey) === parts.includes('ctrl') &&
    event.altKey === parts.includes('alt') &&
    event.shiftKey === parts.includes('shift')
  );
}

/** `Ctrl+Z` or `Ctrl Z` is two; the last + of `Ctrl++` is a key. */
export function partsOf(shortcut: string): readonly string[] {
  return shortcut.split(/[+ ](?=.)/);
}

/** A field in which letters, Backspace and Ctrl+Z are the field's own. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, input:not([type="checkbox"], [type="radio"], [type="button"], [type="file"])'));
}
