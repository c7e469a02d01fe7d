import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { typeTelex } from './telex.ts';

/** What the page remembers of its text fields while a test walks through it. */
type Watch = { readonly met: Set<string>; readonly typed: Set<string>; readonly taken: string[]; readonly nameOf: (field: Element) => string };
declare global {
  var telexWatch: Watch;
}

/** From now on the page knows every text field that it shows, and every letter or Backspace that something took away from one. */
export async function watchFields(page: Page): Promise<void> {
  await page.evaluate(() => {
    const fields = 'input:not([type=checkbox], [type=radio], [type=file], [type=hidden], [type=range]), textarea, [contenteditable=true]';
    // one field goes by one name, whatever number stands in it
    const nameOf = (field: Element): string => {
      const label = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.labels?.[0]?.textContent : null;
      return (field.getAttribute('aria-label') ?? label ?? field.outerHTML.slice(0, 120)).replace(/\d+/g, '#').trim();
    };
    const met = new Set<string>();
    const taken: string[] = [];
    const look = (): void => document.querySelectorAll(fields).forEach((field) => met.add(nameOf(field)));
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    look();
    window.addEventListener('keydown', (event) => {
      const { target, key } = event;
      if (!(target instanceof Element) || !target.matches(fields) || event.ctrlKey || (key.length > 1 && key !== 'Backspace')) return;
      setTimeout(() => event.defaultPrevented && taken.push(`${key} in ${nameOf(target)}`));
    }, { capture: true });
    globalThis.telexWatch = { met, typed: new Set(), taken, nameOf };
  });
}

/** Types by Telex, after which the field holds it and nothing else has happened: the same screen, the same windows, the focus in the field. */
export async function quietly(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus();
  const before = await scene(page);
  await typeTelex(page, field, text);
  const name = await field.evaluate((element) => {
    const { typed, nameOf } = globalThis.telexWatch;
    typed.add(nameOf(element));
    return nameOf(element);
  });
  assert.deepEqual(await scene(page), before, `only the field changed: ${name}`);
  assert.equal(await field.evaluate((element) => element === document.activeElement), true, `the focus stays: ${name}`);
  assert.deepEqual(await page.evaluate(() => globalThis.telexWatch.taken), []);
}

/** Names of the fields that were shown and never typed into. */
export function fieldsNotTyped(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { met, typed } = globalThis.telexWatch;
    return [...met].filter((name) => !typed.has(name)).sort();
  });
}

/** Where the person is, as far as a stray key could change it. */
function scene(page: Page): Promise<unknown> {
  return page.evaluate(() => ({
    address: location.hash,
    heading: document.querySelector('h1')?.textContent,
    dialogs: [...document.querySelectorAll('[role="dialog"]')].map((dialog) => dialog.querySelector('h1, h2, h3')?.textContent),
  }));
}
