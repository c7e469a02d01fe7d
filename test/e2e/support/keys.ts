import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** A person without a mouse. Every stop of the focus on the way is looked at: it is never lost, never hidden, always marked. */
export type Keys = {
  readonly press: (key: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Tab (or Shift+Tab) until this has the focus. */
  readonly tabTo: (target: Locator, options?: { readonly back?: boolean; readonly most?: number }) => Promise<void>;
  /** How many keys were pressed; typed text counts its letters. */
  readonly count: () => number;
};

export function keysOf(page: Page): Keys {
  let pressed = 0;
  async function press(key: string): Promise<void> {
    pressed++;
    await page.keyboard.press(key);
  }
  return {
    press,
    type: async (text) => {
      pressed += text.length;
      await page.keyboard.type(text);
    },
    tabTo: async (target, { back = false, most = 80 } = {}) => {
      await target.waitFor();
      for (let stops = 0; stops < most; stops++) {
        if (await hasFocus(target)) return;
        await press(back ? 'Shift+Tab' : 'Tab');
        // Past the last control the focus is the browser's own for one step, then the first one's
        if (await page.evaluate(() => document.activeElement === document.body)) await press(back ? 'Shift+Tab' : 'Tab');
        await assertFocusIsSeen(page);
      }
      assert.fail(`${most} times Tab did not reach ${String(target)}; the focus is on ${await describeFocus(page)}`);
    },
    count: () => pressed,
  };
}

export async function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement || (element.contains(document.activeElement) && element.getAttribute('role') !== 'dialog' && document.activeElement?.tagName === 'INPUT'));
}

/** The element with the focus is on the screen, not beneath something, and marked; or nothing has it because the page has just begun. */
export async function assertFocusIsSeen(page: Page): Promise<void> {
  // a window that has closed gives the focus back a moment later
  await page.waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: 2000 }).catch(() => undefined);
  const fault = await page.evaluate(async () => {
    // what scrolls into view for the focus does so in the next frame
    await new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused === document.documentElement) return 'the focus is on nothing';
    const label = focused instanceof HTMLInputElement ? (focused.labels?.[0] ?? focused) : focused;
    const shown = [focused, label, focused.parentElement].filter((one) => one !== null).find((one) => one.getBoundingClientRect().width >= 1 && one.getBoundingClientRect().height >= 1);
    if (!shown) return 'the focus is on something without size';
    const box = shown.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, window.innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, window.innerHeight)];
    // the line between two panes is a pixel wide and taken hold of beside it
    const least = focused.getAttribute('role') === 'separator' ? 1 : 4;
    if (right - left < least || bottom - top < least) return 'the focus is outside of the window';
    // some point of it must be on top: a sticky bar may cover a part (WCAG 2.2, 2.4.11)
    const points = [0.5, 0.15, 0.85].flatMap((x) => [0.5, 0.2, 0.8].map((y) => document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)));
    if (!points.some((found) => found && (shown.contains(found) || found.contains(shown)))) return 'the focus is beneath something else';
    let marked = false;
    for (let at: Element | null = focused, up = 0; at && up < 4; at = at.parentElement, up++) {
      const style = getComputedStyle(at);
      if ((style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none') marked = true;
    }
    if (!marked && !focused.matches('[role="dialog"], main, [tabindex="-1"]') && !document.querySelector('[aria-selected="true"][data-focused], [data-focus-visible]')) return 'nothing marks the focus';
    return null;
  });
  assert.equal(fault, null, `${fault ?? ''}: ${await describeFocus(page)}`);
}

export function describeFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return focused ? `<${focused.tagName.toLowerCase()} class="${focused.className}" aria-label="${focused.getAttribute('aria-label') ?? ''}"> ${(focused.textContent ?? '').trim().slice(0, 60)}` : 'nothing';
  });
}
