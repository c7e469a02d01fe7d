import assert from 'node:assert/strict';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { composeTelex, telexKeys } from './telex-words.ts';

/**
 * Types `text` at the end of a field as UniKey does on Windows: a letter goes through as it is; where a key changes letters that stand
 * already, UniKey sends Backspace over them and puts the right ones in, each as a key event of its own (VK_PACKET). The field must then
 * hold what it held before and `text` after it.
 */
export async function typeTelex(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus();
  await page.keyboard.press('Control+End');
  const before = await valueOf(field);
  const keyboard = await page.context().newCDPSession(page);
  try {
    for (const part of text.normalize('NFC').match(/\p{L}+|\P{L}/gu) ?? []) {
      if (/\p{L}/u.test(part)) await typeWord(page, keyboard, part);
      else await page.keyboard.type(part);
    }
  } finally {
    await keyboard.detach();
  }
  await settled(page);
  assert.equal(await valueOf(field), before + text.normalize('NFC'), `typed by Telex: ${text}`);
}

async function typeWord(page: Page, keyboard: CDPSession, word: string): Promise<void> {
  const { keys, style } = telexKeys(word);
  let shown = '';
  for (let pressed = 1; pressed <= keys.length; pressed++) {
    const key = keys.charAt(pressed - 1);
    const next = composeTelex(keys.slice(0, pressed), style);
    const kept = commonLength(shown, next);
    if (kept === shown.length && next.slice(kept) === key) {
      await page.keyboard.press(key);
    } else {
      for (let left = shown.length - kept; left > 0; left--) await page.keyboard.press('Backspace');
      for (const letter of next.slice(kept)) await inject(keyboard, letter);
    }
    shown = next;
  }
}

/** A letter that is on no key: Windows gives it as VK_PACKET. */
async function inject(keyboard: CDPSession, letter: string): Promise<void> {
  const event = { key: letter, text: letter, unmodifiedText: letter, windowsVirtualKeyCode: 231, nativeVirtualKeyCode: 231 };
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function valueOf(field: Locator): Promise<string> {
  return field.evaluate((element) => (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : (element.textContent ?? '')));
}

/** Two frames: what the screen does in answer to the last key has been done. */
function settled(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
}
