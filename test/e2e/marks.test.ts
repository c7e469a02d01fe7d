import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { DocumentDetail } from '../../src-shared/contract/documents.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { keysOf } from './support/keys.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, pinOf, press, setLine, signWithPin, sitAt } from './support/screens.ts';

const [clerk, leader] = ['commune-clerk', 'commune-leader'];
const decision = 'Ban hành Quy chế tiếp nhận';

describe('what the office writes on a document', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
  });
  after(async () => { await o.close(); });

  const frame = (name: string): Locator => page.getByRole('group', { name, exact: true });
  const drawn = (): Locator => page.locator('.preview-layer[data-ready]');
  const where = (): Locator => page.getByRole('status').filter({ hasText: /^Trang \d+\/\d+ · cách trái/ });
  const dialog = (): Locator => page.getByRole('dialog');
  const steps = (): Locator => page.getByRole('list', { name: 'Xử lý' });

  async function detailOf(desk: string, folder: 'incoming' | 'outgoing', query: string): Promise<DocumentDetail> {
    const { rows } = await o.ask(desk, 'documents.list', { folder, query, offset: 0, limit: 1 });
    const [row] = rows;
    assert.ok(row, query);
    return o.ask(desk, 'documents.read', { id: row.document.id });
  }

  async function confirm(desk: string, button: string): Promise<void> {
    await dialog().getByLabel('Mã PIN').fill(pinOf(desk));
    await dialog().getByRole('button', { name: button }).click();
    await dialog().waitFor({ state: 'detached' });
  }

  test('dấu đến is offered once the document is in the register, and shows the register’s number as it will be signed', async () => {
    await openDocument(page, 'Văn bản đến', decision);
    await page.getByRole('button', { name: 'Từ chối' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Đóng dấu đến' }).count(), 0);
    await press(page, 'Vào sổ');
    await press(page, 'Đóng dấu đến');
    await frame('Khung dấu đến').waitFor();
    await drawn().waitFor();
    await page.getByRole('textbox', { name: 'Chuyển' }).fill('Phòng Văn hóa – Xã hội');
    await page.getByRole('textbox', { name: 'Số và ký hiệu hồ sơ' }).fill('01.VX');
    await drawn().waitFor();
    await assertNoAxeViolations(page, 'dấu đến', { include: 'main' });
    await assertNoClippedText(page, 'dấu đến', { within: 'main' });
  });

  test('the frame follows the keyboard, keeps the mark’s own size, and goes back where it belongs', async () => {
    const home = await where().textContent();
    await frame('Khung dấu đến').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await where().filter({ hasNotText: home ?? '' }).waitFor();
    await page.getByText('Bạn tự đặt.').waitFor();
    const before = await frame('Khung dấu đến').boundingBox();
    await drawn().waitFor();
    const after = await frame('Khung dấu đến').boundingBox();
    assert.deepEqual([Math.round(after?.width ?? 0), Math.round(after?.height ?? 0)], [Math.round(before?.width ?? 0), Math.round(before?.height ?? 0)]);
    await press(page, 'Đặt lại chỗ đề xuất');
    await where().filter({ hasText: home ?? '' }).waitFor();
    await page.keyboard.press('Control+z');
  });

  test('half-typed words outlive a look at another document', async () => {
    await openDocument(page, 'Văn bản đến', 'Tập huấn ký số');
    await openDocument(page, 'Văn bản đến', decision);
    await press(page, 'Đóng dấu đến');
    await page.getByText(/^Đã khôi phục phần bạn nhập dở/).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Chuyển' }).inputValue(), 'Phòng Văn hóa – Xã hội');
  });

  test('a wrong PIN stamps nothing; the right one does, and the history says who and when', async () => {
    await press(page, 'Ký và đóng dấu đến');
    await dialog().getByLabel('Mã PIN').fill('000000');
    await dialog().getByRole('button', { name: 'Ký và đóng dấu đến' }).click();
    await dialog().getByText(/Sai mã PIN/).waitFor();
    assert.equal((await detailOf(clerk, 'incoming', decision)).history.some((event) => event.type === 'marked'), false);
    await confirm(clerk, 'Ký và đóng dấu đến');
    await steps().getByText('Đóng dấu đến').waitFor();
    await page.getByRole('article', { name: 'Ủy ban nhân dân xã Sơn Tịnh' }).getByText('Hợp lệ', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Đóng dấu đến' }).count(), 0, 'a second one is not offered');
  });

  test('a copy says its form and when each form is meant', async () => {
    await press(page, 'Sao văn bản');
    await frame('Khung chữ bản sao').waitFor();
    await page.getByText('Chép đầy đủ từ một bản sao y.').waitFor();
    await page.getByText(/^TRÍCH SAO/).click();
    await drawn().waitFor();
    await assertNoAxeViolations(page, 'a copy', { include: 'main' });
    await press(page, 'Ký bản sao');
    await confirm(clerk, 'Ký bản sao');
    await steps().getByText('Ký bản sao').waitFor();
    const { history } = await detailOf(clerk, 'incoming', decision);
    assert.deepEqual(history.flatMap((event) => (event.type === 'marked' ? [event.mark] : [])), ['incoming', 'copy']);
  });

  test('bút phê by keys alone: words, place, PIN; without words nothing is asked', async () => {
    await press(page, 'Trình lãnh đạo');
    await page.getByRole('button', { name: /^Soạn trả lời/ }).waitFor();
    await sitAt(page, leader);
    await openDocument(page, 'Văn bản đến', decision);
    const keys = keysOf(page);
    await keys.tabTo(page.getByRole('button', { name: 'Ghi bút phê' }));
    await keys.press('Enter');
    const words = page.getByRole('textbox', { name: 'Ý kiến' });
    await words.waitFor();
    await keys.press('Control+Enter');
    await page.getByText('Hãy ghi ý kiến.').waitFor();
    await keys.tabTo(words);
    await keys.type('Giao Phòng Văn hóa – Xã hội tham mưu trước ngày 05/12/2026.');
    await frame('Khung bút phê').waitFor();
    await drawn().waitFor();
    await keys.press('Control+Enter');
    await dialog().getByLabel('Mã PIN').waitFor();
    await keys.type(pinOf(leader));
    await keys.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await steps().getByText('Bút phê: Giao Phòng Văn hóa – Xã hội tham mưu trước ngày 05/12/2026.').waitFor();
  });

  test('what was written reaches the other desk over the line', async () => {
    await sitAt(page, clerk);
    await openDocument(page, 'Văn bản đến', decision);
    await steps().getByText(/^Bút phê: Giao Phòng/).waitFor();
  });

  test('an annex of what was issued carries its number; without a line too', async () => {
    await sitAt(page, leader);
    await openDocument(page, 'Trình ký', 'Về việc tăng cường gửi, nhận');
    await press(page, 'Ký');
    await signWithPin(page, pinOf(leader));
    await dialog().waitFor({ state: 'detached' });
    await sitAt(page, clerk);
    await openDocument(page, 'Phát hành', 'Về việc tăng cường gửi, nhận');
    await press(page, 'Ký và cấp số, gửi sau');
    await signWithPin(page, pinOf(clerk));
    await dialog().waitFor({ state: 'detached' });
    await setLine(page, false);
    await press(page, 'Ký số phụ lục');
    await frame('Khung chữ phụ lục').waitFor();
    await drawn().waitFor();
    await press(page, 'Ký phụ lục');
    await confirm(clerk, 'Ký phụ lục');
    await steps().getByText('Ký số phụ lục').waitFor();
    await setLine(page, true);
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
