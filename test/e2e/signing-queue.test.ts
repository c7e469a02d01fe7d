import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, openFolder, pinOf, press, rowOf, signWithPin, sitAt } from './support/screens.ts';

const pdfDir = fileURLToPath(new URL('../fixtures/pdf', import.meta.url));
const [clerk, leader] = ['commune-clerk', 'commune-leader'];

describe('the leader’s queue', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const ids = new Map<string, DocumentId>();
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
  });
  after(async () => { await o.close(); });

  async function imported(file: string) {
    const bytes = await readFile(`${pdfDir}/${file}`);
    const { importId } = await o.ask(clerk, 'content.beginImport', { fileName: file });
    for (let at = 0; at < bytes.length; at += 500_000) await o.ask(clerk, 'content.appendImport', { importId, bytes: bytes.subarray(at, at + 500_000) });
    return (await o.ask(clerk, 'content.finishImport', { importId })).content;
  }

  async function submitted(title: string, file: string): Promise<void> {
    const { document } = await o.ask(clerk, 'documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: await imported(file), recipients: [practiceUnits.department], inReplyTo: null });
    await o.ask(clerk, 'documents.submit', { id: document.id });
    ids.set(title, document.id);
  }

  async function stageOf(title: string): Promise<string> {
    return (await o.ask(leader, 'documents.read', { id: ids.get(title)! })).document.stage;
  }

  /** Opens it and stays until the desk has marked it as read. */
  async function read(title: string): Promise<void> {
    await openDocument(page, 'Trình ký', title);
    await rowOf(page, title).getByText('Đã đọc').waitFor();
  }

  test('a row says who drafted it and whether it was read; a look of a second makes it read', async () => {
    await submitted('Giấy mời họp', 'giay-moi.pdf');
    await submitted('Quyết định ban hành Quy chế', 'quyet-dinh.pdf');
    await submitted('Phụ lục không có chỗ ký', 'phu-luc.pdf');
    await sitAt(page, leader);
    await rowOf(page, 'Giấy mời họp').getByText('Trình: Trần Thị Mai').waitFor();
    await rowOf(page, 'Giấy mời họp').getByText('Chưa đọc').waitFor();
    await read('Giấy mời họp');
    await read('Quyết định ban hành Quy chế');
    await read('Phụ lục không có chỗ ký');
    await assertNoAxeViolations(page, 'the queue', { include: 'main' });
    await assertNoClippedText(page, 'the queue', { within: 'main' });
  });

  test('left for later, a document stays and the next one opens', async () => {
    await openDocument(page, 'Trình ký', 'Giấy mời họp');
    await press(page, 'Để sau');
    await page.waitForFunction(() => document.querySelector('[role="option"][aria-selected="true"]')?.textContent?.includes('Giấy mời họp') === false);
    await rowOf(page, 'Giấy mời họp').waitFor();
  });

  test('the list is walked by arrows, Enter goes to the page', async () => {
    const list = page.getByRole('listbox', { name: 'Trình ký' });
    await list.focus();
    await page.keyboard.press('Home');
    const first = await page.getByRole('option').first().textContent();
    await page.waitForFunction((text) => document.querySelector('[role="option"][aria-selected="true"]')?.textContent === text, first);
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction((text) => document.querySelector('[role="option"][aria-selected="true"]')?.textContent !== text, first);
    await page.locator('.viewer-pages').waitFor();
    await list.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.classList.contains('viewer-pages'));
  });

  test('those that were read stand ticked with their places; one whose place is a guess cannot be signed unseen', async () => {
    await page.getByRole('button', { name: /^Ký \d+ văn bản đã đọc$/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Ký nhiều văn bản' });
    await dialog.getByText('Đã đọc · trang 1, vào ô đã chuẩn bị sẵn').first().waitFor();
    await dialog.getByText(/chưa rõ chỗ ký: chọn “Ký từng văn bản”/).waitFor();
    assert.equal(await dialog.getByRole('checkbox', { name: /Phụ lục không có chỗ ký/ }).isDisabled(), true);
    assert.equal(await dialog.getByRole('checkbox', { name: /Về việc tăng cường/ }).isChecked(), false, 'what was not read is not signed unless it is ticked');
    await assertNoAxeViolations(page, 'signing many', { include: '[role="dialog"]' });
    await dialog.getByRole('checkbox', { name: /Quyết định ban hành/ }).uncheck();
    await dialog.getByRole('button', { name: 'Ký 1 văn bản' }).waitFor();
    await dialog.getByRole('checkbox', { name: /Quyết định ban hành/ }).check();
    await dialog.getByRole('button', { name: 'Ký 2 văn bản' }).waitFor();
  });

  test('a wrong PIN is told in the dialog and nothing is signed; the right one signs each, and the results are told', async () => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Mã PIN').fill('000000');
    await dialog.getByRole('button', { name: 'Ký 2 văn bản' }).click();
    await dialog.getByText(/Sai mã PIN/).waitFor();
    assert.deepEqual([await stageOf('Giấy mời họp'), await stageOf('Quyết định ban hành Quy chế')], ['submitted', 'submitted']);
    await dialog.getByLabel('Mã PIN').fill(pinOf(leader));
    await dialog.getByRole('button', { name: 'Ký 2 văn bản' }).click();
    await page.getByRole('heading', { name: 'Kết quả đợt ký' }).waitFor();
    const lines = page.getByRole('list', { name: 'Từng văn bản của đợt ký' }).getByRole('listitem');
    await lines.filter({ hasText: 'Đã ký' }).nth(1).waitFor();
    assert.equal(await lines.count(), 2);
    assert.deepEqual([await stageOf('Giấy mời họp'), await stageOf('Quyết định ban hành Quy chế')], ['approved', 'approved']);
    await assertNoAxeViolations(page, 'the result of a run', { include: 'main' });
    await press(page, 'Về hàng chờ');
    await rowOf(page, 'Phụ lục không có chỗ ký').waitFor();
    assert.equal(await rowOf(page, 'Giấy mời họp').count(), 0);
    assert.equal(await stageOf('Phụ lục không có chỗ ký'), 'submitted');
  });

  test('one that fails is told with its reason and can be opened', async () => {
    await submitted('Thông báo tạm dừng', 'giay-moi.pdf');
    await submitted('Thông báo nghỉ lễ', 'cong-van-xa.pdf');
    await openFolder(page, 'Trình ký');
    await read('Thông báo tạm dừng');
    await read('Thông báo nghỉ lễ');
    await page.getByRole('button', { name: /^Ký \d+ văn bản đã đọc$/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Ký 2 văn bản' }).waitFor();
    // sent back at another window of the same desk while the dialog stands open
    await o.ask(leader, 'documents.returnToDrafter', { id: ids.get('Thông báo tạm dừng')!, reason: 'Sai ngày' });
    await dialog.getByLabel('Mã PIN').fill(pinOf(leader));
    await dialog.getByRole('button', { name: 'Ký 2 văn bản' }).click();
    await page.getByRole('heading', { name: 'Kết quả đợt ký' }).waitFor();
    const line = page.getByRole('listitem').filter({ hasText: 'Thông báo tạm dừng' });
    await line.getByText(/không làm được việc này/).waitFor();
    await line.getByRole('button', { name: 'Mở' }).click();
    await page.getByText('Sai ngày').first().waitFor();
    assert.deepEqual([await stageOf('Thông báo tạm dừng'), await stageOf('Thông báo nghỉ lễ')], ['returned', 'approved']);
  });

  test('one that comes back after it was sent back says which version it is, and is unread again', async () => {
    await o.ask(clerk, 'sync.now', {});
    const id = ids.get('Thông báo tạm dừng')!;
    await o.ask(clerk, 'documents.revise', { id, content: await imported('cong-van-xa.pdf') });
    await o.ask(clerk, 'documents.submit', { id });
    await openFolder(page, 'Trình ký');
    const row = rowOf(page, 'Thông báo tạm dừng');
    await row.getByText('bản 2, đã thay tệp sau khi trả lại').waitFor();
    await row.getByText('Chưa đọc').waitFor();
    await row.click();
    await row.getByText('Đã đọc').waitFor();
    await page.getByRole('button', { name: 'Chỗ ký và thông tin' }).click();
    await page.getByText('Lần trước đã trả lại vì').waitFor();
    await page.getByText('Sai ngày').first().waitFor();
  });

  test('a document that is signed alone shows its signature and leads to the next', async () => {
    await press(page, 'Ký');
    await signWithPin(page, pinOf(leader));
    await page.getByRole('article', { name: 'Nguyễn Đức Thắng' }).waitFor();
    await page.getByRole('button', { name: /^Ký tiếp, còn \d+ văn bản$/ }).click();
    await page.getByRole('button', { name: /^Ký$/ }).waitFor();
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
