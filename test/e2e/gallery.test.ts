import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { serveGallery, type RunningGallery } from '../../build/gallery.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { findChromium } from './support/desk.ts';
import { typeTelex } from './support/telex.ts';

let dir: string;
let gallery: RunningGallery;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'van-thu-gallery-'));
  gallery = await serveGallery({ outDir: dir, port: 0 });
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
});
after(async () => {
  await browser.close();
  await gallery.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  // a profile of its own for each: the language that one chose would stay for the next
  page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN', colorScheme: 'light' });
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(gallery.url);
  await page.getByRole('heading', { level: 1 }).waitFor();
});
afterEach(() => page.close());

/** Presses one of the gallery's own switches, by its words in either language. */
async function look(group: RegExp, choice: RegExp): Promise<void> {
  const option = page.getByRole('radiogroup', { name: group }).getByRole('radio', { name: choice });
  await option.click();
  assert.equal(await option.getAttribute('aria-checked'), 'true');
}

/** Every transition and animation has come to its end, so that a colour is measured as it stays. */
async function settle(): Promise<void> {
  await look(/Chuyển động|Motion/, /Bớt|Reduced/);
}

function chapter(name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

describe('every primitive in every state', () => {
  for (const theme of ['light', 'dark'] as const) {
    for (const contrast of ['normal', 'high'] as const) {
      for (const text of ['100', '175'] as const) {
        for (const language of ['vi', 'en'] as const) {
          test(`is accessible and read whole: ${theme}, ${contrast} contrast, ${text} %, ${language}`, async () => {
            await settle();
            await look(/Nền|Theme/, theme === 'light' ? /Sáng|Light/ : /Tối|Dark/);
            await look(/Tương phản|Contrast/, contrast === 'normal' ? /Thường|Normal/ : /Cao|High/);
            await look(/Cỡ chữ|Text size/, new RegExp(text));
            await look(/Ngôn ngữ|Language/, language === 'vi' ? /Tiếng Việt/ : /English/);
            await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
            await assertNoAxeViolations(page, 'the gallery');
            await assertNoClippedText(page, 'the gallery');
          });
        }
      }
    }
  }

  test('is read whole in compact density and at 200 % zoom', async () => {
    await settle();
    await look(/Mật độ|Density/, /Gọn|Compact/);
    await assertNoAxeViolations(page, 'the compact gallery');
    await assertNoClippedText(page, 'the compact gallery');
    await page.setViewportSize({ width: 683, height: 384 });
    await assertNoClippedText(page, 'the gallery at 200 %');
  });

  test('has targets of 32 px or more', async () => {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, [role="tab"], [role="radio"], select, input:not([type="checkbox"], [type="radio"])')]
        .filter((element) => element.checkVisibility() && element.closest('.choice, .check, .switch') === null)
        .map((element) => ({ name: element.getAttribute('aria-label') ?? element.textContent, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 2 && (box.height < 28 || box.width < 28))
        .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
    );
    assert.deepEqual(small, []);
  });
});

describe('by keyboard', () => {
  test('Tab reaches every control once and shows where it is', async () => {
    const wanted = await page.evaluate(() => document.querySelectorAll('[data-react-aria-pressable]:not([disabled]), button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled])').length);
    assert.ok(wanted > 60, `the gallery shows ${wanted} controls`);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const seen: { readonly id: string; readonly ring: boolean }[] = [];
    for (let press = 0; press < 200; press++) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        element.setAttribute('data-was-focused', 'true');
        const shows = (one: Element | null): boolean => one !== null && getComputedStyle(one).outlineStyle !== 'none' && Number.parseFloat(getComputedStyle(one).outlineWidth) >= 2;
        // A hidden checkbox shows its focus on the box that is drawn for it
        const drawn = element.closest('.choice')?.querySelector('.choice-box') ?? element.closest('.switch')?.querySelector('.switch-track') ?? null;
        return { id: `${element.tagName} ${element.getAttribute('aria-label') ?? element.id} ${element.textContent.slice(0, 40)}`, ring: shows(element) || shows(drawn) };
      });
      if (now === null) break;
      seen.push(now);
    }
    assert.deepEqual(seen.filter(({ ring }) => !ring).map(({ id }) => id), []);
    // One stop for a group of radios, a tab list, a tree, a table, as ARIA's practices have it; the rest one by one
    const missed = await page.evaluate(() =>
      [...document.querySelectorAll('main button:not([disabled]), main input:not([disabled]), main select:not([disabled]), main textarea:not([disabled])')]
        .filter((element) => element.checkVisibility() && !element.hasAttribute('data-was-focused'))
        .filter((element) => element.closest('[role="radiogroup"], [role="tablist"], [role="treegrid"], [role="grid"]') === null)
        // The field's own ↑↓ do what these do
        .filter((element) => element.closest('.number-group') === null || element.tagName !== 'BUTTON')
        .filter((element) => !(element.closest('.input-with-tool') !== null && element.getAttribute('aria-haspopup') === 'listbox'))
        .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.id} ${element.textContent.slice(0, 40)}`),
    );
    assert.deepEqual(missed, []);
  });

  test('a menu opens, is walked and closes, and the focus comes back', async () => {
    const button = page.getByRole('button', { name: 'Việc khác' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Chuyển tiếp' }).waitFor();
    await assertNoAxeViolations(page, 'the open menu', { include: '[role="menu"]' });
    await page.keyboard.press('ArrowDown');
    assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /^In/);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    assert.ok(await button.evaluate((element) => element === document.activeElement));
  });

  test('a dialog keeps the focus inside, scrolls at 200 % zoom, and gives the focus back', async () => {
    const button = page.getByRole('button', { name: 'Hộp dài…' });
    await page.setViewportSize({ width: 683, height: 384 });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await assertNoAxeViolations(page, 'the long dialog', { include: '[role="dialog"]' });
    await assertNoClippedText(page, 'the long dialog', { within: '[role="dialog"]' });
    for (let press = 0; press < 4; press++) {
      await page.keyboard.press('Tab');
      assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)));
    }
    const close = dialog.getByRole('button', { name: 'Đã hiểu' });
    await close.scrollIntoViewIfNeeded();
    const box = await close.boundingBox();
    assert.ok(box !== null && box.y + box.height <= 384, 'its button can be brought into the window');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(await button.evaluate((element) => element === document.activeElement));
  });

  test('tabs, a switch, radios and a table are worked by arrows and Space', async () => {
    await page.getByRole('tab', { name: 'Toàn văn' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel').getByText('Ba người đang xử lý.').waitFor();
    await page.getByRole('switch', { name: 'Tiết kiệm dữ liệu' }).focus();
    await page.keyboard.press('Space');
    assert.ok(await page.getByRole('switch', { name: 'Tiết kiệm dữ liệu' }).isChecked());
    await page.getByRole('radiogroup', { name: 'Độ khẩn', exact: true }).getByRole('radio', { name: /Khẩn/ }).focus();
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.getByRole('radiogroup', { name: 'Độ khẩn', exact: true }).getByRole('radio', { name: /Hỏa tốc/ }).isChecked());
    const register = page.getByRole('grid', { name: 'Sổ văn bản đến' });
    await register.getByRole('columnheader', { name: /Số đến/ }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await register.getByRole('columnheader', { name: /Số đến/ }).getAttribute('aria-sort'), 'ascending');
    assert.match((await register.getByRole('row').nth(1).textContent()) ?? '', /^416/);
  });

  test('a tree opens by → and closes by ←', async () => {
    const branch = page.getByRole('row', { name: /Sở Khoa học/ });
    await branch.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('row', { name: /Phòng Chuyển đổi số/ }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('row', { name: /Phòng Chuyển đổi số/ }).waitFor({ state: 'detached' });
  });

  test('a pane is sized by arrows, Home, End and Enter', async () => {
    const line = page.getByRole('separator', { name: 'Độ rộng khung trái' });
    const width = async (): Promise<number> => Number(await line.getAttribute('aria-valuenow'));
    await line.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await width(), 236);
    await page.keyboard.press('Home');
    assert.equal(await width(), 120);
    await page.keyboard.press('End');
    assert.equal(await width(), 400);
    await page.keyboard.press('Enter');
    assert.equal(await width(), 220);
    assert.equal((await page.locator('#split-left').boundingBox())?.width, 220);
  });

  test('taking a chip away leaves the focus on the next one', async () => {
    await page.getByRole('button', { name: 'Bỏ hạn: tuần này' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Bỏ hạn: tuần này' }).waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Bỏ có: tệp đính kèm');
  });

  test('an icon says its name on focus too', async () => {
    await chapter('Nút').getByRole('button', { name: 'Phóng to', exact: true }).focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip').getByText('Phóng to').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
  });
});

describe('a date', () => {
  const field = (): Locator => page.getByRole('textbox', { name: 'Hạn xử lý' });

  test('is typed as it is written in Vietnam, and its weekday and day off are told', async () => {
    await field().fill('30/4/2026');
    await chapter('Ô nhập').getByText('Thứ Năm — Ngày Chiến thắng 30/4, cơ quan nghỉ').waitFor();
    await field().blur();
    assert.equal(await field().inputValue(), '30/04/2026');
  });

  test('that is none is told beside the field, and what was typed stays', async () => {
    await field().fill('31/02/2026');
    await field().blur();
    await chapter('Ô nhập').getByText('Ngày chưa đúng; ghi như 21/11/2026.').waitFor();
    assert.equal(await field().inputValue(), '31/02/2026');
  });

  test('is chosen by keyboard in a week that begins on Monday, with the days off named', async () => {
    await field().focus();
    await page.keyboard.press('Alt+ArrowDown');
    const calendar = page.getByRole('dialog', { name: 'Hạn xử lý' });
    await calendar.waitFor();
    assert.deepEqual(await calendar.locator('th').allTextContents(), ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN']);
    await calendar.getByRole('button', { name: /Thứ Tư, 2 tháng 9, 2026.*Quốc khánh/ }).waitFor();
    await calendar.getByText('1–2/9 Quốc khánh').waitFor();
    await assertNoAxeViolations(page, 'the calendar', { include: '.calendar-popover' });
    await assertNoClippedText(page, 'the calendar', { within: '.calendar-popover' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await calendar.waitFor({ state: 'detached' });
    assert.equal(await field().inputValue(), '08/09/2026');
  });
});

describe('typing', () => {
  test('Telex as UniKey sends it is right in every text field', async () => {
    const words = 'Quyết định ủy ban nhân dân xã Sơn Tịnh';
    await typeTelex(page, page.getByRole('textbox', { name: 'Ký hiệu' }), words);
    await typeTelex(page, page.getByRole('textbox', { name: 'Trích yếu' }), ` ${words}`);
    await page.getByRole('button', { name: 'Trả lại…' }).click();
    await typeTelex(page, page.getByRole('dialog').getByRole('textbox', { name: 'Ý kiến' }), words);
    await page.keyboard.press('Escape');
    const combo = page.getByRole('combobox', { name: 'Nơi gửi', exact: true });
    await combo.fill('');
    await typeTelex(page, combo, 'Sở Khoa học');
    await page.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).waitFor();
  });

  test('a combo box finds without marks; Esc keeps the words; leaving brings the chosen one back', async () => {
    const combo = page.getByRole('combobox', { name: 'Nơi gửi', exact: true });
    await combo.focus();
    await combo.fill('van phong');
    await page.getByRole('option', { name: /Văn phòng Ủy ban/ }).waitFor();
    assert.equal(await page.getByRole('option').count(), 1);
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    assert.equal(await combo.inputValue(), 'van phong');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: /Văn phòng Ủy ban/ }).click();
    assert.equal(await combo.inputValue(), 'Văn phòng Ủy ban nhân dân tỉnh');
    await combo.fill('không có');
    await page.getByText('Không tìm thấy. Thử gõ ít chữ hơn.').waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    assert.equal(await combo.inputValue(), 'Văn phòng Ủy ban nhân dân tỉnh');
  });

  test('a number is read with a Vietnamese comma and stepped by ↑', async () => {
    const width = page.getByRole('textbox', { name: 'Chiều rộng (mm)' });
    await width.fill('40,5');
    await page.keyboard.press('ArrowUp');
    assert.equal(await width.inputValue(), '41');
    await page.keyboard.press('ArrowDown');
    assert.equal(await width.inputValue(), '40,5');
  });
});

describe('a toast', () => {
  test('is undone by its key, and covers nothing that can be pressed', async () => {
    await page.getByRole('button', { name: 'Vào sổ', exact: true }).click();
    const toast = page.getByRole('status').getByText('Đã vào sổ, số 418.');
    await toast.waitFor();
    await assertNoAxeViolations(page, 'the toast', { include: '.toasts' });
    const covered = await page.evaluate(() => {
      const toasts = document.querySelector('.toasts')?.getBoundingClientRect();
      return [...document.querySelectorAll('main button')].filter((button) => {
        const box = button.getBoundingClientRect();
        return toasts && box.left < toasts.right && box.right > toasts.left && box.top < toasts.bottom && box.bottom > toasts.top;
      }).length;
    });
    assert.equal(covered, 0);
    await page.keyboard.press('Control+z');
    await page.getByRole('status').getByText('Đã hoàn tác.').waitFor();
    assert.equal(await toast.count(), 0);
  });

  test('leaves after its time, but not while the pointer is on it', async () => {
    await page.clock.install();
    await page.goto(gallery.url);
    await page.getByRole('button', { name: 'Báo', exact: true }).click();
    const toast = page.getByRole('status').getByText('Đã làm xong.');
    await toast.hover();
    await page.clock.runFor(20_000);
    assert.equal(await toast.count(), 1);
    await page.mouse.move(2, 2);
    await page.clock.runFor(9000);
    assert.equal(await toast.count(), 0);
  });
});

test('no primitive threw or was refused by the page’s policy', () => {
  assert.deepEqual(complaints, []);
});
