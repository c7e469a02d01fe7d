import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

type ClippedOptions = {
  /** A CSS selector: only what is in it is judged. */
  readonly within?: string;
};

/**
 * Visible text that a person cannot read whole, a readable line for each:
 * - cut off by a box that hides what runs over it, unless an ellipsis is meant and the whole text is in a `title` or `aria-label`,
 *   or the box (or one around it) is marked `data-may-clip`;
 * - outside of the window where nothing scrolls to it;
 * - lying over the text of a sibling;
 * - the words of an empty field or the chosen one of a select that are wider than it.
 */
export async function clippedText(page: Page, { within = 'body' }: ClippedOptions = {}): Promise<readonly string[]> {
  return page.evaluate((selector) => {
    type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
    const found = new Set<string>();
    const roots = [...document.querySelectorAll(selector)];
    const styles = new Map<Element, CSSStyleDeclaration>();

    function styleOf(element: Element): CSSStyleDeclaration {
      const known = styles.get(element) ?? getComputedStyle(element);
      styles.set(element, known);
      return known;
    }

    function flat(text: string): string {
      return text.replace(/\s+/g, ' ').trim();
    }

    function nameOf(element: Element): string {
      const classes = typeof element.className === 'string' && element.className.trim() !== '' ? `.${element.className.trim().split(/\s+/).join('.')}` : '';
      return `${element.tagName.toLowerCase()}${classes}`;
    }

    /** Not for eyes: hidden, without size, or made for screen readers alone. */
    function isUnseen(element: Element): boolean {
      // also what a closed <details> holds, which has boxes all the same
      if (!element.checkVisibility({ visibilityProperty: true })) return true;
      for (let at: Element | null = element; at; at = at.parentElement) {
        const style = styleOf(at);
        if (Number(style.opacity) === 0) return true;
        if (style.clipPath.startsWith('inset(50%') || (style.position === 'absolute' && style.overflow === 'hidden' && at.clientWidth <= 1 && at.clientHeight <= 1)) return true;
        if (at.matches('.textLayer, [data-may-clip], option, noscript')) return true;
      }
      return false;
    }

    function saysWhole(element: Element, text: string): boolean {
      const teller = element.closest('[title], [aria-label]');
      return teller !== null && [teller.getAttribute('title'), teller.getAttribute('aria-label')].some((words) => words !== null && flat(words).includes(flat(text)));
    }

    function meansEllipsis(style: CSSStyleDeclaration): boolean {
      return style.textOverflow === 'ellipsis' || style.getPropertyValue('-webkit-line-clamp') !== 'none';
    }

    /** Says what cuts `box` off, if anything does. A scroller on the way shows it in the end. */
    function judge(element: Element, text: string, whole: Box): void {
      let box = whole;
      let scrollsX = false;
      let scrollsY = false;
      let fixed = false;
      for (let at: Element | null = element; at && at !== document.documentElement; at = at.parentElement) {
        const style = styleOf(at);
        if (at !== document.body && !fixed) {
          const edges = at.getBoundingClientRect();
          const scroller = (value: string): boolean => value === 'auto' || value === 'scroll';
          const cuts = (value: string): boolean => value === 'hidden' || value === 'clip';
          if (scroller(style.overflowX)) scrollsX = true;
          if (scroller(style.overflowY)) scrollsY = true;
          const right = cuts(style.overflowX) && !scrollsX ? Math.max(box.right - edges.right, edges.left - box.left) : 0;
          const below = cuts(style.overflowY) && !scrollsY ? Math.max(box.bottom - edges.bottom, edges.top - box.top) : 0;
          // The box of a line of text holds room above its letters: a hair of it may be cut
          if ((right > 1 || below > 2) && !(meansEllipsis(style) && saysWhole(at, text))) {
            found.add(`“${text}” in ${nameOf(element)} is cut off by ${Math.round(Math.max(right, below))} px ${right > 1 ? 'across' : 'down'} by ${nameOf(at)}`);
            return;
          }
          // what an ellipsis stands for is cut off no more by what lies around it
          if (meansEllipsis(style)) box = partIn(box, edges);
        }
        if (style.position === 'fixed') fixed = true;
      }
      if (element.closest('[inert]')) return; // behind a dialog, which holds the page where it was scrolled to
      if (element.closest('a[href^="#"]') && (box.bottom <= 0 || box.right <= 0)) return; // a skip link waits there for its focus
      const page = document.scrollingElement ?? document.documentElement;
      const held = styleOf(document.body).overflowY === 'hidden' || styleOf(document.documentElement).overflowY === 'hidden';
      const overX = scrollsX ? 0 : Math.max(box.right - window.innerWidth, -box.left);
      const overY = scrollsY || (!fixed && !held) ? 0 : Math.max(box.bottom - window.innerHeight, -box.top);
      if ((overX > 1 && (fixed || held || page.scrollWidth > page.clientWidth + 1)) || overY > 2) found.add(`“${text}” in ${nameOf(element)} is ${Math.round(Math.max(overX, overY))} px outside of the window`);
    }

    function partIn(box: Box, edges: Box): Box {
      return { left: Math.max(box.left, edges.left), top: Math.max(box.top, edges.top), right: Math.min(box.right, edges.right), bottom: Math.min(box.bottom, edges.bottom) };
    }

    function rectsOf(node: Node): readonly DOMRect[] {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5);
    }

    function widthOf(text: string, style: CSSStyleDeclaration): number {
      const pen = document.createElement('canvas').getContext('2d');
      if (!pen) return 0;
      pen.font = style.font;
      return pen.measureText(text).width;
    }

    function judgeField(field: Element): void {
      const style = styleOf(field);
      const text = field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.label ?? '') : field instanceof HTMLInputElement && field.value === '' ? field.placeholder : '';
      if (text === '' || saysWhole(field, text)) return;
      const room = field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const over = widthOf(text, style) - room;
      if (over > 1) found.add(`“${text}” is ${Math.round(over)} px wider than ${nameOf(field)}`);
    }

    /** Siblings that lie in the page's flow, or rows that are all placed by the same hand. */
    function judgeSiblings(parent: Element): void {
      const children = [...parent.children].filter((child) => flat(child.textContent).length > 0 && !isUnseen(child));
      const placed = (child: Element): string => (['static', 'relative'].includes(styleOf(child).position) ? 'flow' : `${styleOf(child).position} ${child.getAttribute('role') ?? ''} ${child.className}`);
      for (const [index, one] of children.entries()) {
        const other = children[index + 1];
        if (!other || placed(one) !== placed(other)) continue;
        const others = textRects(other);
        const clash = textRects(one).some((a) => others.some((b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.max(4, Math.min(a.bottom - a.top, b.bottom - b.top) * 0.35)));
        if (clash) found.add(`“${flat(one.textContent).slice(0, 40)}” lies over “${flat(other.textContent).slice(0, 40)}” in ${nameOf(parent)}`);
      }
    }

    /** Where text is seen: what a box cuts off or has scrolled away lies over nothing. */
    function textRects(element: Element): readonly Box[] {
      const rects: Box[] = [];
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node && rects.length < 60; node = walk.nextNode()) {
        const holder = node.parentElement;
        if (!holder || flat(node.textContent ?? '') === '' || isUnseen(holder) || !isInFlow(holder, element)) continue;
        rects.push(...rectsOf(node).map((rect) => seenPart(holder, rect)));
      }
      return rects;
    }

    function seenPart(holder: Element, rect: Box): Box {
      let { left, top, right, bottom } = rect;
      for (let at: Element | null = holder; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY, position } = styleOf(at);
        const edges = overflowX === 'visible' && overflowY === 'visible' ? null : at.getBoundingClientRect();
        if (edges && overflowX !== 'visible') [left, right] = [Math.max(left, edges.left), Math.min(right, edges.right)];
        if (edges && overflowY !== 'visible') [top, bottom] = [Math.max(top, edges.top), Math.min(bottom, edges.bottom)];
        if (position === 'fixed') break;
      }
      return { left, top, right, bottom };
    }

    /** A layer of its own (a menu, a tooltip) lies over others by its nature. */
    function isInFlow(holder: Element, top: Element): boolean {
      for (let at: Element | null = holder; at && at !== top; at = at.parentElement) if (['absolute', 'fixed', 'sticky'].includes(styleOf(at).position)) return false;
      return true;
    }

    for (const root of roots) {
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const element = node.parentElement;
        const text = flat(node.textContent ?? '').slice(0, 60);
        if (!element || text === '' || element.closest('script, style') || isUnseen(element)) continue;
        for (const rect of rectsOf(node)) judge(element, flat(node.textContent ?? '').slice(0, 60), rect);
      }
      for (const field of root.querySelectorAll('input, select')) if (!isUnseen(field)) judgeField(field);
      for (const parent of [root, ...root.querySelectorAll('*')]) if (parent.children.length > 1 && parent.closest('svg, canvas, script, style, select') === null && !isUnseen(parent)) judgeSiblings(parent);
    }
    return [...found];
  }, within);
}

/** `where` says which screen and state this is. */
export async function assertNoClippedText(page: Page, where: string, options: ClippedOptions = {}): Promise<void> {
  const found = await clippedText(page, options);
  assert.equal(found.length, 0, `text that cannot be read whole on ${where}: ${found.length}\n  ${found.join('\n  ')}`);
}
