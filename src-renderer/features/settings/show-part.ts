import { useEffect, useRef, type RefObject } from 'react';
import { goTo } from '../../app/route.ts';

/** Parts of the settings that other places lead to. */
export type SettingsPart = 'trust' | 'backup';

const event = 'van-thu.show-part';
/** Asked for and not yet shown: the screen may have to be made first. */
let wished: SettingsPart | null = null;

/** Opens the settings at one part of them, wherever the person is. */
export function showPart(part: SettingsPart): void {
  wished = part;
  goTo('settings');
  window.dispatchEvent(new Event(event));
}

/** For the part's own heading: once it stands with what it lists, it comes into sight and gets the focus. */
export function useShownOnWish(part: SettingsPart, ready: boolean): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!ready) return undefined;
    const show = (): void => {
      if (wished !== part) return;
      wished = null;
      heading.current?.scrollIntoView({ block: 'start' });
      heading.current?.focus({ preventScroll: true });
    };
    show();
    window.addEventListener(event, show);
    return () => window.removeEventListener(event, show);
  }, [part, ready]);
  return heading;
}
