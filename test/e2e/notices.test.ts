import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { networkPill, openDocument, openFolder, press, rowOf, setLine, sitAt } from './support/screens.ts';

const regulation = 'Ban hành Quy chế tiếp nhận';
const meeting = 'Họp triển khai ký số';

describe('what the desk says, and takes back', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser({ holdMs: 8000 });
    page = o.page;
    watchErrors(page, pageErrors);
    await sitAt(page, 'commune-clerk');
  });
  after(() => o.close());

  const toast = (words: string | RegExp): Locator => page.locator('.toast').filter({ hasText: words });

  async function arrivalOf(title: string): Promise<readonly [stage: string | undefined, number: number | undefined]> {
    const { rows } = await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: title, offset: 0, limit: 1 });
    return [rows[0]?.document.stage, rows[0]?.document.arrival?.number];
  }

  /** Without a line nothing leaves, so a slow machine is never too late. */
  test('the toast takes back what was just done, and the number goes to the next document', async () => {
    await setLine(page, false);
    await openDocument(page, 'Văn bản đến', regulation);
    await press(page, 'Vào sổ và trình');
    await toast(/Đã vào sổ, số đến 418, và trình lãnh đạo/).getByRole('button', { name: /^Hoàn tác/ }).click();
    await toast(/^Đã hoàn tác: Đã vào sổ, số đến 418/).waitFor();
    assert.deepEqual(await arrivalOf(regulation), ['arrived', undefined]);
    await page.getByRole('button', { name: /^Vào sổ và trình/ }).waitFor();
    await openDocument(page, 'Văn bản đến', meeting);
    await press(page, 'Vào sổ và trình');
    await toast(/số đến 418/).last().waitFor();
    assert.deepEqual(await arrivalOf(meeting), ['presented', 418]);
  });

  test('Ctrl+Z takes back one deed after the other, the newest first, and each only once', async () => {
    await openDocument(page, 'Văn bản đến', regulation);
    await press(page, 'Vào sổ và trình');
    await toast(/số đến 419/).waitFor();
    await page.keyboard.press('Control+z');
    await toast(/^Đã hoàn tác: .*419/).waitFor();
    assert.deepEqual([await arrivalOf(regulation), await arrivalOf(meeting)], [['arrived', undefined], ['presented', 418]]);
    // what has been taken back is no longer offered
    assert.equal(await toast(/^Đã vào sổ, số đến 419/).count(), 0);
    await page.keyboard.press('Control+z');
    await toast(/^Đã hoàn tác: .*418/).waitFor();
    assert.deepEqual(await arrivalOf(meeting), ['arrived', undefined]);
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Bảng lệnh' });
    await palette.getByRole('combobox').fill('hoan tac');
    await palette.getByText(/Không có/).waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  test('a deed that another was built upon says so, and can be taken back after that one', async () => {
    await openDocument(page, 'Văn bản đến', regulation);
    await press(page, 'Vào sổ');
    await toast(/^Đã vào sổ, số đến 418/).waitFor();
    await press(page, 'Trình lãnh đạo');
    await toast(/^Đã trình/).waitFor();
    await toast(/^Đã vào sổ, số đến 418/).getByRole('button', { name: /^Hoàn tác/ }).click();
    await toast(/đã có việc khác nối sau/).waitFor();
    assert.deepEqual(await arrivalOf(regulation), ['presented', 418]);
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Control+z');
    await toast(/^Đã hoàn tác: Đã trình/).waitFor();
    await page.keyboard.press('Control+z');
    await toast(/^Đã hoàn tác: Đã vào sổ/).waitFor();
    assert.deepEqual(await arrivalOf(regulation), ['arrived', undefined]);
  });

  test('Ctrl+Z inside a field is the field’s own', async () => {
    await openDocument(page, 'Văn bản đến', regulation);
    await press(page, 'Vào sổ');
    await toast(/số đến 418/).last().waitFor();
    const search = page.getByRole('search').getByRole('textbox');
    await search.pressSequentially('quy che');
    await page.keyboard.press('Control+z');
    await page.waitForFunction(() => (document.querySelector<HTMLInputElement>('[role="search"] input')?.value ?? '') !== 'quy che');
    assert.deepEqual(await arrivalOf(regulation), ['registered', 418]);
    await search.fill('');
  });

  test('what has left for the server says that it is too late, and stays', async () => {
    await setLine(page, true);
    await waitForOutbox(0);
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Control+z');
    await toast(/không hoàn tác được/).waitFor();
    assert.deepEqual(await arrivalOf(regulation), ['registered', 418]);
  });

  async function waitForOutbox(count: number): Promise<void> {
    await page.locator('.line').filter({ hasText: count === 0 ? 'Trực tuyến — mọi việc đã gửi' : `${count} việc` }).waitFor();
    assert.equal((await o.ask('commune-clerk', 'outbox.list', {})).rows.length, count);
  }

  test('the pill tells the line in words: sent, without a line since when, how many wait, and again sent', async () => {
    await networkPill(page).getByText('Trực tuyến').waitFor();
    await setLine(page, false);
    await networkPill(page).filter({ hasText: /^Ngoại tuyến từ .*\d\d:\d\d.* — vẫn làm việc được, việc mới sẽ tự gửi khi có mạng$/ }).waitFor();
    await openDocument(page, 'Văn bản đến', regulation);
    await press(page, 'Trình lãnh đạo');
    await networkPill(page).filter({ hasText: 'vẫn làm việc được; 1 việc sẽ tự gửi' }).waitFor();
    await page.getByRole('contentinfo').getByRole('link', { name: 'Xem hộp chờ gửi' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hộp chờ gửi' }).waitFor();
    assert.equal(await page.title(), 'Hộp chờ gửi — Văn Thư');
    await setLine(page, true);
    await waitForOutbox(0);
  });

  test('a letter that arrives is told on any screen, and “Mở” leads to it', async () => {
    await openFolder(page, 'Cài đặt');
    await o.deliver('Thư vừa tới trong lúc xem cài đặt');
    const arrived = toast('1 văn bản mới đến');
    await arrived.getByRole('button', { name: 'Mở' }).click();
    await rowOf(page, 'Thư vừa tới trong lúc xem cài đặt').and(page.locator('[aria-selected="true"]')).waitFor();
    assert.equal(await page.title(), 'Văn bản đến — Văn Thư');
    await arrived.waitFor({ state: 'detached' });
  });

  test('while nobody looks the system tells how many, never which; a press on it leads there; switched off it is silent', async () => {
    await page.evaluate(() => {
      const told: { readonly title: string; readonly options: NotificationOptions | undefined; readonly notice: EventTarget }[] = [];
      class Recorder extends EventTarget {
        static readonly permission = 'granted';
        constructor(title: string, options?: NotificationOptions) {
          super();
          told.push({ title, options, notice: this });
        }
      }
      Object.assign(window, { Notification: Recorder, told });
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    });
    const told = () => page.evaluate(() => (window as unknown as { told: { title: string; options?: NotificationOptions }[] }).told.map(({ title, options }) => ({ title, body: options?.body })));
    await o.deliver('Thư mật tên không được hiện');
    await page.waitForFunction(() => (window as unknown as { told: unknown[] }).told.length > 0);
    assert.deepEqual(await told(), [{ title: 'Văn Thư', body: '1 văn bản mới đến' }]);
    await page.evaluate(() => (window as unknown as { told: { notice: EventTarget }[] }).told[0]?.notice.dispatchEvent(new Event('click')));
    await rowOf(page, 'Thư mật tên không được hiện').and(page.locator('[aria-selected="true"]')).waitFor();
    await o.ask('commune-clerk', 'settings.write', { notices: false });
    await o.deliver('Thư thứ hai khi đã tắt báo');
    await rowOf(page, 'Thư thứ hai khi đã tắt báo').waitFor();
    assert.equal((await told()).length, 1);
    await o.ask('commune-clerk', 'settings.write', { notices: true });
    // the page is before the eyes again
    await page.reload();
    await rowOf(page, regulation).waitFor();
  });

  test('single letters do nothing until they are asked for; then J and K go down and up, and never in a field', async () => {
    await openFolder(page, 'Văn bản đến');
    const list = page.getByRole('listbox', { name: 'Văn bản đến' });
    const at = async (): Promise<string | null> => page.locator('[role="option"][aria-selected="true"]').first().getAttribute('aria-posinset');
    await page.getByRole('option').nth(2).click();
    await page.locator('[role="option"][aria-selected="true"][aria-posinset="3"]').waitFor();
    await list.focus();
    // had K gone up, ↓ would lead back to the third
    await page.keyboard.press('k');
    await page.keyboard.press('ArrowDown');
    await page.locator('[role="option"][aria-selected="true"][aria-posinset="4"]').waitFor();
    await openFolder(page, 'Cài đặt');
    await page.getByText('Dùng phím chữ đơn làm lệnh').click();
    await openFolder(page, 'Văn bản đến');
    await page.getByRole('option').first().click();
    await page.keyboard.press('j');
    await page.locator('[role="option"][aria-selected="true"][aria-posinset="2"]').waitFor();
    await page.keyboard.press('j');
    await page.locator('[role="option"][aria-selected="true"][aria-posinset="3"]').waitFor();
    await page.keyboard.press('k');
    await page.locator('[role="option"][aria-selected="true"][aria-posinset="2"]').waitFor();
    const search = page.getByRole('search').getByRole('textbox');
    await search.focus();
    await page.keyboard.press('k');
    assert.equal(await search.inputValue(), 'k');
    await page.keyboard.press('Escape');
    await rowOf(page, regulation).waitFor();
    assert.notEqual(await at(), '1');
    await o.ask('commune-clerk', 'settings.write', { singleKeys: false });
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
