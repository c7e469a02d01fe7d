import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { openFolder, rowOf, sitAt } from './support/screens.ts';

const middle = 'Công bố danh mục mã định danh';

describe('a folder as a list', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message));
    await sitAt(page, 'commune-clerk');
    await openFolder(page, 'Văn bản đến');
    await rowOf(page, middle).waitFor();
  });
  after(async () => o.close());

  test('the whole count is told, and arrows, Shift, Ctrl+Space, Ctrl+A and Esc choose', async () => {
    assert.equal(await rowOf(page, middle).getAttribute('aria-setsize'), '6');
    await page.getByRole('option').first().click();
    await page.keyboard.press('Shift+ArrowDown');
    await bulk(page).getByText('Đã chọn 2', { exact: true }).waitFor();
    assert.equal(await chosen(page).count(), 2);
    await page.keyboard.press('Control+ ');
    await bulk(page).getByText('Đã chọn 1', { exact: true }).waitFor();
    await page.keyboard.press('Control+a');
    await bulk(page).getByText('Đã chọn 6', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await bulk(page).waitFor({ state: 'detached' });
    await page.locator('[role="listbox"]:focus').waitFor();
  });

  test('no row moves from under the pointer when the bar of what can be done comes', async () => {
    await page.getByRole('option').first().click();
    const before = await rowOf(page, middle).boundingBox();
    await rowOf(page, middle).click({ modifiers: ['Control'] });
    await bulk(page).waitFor();
    assert.deepEqual(await rowOf(page, middle).boundingBox(), before);
    assert.equal(await page.evaluate(() => getSelection()?.toString()), '');
  });

  test('what is chosen is marked read together, and “Chưa đọc” shows the rest', async () => {
    await bulk(page).getByRole('button', { name: 'Đã đọc' }).click();
    await page.getByRole('button', { name: 'Chưa đọc', pressed: false }).first().click();
    await rowOf(page, middle).waitFor({ state: 'detached' });
    assert.ok(await page.getByRole('option').count() <= 4);
    await page.getByRole('group', { name: 'Lọc nhanh' }).getByRole('button', { name: 'Chưa đọc' }).click();
    await rowOf(page, middle).waitFor();
  });

  test('operators come back as chips that can be taken off, and a day that is none is told beside them', async () => {
    const field = page.getByRole('search').getByRole('textbox');
    await field.fill('loại:giấy_mời ngày:31/02');
    await page.getByText(/Không hiểu ngày trong “ngày:31\/02”/).waitFor();
    await page.getByRole('option').filter({ hasText: 'Ban hành Quy chế' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('option').count(), 2);
    await page.getByRole('main').getByRole('button', { name: 'Bỏ', exact: true }).click();
    await field.fill('khong co van ban nay');
    await page.getByText(/Không có văn bản nào khớp/).waitFor();
    await page.getByRole('button', { name: 'Bỏ bộ lọc' }).click();
    await rowOf(page, middle).waitFor();
    assert.equal(await field.inputValue(), '');
  });

  test('a letter that arrives while the person is further down moves nothing, and one press leads to it', async () => {
    await page.setViewportSize({ width: 1366, height: 560 });
    await rowOf(page, middle).click();
    const list = page.getByRole('listbox', { name: 'Văn bản đến' });
    // The row looked at stands at the top of the list
    await list.evaluate((box, title) => {
      const row = [...box.querySelectorAll('[role="option"]')].find((one) => one.textContent.includes(title));
      if (row) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    }, middle);
    const offset = async (): Promise<number> => Math.round(((await rowOf(page, middle).boundingBox())?.y ?? -1) - ((await list.boundingBox())?.y ?? -1));
    await page.waitForFunction(() => (document.querySelector('[role="listbox"]')?.scrollTop ?? 0) > 0);
    const before = await offset();
    const open = new URL(page.url()).hash;
    await o.deliver('Văn bản vừa đến khi đang đọc');
    await page.locator('[role="option"][aria-setsize="7"]').first().waitFor();
    const fresh = page.getByRole('button', { name: '1 văn bản mới' });
    await fresh.waitFor();
    assert.equal(await offset(), before);
    assert.equal(await rowOf(page, middle).getAttribute('aria-selected'), 'true');
    await fresh.click();
    await rowOf(page, 'Văn bản vừa đến khi đang đọc').waitFor();
    await fresh.waitFor({ state: 'detached' });
    // still the one that was open
    assert.equal(new URL(page.url()).hash, open);
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});

function bulk(page: Page): Locator {
  return page.getByRole('group', { name: 'Việc với các văn bản đã chọn' });
}

function chosen(page: Page): Locator {
  return page.getByRole('option', { selected: true });
}
