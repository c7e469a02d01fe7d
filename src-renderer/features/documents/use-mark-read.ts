import { useEffect, type RefObject } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { useBridge } from '../../bridge/use-query.ts';

/** A glance in passing is not reading. */
const stayedMs = 1000;

/**
 * Marks the document as read when a page of it has been drawn within `pane` and has stayed before the person for a second. Leaving the document
 * or hiding the window begins the second anew; a new content is unread again.
 */
export function useMarkRead(detail: DocumentDetail | undefined, pane: RefObject<HTMLElement | null>): void {
  const bridge = useBridge();
  const id = detail && !detail.read && detail.contentHere ? detail.document.id : null;
  const content = detail?.document.content.sha256;
  useEffect(() => {
    const element = pane.current;
    if (!id || !element) return;
    let timer: ReturnType<typeof setTimeout> | null = null;

    function look(): void {
      const seen = document.visibilityState === 'visible' && element !== null && isSeen(element);
      if (seen && timer === null) timer = setTimeout(mark, stayedMs);
      else if (!seen && timer !== null) {
        clearTimeout(timer);
        timer = null;
      }
    }
    function mark(): void {
      stop();
      if (id) void bridge['documents.markRead']({ ids: [id], read: true });
    }

    function stop(): void {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
      document.removeEventListener('scroll', look, true);
      if (timer !== null) clearTimeout(timer);
    }

    const observer = new MutationObserver(look);
    observer.observe(element, { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden', 'data-loaded'] });
    document.addEventListener('visibilitychange', look);
    // Not the pane's own scrolling alone: in a narrow window the page stands below everything else
    document.addEventListener('scroll', look, { capture: true, passive: true });
    look();
    return stop;
  }, [bridge, id, content, pane]);
}

/** Less of a page than this is not before anybody's eyes. */
const seenPx = 120;

/** pdf.js hides a page's canvas until there is something on it, and draws pages that are only near the screen as well. */
function isSeen(pane: HTMLElement): boolean {
  return [...pane.querySelectorAll('[data-page-number][data-loaded] .canvasWrapper canvas:not([hidden])')].some((canvas) => {
    const { top, bottom } = canvas.getBoundingClientRect();
    return Math.min(bottom, window.innerHeight) - Math.max(top, 0) >= seenPx;
  });
}
