import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { hasFocus, keysOf } from './support/keys.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, openFolder, press } from './support/screens.ts';

// Held long enough that a slow machine can still take it back; what is taken back never leaves.
const holdMs = 60_000;

describe('the desk’s shell', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser({ holdMs });
    page = o.page;
    watchErrors(page, pageErrors);
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
  });
  after(() => o.close());

  const palette = () => page.getByRole('dialog', { name: 'Bảng lệnh' });
  const root = (name: string) => page.evaluate((key) => document.documentElement.dataset[key] ?? '', name);

  async function runFromPalette(words: string, line: string | RegExp): Promise<void> {
    await page.keyboard.press('Control+k');
    await palette().getByRole('combobox').pressSequentially(words);
    await palette().locator('[role="option"][aria-selected="true"]').filter({ hasText: line }).waitFor();
    await page.keyboard.press('Enter');
    await palette().waitFor({ state: 'detached' });
  }

  async function waitForRoot(name: string, value: string): Promise<void> {
    await page.waitForFunction(([key = '', wanted]) => document.documentElement.dataset[key] === wanted, [name, value]);
  }

  /** Not the list nor the page, where the focus is brought when it is nowhere. */
  async function hasFocusAgain(where: Locator): Promise<void> {
    await page.locator(':focus').waitFor();
    await where.and(page.locator(':focus')).waitFor({ timeout: 5000 });
  }

  test('the palette finds an action by letters without marks, and Esc gives the focus back to where it was', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await page.getByRole('button', { name: /^Vào sổ/ }).first().waitFor();
    const search = page.getByRole('textbox', { name: 'Tìm văn bản' }).or(page.getByRole('searchbox', { name: 'Tìm văn bản' }));
    await search.focus();
    await page.keyboard.press('Control+k');
    const field = palette().getByRole('combobox');
    await field.waitFor();
    assert.ok(await hasFocus(field));
    await field.pressSequentially('vao so');
    const chosen = palette().locator('[role="option"][aria-selected="true"]');
    await chosen.filter({ hasText: 'Vào sổ' }).waitFor();
    // what a screen reader is led to is the line that is marked
    assert.equal(await field.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
    await page.keyboard.press('Escape');
    await palette().waitFor({ state: 'detached' });
    await hasFocusAgain(search);
  });

  test('the palette goes to a folder and to a document by its words', async () => {
    await runFromPalette('hop cho gui', 'Hộp chờ gửi');
    await page.getByRole('heading', { level: 1, name: 'Hộp chờ gửi' }).waitFor();
    await runFromPalette('quy che tiep nhan', 'Ban hành Quy chế tiếp nhận');
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    await page.locator('[role="option"][aria-selected="true"]').filter({ hasText: 'Ban hành Quy chế tiếp nhận' }).waitFor();
  });

  test('the palette does what it names, with Enter, and Ctrl+Z takes it back', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await page.getByRole('button', { name: /^Vào sổ/ }).first().waitFor();
    await runFromPalette('vao so va', 'Vào sổ và trình');
    await page.getByRole('status').getByText(/Đã vào sổ, số đến 418, và trình lãnh đạo/).waitFor();
    await page.getByRole('button', { name: /^Soạn trả lời/ }).waitFor();
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: /^Vào sổ/ }).first().waitFor();
  });

  test('what was done from the palette stands first the next time', async () => {
    await runFromPalette('cai dat', 'Cài đặt');
    await page.keyboard.press('Control+k');
    await palette().getByRole('option').first().filter({ hasText: 'Cài đặt' }).waitFor();
    await page.keyboard.press('Escape');
    await palette().waitFor({ state: 'detached' });
  });

  test('the theme turns there and back from the palette', async () => {
    await o.ask('commune-clerk', 'settings.write', { theme: 'light' });
    await waitForRoot('theme', 'light');
    await runFromPalette('nen toi', 'Nền tối');
    await waitForRoot('theme', 'dark');
    await runFromPalette('nen sang', 'Nền sáng');
    await waitForRoot('theme', 'light');
  });

  test('the sheet of keys opens by Ctrl+/, and names the keys that the screen has now', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await page.getByRole('button', { name: /^Vào sổ/ }).first().waitFor();
    const sheet = page.getByRole('dialog', { name: 'Bảng phím tắt' });
    const search = page.getByRole('textbox', { name: 'Tìm văn bản' }).or(page.getByRole('searchbox', { name: 'Tìm văn bản' }));
    await search.focus();
    await page.keyboard.press('Control+/');
    await sheet.getByText('Văn bản đến', { exact: true }).waitFor();
    for (const key of [/Alt\+1/, /Ctrl\+Enter/, /Ctrl\+K/, /F1/]) assert.match((await sheet.textContent()) ?? '', key);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await hasFocusAgain(search);
  });

  test('a key is left alone while a word is being composed, and behind a window that asks', async () => {
    await openFolder(page, 'Văn bản đến');
    const field = page.getByRole('textbox', { name: 'Tìm văn bản' }).or(page.getByRole('searchbox', { name: 'Tìm văn bản' }));
    await field.evaluate((element) => element.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true })));
    assert.equal(await palette().count(), 0);
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog', { name: 'Bảng phím tắt' }).waitFor();
    await page.keyboard.press('Control+n');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    assert.match(page.url(), /#\/incoming/);
  });

  test('a pane is made wider by keys, keeps its width after a reload, and two clicks bring the usual one back', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    const line = page.getByRole('separator', { name: 'Độ rộng danh sách' });
    const widthOfList = async () => Math.round((await page.getByRole('region', { name: 'Văn bản đến' }).first().boundingBox())?.width ?? 0);
    const usual = await widthOfList();
    await keysOf(page).tabTo(line);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((wider) => Number(document.querySelector('[role="separator"]')?.getAttribute('aria-valuenow')) >= wider, usual + 30);
    const wide = await widthOfList();
    assert.ok(wide >= usual + 30, `${usual} → ${wide}`);
    await waitForKept((panes) => Object.values(panes).some((px) => Math.abs(px - wide) <= 2));
    await page.reload();
    await line.waitFor();
    assert.equal(await widthOfList(), wide);
    await line.dblclick();
    await page.waitForFunction((px) => Math.abs(Number(document.querySelector('[role="separator"]')?.getAttribute('aria-valuenow')) - px) <= 1, usual);
    assert.equal(await widthOfList(), usual);
  });

  /** The reload reads what the backend holds; that it holds it is told by an event to every window. */
  async function waitForKept(holds: (panes: Readonly<Record<string, number>>) => boolean): Promise<void> {
    for (let asked = 0; asked < 200; asked++) if (holds((await o.ask('commune-clerk', 'settings.read', {})).panes)) return;
    assert.fail('the width was not kept');
  }

  test('settings apply at once and outlive the program: contrast, density, text size', async () => {
    await openFolder(page, 'Cài đặt');
    for (const [label, choice] of [['Độ tương phản', 'Cao'], ['Độ thoáng của danh sách', 'Gọn'], ['Cỡ chữ', '175 %']] as const) {
      await page.getByRole('radiogroup', { name: label }).getByText(choice, { exact: true }).click();
    }
    await waitForRoot('contrast', 'high');
    await waitForRoot('density', 'compact');
    await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === '28px');
    // so much type leaves room for one pane: the folders go above it at once, not after the next start
    const railIsAbove = () => page.waitForFunction(() => (document.querySelector('nav')?.getBoundingClientRect().bottom ?? Infinity) <= (document.querySelector('main')?.getBoundingClientRect().top ?? 0) + 1);
    await railIsAbove();
    await o.restart();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await railIsAbove();
    assert.equal(await root('contrast'), 'high');
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), '28px');
  });

  test('at 175 % in high contrast the next step of a document is in reach', async (context) => {
    context.after(async () => {
      await o.ask('commune-clerk', 'settings.write', { contrast: 'system', density: 'comfortable', textSize: 100 });
      await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === '16px');
    });
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    const next = page.getByRole('main').getByRole('button', { name: /^Vào sổ/ }).first();
    await next.scrollIntoViewIfNeeded();
    const box = await next.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 1366 && box.y >= 0 && box.y + box.height <= 768, JSON.stringify(box));
    await next.click({ trial: true });
  });

  test('the language changes on the spot, and back', async () => {
    await openFolder(page, 'Cài đặt');
    await page.getByRole('radiogroup', { name: 'Ngôn ngữ' }).getByText('English', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.getByRole('radiogroup', { name: 'Language' }).getByText('Tiếng Việt', { exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Cài đặt' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'vi');
  });

  test('the settings screen and the token screen have no fault for axe and no text cut', async () => {
    for (const screen of ['Cài đặt', 'Thiết bị ký']) {
      await openFolder(page, screen);
      for (const theme of ['light', 'dark'] as const) {
        await o.ask('commune-clerk', 'settings.write', { theme });
        await waitForRoot('theme', theme);
        // a colour that is still on its way is neither theme's
        await page.waitForFunction(() => document.getAnimations().length === 0);
        await assertNoAxeViolations(page, `${screen} (${theme})`);
      }
      await assertNoClippedText(page, screen);
    }
    await o.ask('commune-clerk', 'settings.write', { theme: 'light' });
    await waitForRoot('theme', 'light');
  });

  test('presenting and registering are taken back one after the other by Ctrl+Z', async () => {
    const title = 'Ban hành Quy chế tiếp nhận';
    const stageOf = async () => (await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: title, offset: 0, limit: 1 })).rows[0]?.document.stage;
    await openDocument(page, 'Văn bản đến', title);
    await press(page, 'Vào sổ');
    await page.getByText(/số đến 418/).first().waitFor();
    assert.equal(await stageOf(), 'registered');
    await press(page, 'Trình lãnh đạo');
    await page.getByRole('button', { name: /^Soạn trả lời/ }).waitFor();
    assert.equal(await stageOf(), 'presented');
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Control+z');
    await page.getByRole('main').getByRole('button', { name: /^Trình lãnh đạo/ }).waitFor();
    assert.equal(await stageOf(), 'registered');
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: /^Vào sổ/ }).first().waitFor();
    assert.equal(await stageOf(), 'arrived');
  });

  test('a key of the palette costs little: its time is written down', async (context) => {
    await page.keyboard.press('Control+k');
    const field = palette().getByRole('combobox');
    await field.waitFor();
    // From the key to the frame that shows its letter; and what of it our own code took
    await page.evaluate(() => {
      window.addEventListener('keydown', () => performance.mark('palette-began'), { capture: true });
      window.addEventListener('input', () => queueMicrotask(() => performance.measure('palette-work', 'palette-began')));
      document.querySelector('.palette-input')?.addEventListener('keydown', (event) => {
        const began = event.timeStamp;
        requestAnimationFrame(() => setTimeout(() => performance.measure('palette-key', { start: began, end: performance.now() })));
      });
    });
    for (const letter of 'van ban den') await page.keyboard.press(letter);
    await page.waitForFunction(() => performance.getEntriesByName('palette-key').length >= 11);
    for (const name of ['palette-key', 'palette-work']) {
      const times = (await page.evaluate((of) => performance.getEntriesByName(of).map(({ duration }) => duration), name)).sort((a, b) => a - b);
      context.diagnostic(`${name}: median ${times[Math.floor(times.length / 2)]?.toFixed(1)} ms, longest ${times.at(-1)?.toFixed(1)} ms of ${times.length}`);
    }
    await page.keyboard.press('Escape');
    await palette().waitFor({ state: 'detached' });
  });

  test('no screen threw while all this was done', () => {
    assert.deepEqual(pageErrors, []);
  });
});
