import { useEffect, useRef, type RefObject } from 'react';
import { goTo } from '../../app/route.ts';

const event = 'van-thu.show-trust';
/** Asked for and not yet shown: the screen may have to be made first. */
let wished = false;

/** Opens the settings at the list of trusted authorities, wherever the person is. */
export function showTrust(): void {
  wished = true;
  goTo('settings');
  window.dispatchEvent(new Event(event));
}

/** For the list's own heading: once it stands with what it lists, it comes into sight and gets the focus. */
export function useShownOnWish(ready: boolean): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!ready) return undefined;
    const show = (): void => {
      if (!wished) return;
      wished = false;
      heading.current?.scrollIntoView({ block: 'start' });
      heading.current?.focus({ preventScroll: true });
    };
    show();
    window.addEventListener(event, show);
    return () => window.removeEventListener(event, show);
  }, [ready]);
  return heading;
}
