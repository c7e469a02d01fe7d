import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { openBenchDesk, type BenchDesk } from '../../bench/ui-desk.ts';
import { findRenderer } from '../support/kept.ts';
import { findChromium } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';

// Enough that no choice can hold them all; that 300,000 fit into a box is tried in test/unit/renderer/long-lists.test.ts
const documents = 16_000;

describe('a folder of years of work', () => {
  let dir: string;
  let desk: BenchDesk;
  let browser: Browser;
  let page: Page;
  let list: Locator;
  let total: number;
  const pageErrors: string[] = [];

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'van-thu-long-'));
    desk = await openBenchDesk(dir, documents, await findRenderer(join(dir, 'renderer')));
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
    page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN', reducedMotion: 'reduce' });
    page.setDefaultTimeout(20_000);
    watchErrors(page, pageErrors);
    await page.goto(desk.url());
    list = page.getByRole('listbox', { name: 'Văn bản đến' });
    await titleAt(0).waitFor();
    total = (await desk.ask('documents.list', { folder: 'incoming', query: '', offset: 0, limit: 1 })).total;
  });
  after(async () => {
    await browser.close();
    await desk.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** The row at this place, once its words are there. */
  function titleAt(index: number): Locator {
    return page.locator(`[role="option"][aria-posinset="${index + 1}"] .row-title`);
  }

  async function waitForChosen(index: number): Promise<void> {
    await page.locator(`[role="option"][aria-posinset="${index + 1}"][aria-selected="true"]`).waitFor();
    const [row, box] = [await page.locator(`[role="option"][aria-posinset="${index + 1}"]`).boundingBox(), await list.boundingBox()];
    assert.ok(row && box && row.y >= box.y - 1 && row.y + row.height <= box.y + box.height + 1, `row ${index + 1} is not whole on the screen: ${JSON.stringify({ row, box })}`);
    assert.equal(await list.getAttribute('aria-activedescendant'), await page.locator(`[role="option"][aria-posinset="${index + 1}"]`).getAttribute('id'));
  }

  async function assertTrueTitle(index: number): Promise<void> {
    const { rows } = await desk.ask('documents.list', { folder: 'incoming', query: '', offset: index, limit: 1 });
    assert.equal(await titleAt(index).textContent(), rows[0]?.document.title);
  }

  test('the whole count is told, and only the rows near the screen are in the page', async () => {
    await page.getByRole('status').getByText(`${total.toLocaleString('vi-VN')} văn bản`, { exact: true }).waitFor();
    assert.equal(await page.getByRole('option').first().getAttribute('aria-setsize'), String(total));
    assert.ok(await page.getByRole('option').count() < 40);
  });

  test('End reaches the last row, Home the first, PageDown and PageUp go by what the screen holds', async () => {
    await list.focus();
    await page.keyboard.press('End');
    await waitForChosen(total - 1);
    await assertTrueTitle(total - 1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('PageUp');
    const step = await rowsOfAPage();
    await waitForChosen(total - 1 - step);
    await page.keyboard.press('Home');
    await waitForChosen(0);
    await page.keyboard.press('PageDown');
    await waitForChosen(step);
    await page.keyboard.press('PageDown');
    await waitForChosen(2 * step);
    await page.keyboard.press('PageUp');
    await waitForChosen(step);
  });

  /** All but one of the rows that fit, so that one row is seen on both pages. */
  function rowsOfAPage(): Promise<number> {
    return list.evaluate((box) => Math.floor(box.clientHeight / (box.querySelector('[role="option"]')?.getBoundingClientRect().height ?? 1)) - 1);
  }

  test('the scroll bar drawn to the middle shows what is in the middle', async () => {
    await list.evaluate((box) => { box.scrollTop = (box.scrollHeight - box.clientHeight) / 2; });
    const middle = Math.floor(total / 2);
    await titleAt(middle).waitFor();
    await assertTrueTitle(middle);
    const [row, box] = [await titleAt(middle).boundingBox(), await list.boundingBox()];
    assert.ok(row && box && Math.abs(row.y - (box.y + box.height / 2)) < box.height / 2);
  });

  test('larger type keeps the row at the top of the list, and the ends are still reached', async (context) => {
    context.after(() => desk.ask('settings.write', { textSize: 100 }));
    const atTop = () => list.evaluate((box) => {
      const edge = box.getBoundingClientRect().top;
      return Number([...box.querySelectorAll('[role="option"]')].find((row) => row.getBoundingClientRect().bottom > edge + 2)?.getAttribute('aria-posinset'));
    });
    const before = await atTop();
    await page.keyboard.press('Control+k');
    for (const size of ['20px', '24px', '28px']) {
      await page.getByRole('dialog', { name: 'Bảng lệnh' }).getByRole('combobox').fill('tang co chu');
      await page.keyboard.press('Enter');
      await page.waitForFunction((wanted) => getComputedStyle(document.documentElement).fontSize === wanted, size);
      if (size !== '28px') await page.keyboard.press('Control+k');
    }
    await titleAt(before - 1).waitFor();
    assert.ok(Math.abs((await atTop()) - before) <= 1, `${before} → ${await atTop()}`);
    await list.focus();
    await page.keyboard.press('End');
    await waitForChosen(total - 1);
    await assertTrueTitle(total - 1);
    await page.keyboard.press('Home');
    await waitForChosen(0);
  });

  test('a choice holds ten thousand at the most, says so, and is marked together', async () => {
    await list.focus();
    const bulk = page.getByRole('group', { name: 'Việc với các văn bản đã chọn' });
    await page.keyboard.press('Control+a');
    await bulk.getByText('Đã chọn 10.000', { exact: true }).waitFor();
    await bulk.getByText('mỗi lần nhiều nhất 10.000 văn bản').waitFor();
    assert.equal(await bulk.getByRole('button', { name: /^Chọn/ }).count(), 0);
    await bulk.getByRole('button', { name: 'Chưa đọc' }).click();
    // both marks rest while it is done
    await bulk.getByRole('button', { name: 'Đã đọc', disabled: false }).waitFor();
    await page.getByRole('group', { name: 'Lọc nhanh' }).getByRole('button', { name: 'Chưa đọc' }).click();
    const unread = page.getByRole('status').getByText(/^Tìm thấy 10\.\d{3}$/);
    await unread.waitFor();
    assert.equal((await desk.ask('documents.list', { folder: 'incoming', query: '', quick: ['unread'], offset: 0, limit: 1 })).total, Number((await unread.textContent())?.replace(/\D/g, '')));
    await page.getByRole('group', { name: 'Lọc nhanh' }).getByRole('button', { name: 'Chưa đọc' }).click();
  });

  test('Shift+End takes as many as a choice holds, from where it began', async () => {
    await list.focus();
    await page.keyboard.press('Home');
    await waitForChosen(0);
    await page.keyboard.press('ArrowDown');
    await waitForChosen(1);
    await page.keyboard.press('Shift+End');
    await page.getByText('Đã chọn 9.999', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
