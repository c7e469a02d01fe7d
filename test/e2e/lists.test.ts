import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, press, rowOf, sitAt } from './support/screens.ts';

const middle = 'Công bố danh mục mã định danh';

describe('a folder as a list', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
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
    await field.fill('zzkhongdauco');
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

  test('a quick filter says how many it found, and two of them narrow further', async () => {
    await page.setViewportSize({ width: 1366, height: 768 });
    const quick = page.getByRole('group', { name: 'Lọc nhanh' });
    await quick.getByRole('button', { name: 'Hỏa tốc' }).click();
    await page.getByRole('status').getByText('Tìm thấy 1', { exact: true }).waitFor();
    assert.equal(await quick.getByRole('button', { name: 'Hỏa tốc' }).getAttribute('aria-pressed'), 'true');
    await quick.getByRole('button', { name: 'Giao cho tôi' }).click();
    await page.getByText('Không có văn bản nào khớp bộ lọc.').waitFor();
    await page.getByRole('button', { name: 'Bỏ bộ lọc' }).click();
    await page.getByRole('status').getByText('7 văn bản', { exact: true }).waitFor();
    assert.equal(await quick.getByRole('button', { pressed: true }).count(), 0);
  });

  test('the help puts an example into the field, which comes back as a chip with its own cross', async () => {
    const field = page.getByRole('search').getByRole('textbox');
    await page.getByRole('button', { name: 'Cách tìm' }).click();
    const help = page.getByRole('dialog', { name: 'Cách tìm' });
    await help.getByRole('button', { name: 'loại:quyết_định' }).click();
    await help.waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), 'loại:quyết_định');
    await page.getByRole('status').getByText('Tìm thấy 2', { exact: true }).waitFor();
    const terms = page.getByRole('list', { name: 'Điều kiện tìm' });
    assert.equal(await terms.getByRole('listitem').count(), 1);
    await terms.getByRole('button').click();
    await terms.waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), '');
    await page.getByRole('status').getByText('7 văn bản', { exact: true }).waitFor();
  });

  test('Shift+click takes all between, Ctrl+click one out of it, and they are marked unread together', async () => {
    await page.getByRole('option').nth(0).click();
    await page.getByRole('option').nth(3).click({ modifiers: ['Shift'] });
    await bulk(page).getByText('Đã chọn 4', { exact: true }).waitFor();
    await page.getByRole('option').nth(1).click({ modifiers: ['Control'] });
    await bulk(page).getByText('Đã chọn 3', { exact: true }).waitFor();
    assert.deepEqual(await chosen(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-posinset'))), ['1', '3', '4']);
    await bulk(page).getByRole('button', { name: 'Đã đọc' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('[role="option"][aria-selected="true"]')].every((row) => !row.classList.contains('row-new')));
    await bulk(page).getByRole('button', { name: 'Chưa đọc' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('[role="option"][aria-selected="true"]')].every((row) => row.classList.contains('row-new')));
    await bulk(page).getByRole('button', { name: 'Bỏ chọn' }).click();
    await bulk(page).waitFor({ state: 'detached' });
  });

  test('two that were presented are assigned together; the third, that cannot be, is told and stays as it is', async () => {
    for (const title of [middle, 'Họp triển khai ký số']) {
      await rowOf(page, title).click();
      await press(page, 'Vào sổ và trình');
      await page.getByRole('button', { name: /^Soạn trả lời/ }).waitFor();
    }
    const third = 'Tập huấn ký số';
    await rowOf(page, middle).click({ modifiers: ['Control'] });
    await rowOf(page, third).click({ modifiers: ['Control'] });
    await bulk(page).getByText('Đã chọn 3', { exact: true }).waitFor();
    await bulk(page).getByRole('button', { name: 'Phân công' }).click();
    const dialog = page.getByRole('dialog', { name: 'Phân công 2 văn bản' });
    await dialog.getByText(/^1 văn bản khác đã chọn không giao được/).waitFor();
    assert.deepEqual((await dialog.getByRole('list', { name: 'Văn bản được giao' }).getByRole('listitem').allTextContents()).map((title) => title.slice(0, 7)).sort(), ['Công bố', 'Họp tri']);
    const lead = dialog.getByLabel('Chủ trì', { exact: true });
    await lead.selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Giao việc' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('Đã phân công 2 văn bản.').waitFor();
    const stages = async (): Promise<readonly string[]> => (await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 })).rows
      .filter(({ document }) => [middle, 'Họp triển khai', third].some((title) => document.title.startsWith(title))).map(({ document }) => document.stage).sort();
    assert.deepEqual(await stages(), ['arrived', 'assigned', 'assigned']);
    await bulk(page).getByRole('button', { name: 'Bỏ chọn' }).click();
    await bulk(page).waitFor({ state: 'detached' });
  });

  test('only those that cannot be assigned: the bar says why, and nothing opens', async () => {
    await page.getByRole('option').nth(0).click();
    await rowOf(page, 'Tập huấn ký số').click({ modifiers: ['Control'] });
    await bulk(page).getByText('Đã chọn 2', { exact: true }).waitFor();
    await bulk(page).getByRole('button', { name: 'Phân công' }).click();
    await bulk(page).getByRole('alert').filter({ hasText: 'văn bản phải được trình trước' }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.keyboard.press('Escape');
  });

  test('at 175 % the last row stays under the eyes when a letter arrives above it', async (context) => {
    context.after(() => o.ask('commune-clerk', 'settings.write', { textSize: 100 }));
    await o.ask('commune-clerk', 'settings.write', { textSize: 175 });
    // so much type leaves room for one pane
    await page.getByRole('button', { name: 'Danh sách' }).click();
    const list = page.getByRole('listbox', { name: 'Văn bản đến' });
    await list.focus();
    await page.keyboard.press('End');
    const last = page.locator('[role="option"][aria-posinset="7"]');
    await last.and(page.locator('[aria-selected="true"]')).waitFor();
    const title = (await last.locator('.row-title').textContent()) ?? '';
    const top = (await rowOf(page, title).boundingBox())?.y ?? -1;
    await o.deliver('Văn bản đến lúc chữ to');
    await page.locator('[role="option"][aria-posinset="8"][aria-selected="true"]').filter({ hasText: title }).waitFor();
    await page.getByRole('button', { name: '1 văn bản mới' }).waitFor();
    const after = (await rowOf(page, title).boundingBox())?.y ?? -1;
    assert.ok(Math.abs(after - top) <= 1, `${top} → ${after}`);
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});

function bulk(page: Page): Locator {
  return page.getByRole('group', { name: 'Việc với các văn bản đã chọn' });
}

function chosen(page: Page): Locator {
  return page.getByRole('option', { selected: true });
}
