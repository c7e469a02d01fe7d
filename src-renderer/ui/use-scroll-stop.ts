import { useEffect, useState, type RefObject } from 'react';

/**
 * `tabIndex` for a box that may scroll: 0 while it does and holds nothing that takes the focus, so that the keyboard can scroll it.
 * Chromium makes such a box a stop by itself, but not where a dialog keeps the focus in it.
 */
export function useScrollStop(box: RefObject<HTMLElement | null>): 0 | undefined {
  const [stop, setStop] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void => setStop((element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1) && element.querySelector(focusable) === null);
    const sizes = new ResizeObserver(look);
    for (const one of [element, ...element.children]) sizes.observe(one);
    const children = new MutationObserver(() => {
      for (const one of element.children) sizes.observe(one);
      look();
    });
    children.observe(element, { childList: true, subtree: true });
    return () => {
      sizes.disconnect();
      children.disconnect();
    };
  }, [box]);
  return stop ? 0 : undefined;
}

const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';
