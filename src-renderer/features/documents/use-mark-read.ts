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
      const seen = document.visibilityState === 'visible' && element !== null && isDrawn(element);
      if (seen && timer === null) timer = setTimeout(mark, stayedMs);
      else if (!seen && timer !== null) {
        clearTimeout(timer);
        timer = null;
      }
    }
    function mark(): void {
      observer.disconnect();
      if (id) void bridge['documents.markRead']({ ids: [id], read: true });
    }

    const observer = new MutationObserver(look);
    observer.observe(element, { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden', 'data-loaded'] });
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
      if (timer !== null) clearTimeout(timer);
    };
  }, [bridge, id, content, pane]);
}

/** pdf.js hides a page's canvas until there is something on it. */
function isDrawn(pane: HTMLElement): boolean {
  return pane.querySelector('[data-page-number][data-loaded] .canvasWrapper canvas:not([hidden])') !== null;
}
