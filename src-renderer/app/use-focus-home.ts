import { useEffect } from 'react';

/**
 * Nobody who works by keys is left nowhere: when what had the focus goes away with its screen, the focus goes to the list or, where there is
 * none, to the screen itself.
 */
export function useFocusHome(): void {
  useEffect(() => {
    let last: Element | null = null;
    const remember = (): void => {
      last = document.activeElement === document.body ? last : document.activeElement;
    };
    const look = (): void => {
      if (document.activeElement !== document.body || last === null || last.isConnected) return;
      const home = document.querySelector<HTMLElement>('main [role="listbox"]') ?? document.querySelector<HTMLElement>('main');
      // A window that is closing puts the focus back itself; until the next screen stands there is no home yet
      if (!home || document.querySelector('[role="dialog"]')) return;
      home.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}
