import type { Locator, Page } from 'playwright-core';

/** A newcomer's hand: clicks and keys are counted as they are made. A word that is typed counts as one thing done, and its letters are told apart. */
export type Hand = {
  readonly click: (target: Locator) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  readonly type: (target: Locator, text: string) => Promise<void>;
  /** Since the last asking. */
  readonly take: () => { readonly clicks: number; readonly keys: number; readonly letters: number };
};

export function handOf(page: Page): Hand {
  let [clicks, keys, letters] = [0, 0, 0];
  return {
    click: async (target) => {
      clicks++;
      await target.click();
    },
    press: async (key) => {
      keys++;
      await page.keyboard.press(key);
    },
    type: async (target, text) => {
      letters += text.length;
      await target.pressSequentially(text);
    },
    take: () => {
      const taken = { clicks, keys, letters };
      [clicks, keys, letters] = [0, 0, 0];
      return taken;
    },
  };
}
