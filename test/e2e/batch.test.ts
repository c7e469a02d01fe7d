import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { keysOf } from './support/keys.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, pinOf, press, sitAt } from './support/screens.ts';

const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));
const annex = fileURLToPath(new URL('../fixtures/pdf/phu-luc.pdf', import.meta.url));
const [clerk, leader] = ['commune-clerk', 'commune-leader'];

describe('a run of signatures', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const ids = new Map<string, DocumentId>();
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    for (const title of ['Công văn thứ nhất', 'Công văn thứ hai', 'Công văn thứ ba', 'Công văn thứ tư']) await submitted(title, letter);
    await submitted('Phụ lục chưa rõ chỗ ký', annex);
    await sitAt(page, leader);
    await openFolder(page, 'Trình ký');
  });
  after(async () => { await o.close(); });

  async function submitted(title: string, file: string): Promise<void> {
    const bytes = await readFile(file);
    const { importId } = await o.ask(clerk, 'content.beginImport', { fileName: 'van-ban.pdf' });
    for (let at = 0; at < bytes.length; at += 500_000) await o.ask(clerk, 'content.appendImport', { importId, bytes: bytes.subarray(at, at + 500_000) });
    const { content } = await o.ask(clerk, 'content.finishImport', { importId });
    const { document } = await o.ask(clerk, 'documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [practiceUnits.department], inReplyTo: null });
    await o.ask(clerk, 'documents.submit', { id: document.id });
    ids.set(title, document.id);
  }

  const dialog = (): Locator => page.getByRole('dialog');
  const line = (title: string): Locator => page.getByRole('list', { name: 'Từng văn bản của đợt ký' }).getByRole('listitem').filter({ hasText: title });
  const stageOf = async (title: string): Promise<string> => (await o.ask(leader, 'documents.read', { id: ids.get(title)! })).document.stage;

  /** Chooses these and no others, one by one, and gives the PIN. */
  async function beginOneByOne(titles: readonly string[]): Promise<void> {
    await page.getByRole('button', { name: /^Ký (nhiều văn bản|\d+ văn bản đã đọc)$/ }).click();
    await dialog().getByRole('radio', { name: /^Ký từng văn bản/ }).check();
    for (const box of await dialog().getByRole('checkbox').all()) await box.uncheck();
    for (const title of titles) await dialog().getByRole('checkbox', { name: new RegExp(title) }).check();
    await dialog().getByLabel('Mã PIN').fill(pinOf(leader));
    await dialog().getByRole('button', { name: `Bắt đầu, ${titles.length} văn bản` }).click();
    await dialog().waitFor({ state: 'detached' });
  }

  /** The document in hand, when it is this one and its frame stands on the page. */
  async function inHand(title: string): Promise<void> {
    await line(title).filter({ hasText: 'Đang chờ bạn ký hoặc bỏ qua' }).waitFor();
    await page.getByRole('group', { name: 'Khung chữ ký' }).waitFor();
  }

  test('one by one, each document is shown with its frame before one press signs it; a place that is only guessed is seen to be', async () => {
    await beginOneByOne(['thứ nhất', 'thứ hai', 'thứ ba', 'Phụ lục']);
    // the queue's order: the newest first
    await inHand('Phụ lục chưa rõ chỗ ký');
    await page.getByText(/đây chỉ là phỏng đoán/).waitFor();
    await assertNoAxeViolations(page, 'one by one', { include: 'main' });
    await assertNoClippedText(page, 'one by one', { within: 'main' });
    assert.equal(await stageOf('Phụ lục chưa rõ chỗ ký'), 'submitted');
    await press(page, 'Ký và sang văn bản tiếp');
    await line('Phụ lục').getByText('Đã ký').waitFor();
    assert.equal(await stageOf('Phụ lục chưa rõ chỗ ký'), 'approved');
  });

  test('one that is left out is not signed, and after the last the result is told', async () => {
    await inHand('Công văn thứ ba');
    await press(page, 'Bỏ qua');
    await line('thứ ba').getByText('Bỏ qua, chưa ký').waitFor();
    await inHand('Công văn thứ hai');
    await press(page, 'Ký và sang văn bản tiếp');
    await inHand('Công văn thứ nhất');
    await press(page, 'Ký và kết thúc');
    await page.getByRole('heading', { name: 'Kết quả đợt ký' }).waitFor();
    await page.getByText('Đã ký 3/4 văn bản').waitFor();
    await page.getByText('bỏ qua 1', { exact: true }).waitFor();
    assert.deepEqual([await stageOf('Công văn thứ ba'), await stageOf('Công văn thứ hai'), await stageOf('Công văn thứ nhất')], ['submitted', 'approved', 'approved']);
    await press(page, 'Về hàng chờ');
    await page.getByRole('heading', { name: /văn bản chờ ký$/ }).waitFor();
  });

  test('by keys alone: the way is chosen by arrows, the PIN by Enter, each document by Ctrl+Enter', async () => {
    const keys = keysOf(page);
    const open = page.getByRole('button', { name: /^Ký (nhiều văn bản|\d+ văn bản đã đọc)$/ });
    await keys.tabTo(open);
    await keys.press('Enter');
    await dialog().waitFor();
    const oneByOne = dialog().getByRole('radio', { name: /^Ký từng văn bản/ });
    await keys.tabTo(dialog().getByRole('radio', { checked: true }).first());
    if (!(await oneByOne.isChecked())) await keys.press('ArrowUp');
    assert.equal(await oneByOne.isChecked(), true);
    await keys.tabTo(dialog().getByLabel('Mã PIN'));
    await page.keyboard.type(pinOf(leader));
    await keys.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    const current = page.getByRole('listitem').filter({ hasText: 'Đang chờ bạn ký hoặc bỏ qua' });
    await current.waitFor();
    const title = (await current.locator('strong').textContent()) ?? '';
    const sign = page.getByRole('button', { name: /^Ký và (sang văn bản tiếp|kết thúc)/ });
    await page.waitForFunction((button) => button?.getAttribute('data-disabled') === null, await sign.elementHandle());
    await keys.press('Control+Enter');
    await line(title).getByText('Đã ký').waitFor();
  });

  test('paused, it rests with the token open and goes on without another PIN', async () => {
    await press(page, 'Tạm dừng');
    await page.getByText('Đang tạm dừng', { exact: true }).waitFor();
    await assertNoAxeViolations(page, 'a paused run', { include: 'main' });
    await press(page, 'Ký tiếp');
    await page.getByRole('listitem').filter({ hasText: 'Đang chờ bạn ký hoặc bỏ qua' }).waitFor();
    assert.equal(await dialog().count(), 0);
  });

  test('after a restart the queue says what is left; going on asks for the PIN of the same certificate', async () => {
    const waiting = await page.getByRole('listitem').filter({ hasText: /^.*(Chờ|Đang chờ bạn ký hoặc bỏ qua)$/ }).count();
    assert.ok(waiting >= 1);
    await o.restart();
    await sitAt(page, leader);
    await openFolder(page, 'Trình ký');
    await page.getByText(`Đợt ký dở: còn ${waiting} văn bản`).waitFor();
    await assertNoAxeViolations(page, 'an unfinished run', { include: 'main' });
    assert.equal(await page.getByRole('button', { name: /^Ký (nhiều văn bản|\d+ văn bản đã đọc)$/ }).isDisabled(), true);
    await page.getByRole('button', { name: 'Xem từng văn bản' }).click();
    await page.getByText('Đợt ký bị ngắt', { exact: true }).waitFor();
    await press(page, 'Ký tiếp');
    assert.equal(await dialog().getByRole('radio').count(), 1);
    await dialog().getByLabel('Mã PIN').fill('000000');
    await dialog().getByRole('button', { name: /^Ký \d văn bản$/ }).click();
    await dialog().getByText(/Sai mã PIN/).waitFor();
    await dialog().getByLabel('Mã PIN').fill(pinOf(leader));
    await dialog().getByRole('button', { name: /^Ký \d văn bản$/ }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: 'Đang chờ bạn ký hoặc bỏ qua' }).waitFor();
  });

  test('ended, what waits stays in the queue, and the result is told until it is closed, over a restart too', async () => {
    await press(page, 'Tạm dừng');
    await press(page, 'Kết thúc đợt');
    await page.getByRole('heading', { name: 'Kết quả đợt ký' }).waitFor();
    await page.getByText('Chưa ký, vẫn ở hàng chờ').first().waitFor();
    await page.getByText(/chưa ký \d$/).waitFor();
    await o.restart();
    await sitAt(page, leader);
    await openFolder(page, 'Trình ký');
    await page.getByText(/^Đợt ký đã xong: \d\/\d văn bản đã ký$/).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Đóng' }).click();
    await page.getByText(/^Đợt ký đã xong/).waitFor({ state: 'detached' });
    await openFolder(page, 'Văn bản đi');
    await openFolder(page, 'Trình ký');
    await page.getByRole('option').first().waitFor();
    assert.equal(await page.getByText(/^Đợt ký đã xong/).count(), 0);
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
