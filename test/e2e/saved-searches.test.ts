import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Download, Locator, Page } from 'playwright-core';
import { parseCsv } from '../support/csv.ts';
import { officeConverts } from '../support/office-suite.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, press, rowOf, sitAt } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const clerk = 'commune-clerk';

describe('searches that are kept, and their results as files', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await sitAt(page, clerk);
    await openFolder(page, 'Văn bản đến');
    await watchFields(page);
  });
  after(async () => o.close());

  const field = (): Locator => page.getByRole('search').getByRole('textbox');
  const dialog = (): Locator => page.getByRole('dialog');
  const rail = (): Locator => page.getByRole('group', { name: 'Tìm đã lưu' });
  const kept = (name: string): Locator => rail().getByRole('button', { name, exact: true });
  const names = async (): Promise<readonly string[]> => (await o.ask(clerk, 'searches.list', {})).searches.map(({ name }) => name);
  /** Waits until the rail says so. */
  const counted = (name: string, count: number): Promise<void> => kept(name).locator('.rail-count').getByText(String(count), { exact: true }).waitFor();
  async function saveAs(query: string, name: string): Promise<void> {
    await field().fill(query);
    await press(page, 'Lưu cách tìm này');
    await dialog().getByRole('textbox', { name: 'Tên cách tìm' }).fill('');
    await quietly(page, dialog().getByRole('textbox', { name: 'Tên cách tìm' }), name);
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
  }

  test('what is in the search field is kept under a name, and stands in the rail with what it finds', async () => {
    assert.equal(await rail().count(), 0);
    await field().fill('loại:báo_cáo');
    await press(page, 'Lưu cách tìm này');
    assert.equal(await dialog().getByRole('textbox', { name: 'Tên cách tìm' }).inputValue(), 'loại:báo_cáo', 'the query is the name unless told');
    await assertNoAxeViolations(page, 'keeping a search');
    await page.keyboard.press('Escape');
    await saveAs('loại:báo_cáo', 'Báo cáo quý');
    const { total } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'loại:báo_cáo', offset: 0, limit: 1 });
    await counted('Báo cáo quý', total);
    assert.equal(await kept('Báo cáo quý').getAttribute('aria-current'), 'true');
    await assertNoAxeViolations(page, 'a saved search in the rail');
    await field().fill('');
    await page.getByRole('group', { name: 'Lọc nhanh' }).getByRole('button', { name: 'Hỏa tốc' }).click();
    await press(page, 'Lưu cách tìm này');
    await dialog().getByRole('button', { name: 'Lưu', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    await counted('Hỏa tốc', 1);
  });

  test('a name that is taken is told beside the field, and the search is not kept twice', async () => {
    await field().fill('giấy mời');
    await press(page, 'Lưu cách tìm này');
    await dialog().getByRole('textbox', { name: 'Tên cách tìm' }).fill('bao cao QUÝ');
    await dialog().getByRole('button', { name: 'Lưu', exact: true }).click();
    await dialog().getByText(/Đã có cách tìm mang tên này/).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(await names(), ['Báo cáo quý', 'Hỏa tốc']);
  });

  test('it is there after the program was started again, opens its words and filters in its folder, and counts what arrives', async () => {
    await o.restart();
    await openFolder(page, 'Văn bản đi');
    await kept('Hỏa tốc').click();
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    const express = page.getByRole('group', { name: 'Lọc nhanh' }).getByRole('button', { name: 'Hỏa tốc' });
    assert.equal(await express.getAttribute('aria-pressed'), 'true');
    await kept('Báo cáo quý').click();
    await page.getByRole('listbox', { name: 'Văn bản đến' }).waitFor();
    assert.deepEqual([await field().inputValue(), await express.getAttribute('aria-pressed')], ['loại:báo_cáo', 'false']);
    const { total } = await o.ask(clerk, 'searches.count', { id: (await o.ask(clerk, 'searches.list', {})).searches[0]?.id ?? '' });
    await counted('Báo cáo quý', total);
    await o.deliver('Báo cáo vừa đến khi đã lưu cách tìm');
    await counted('Báo cáo quý', total + 1);
    await rowOf(page, 'Báo cáo vừa đến khi đã lưu cách tìm').waitFor();
    // another folder begins without the filters of this one
    await kept('Hỏa tốc').click();
    await openFolder(page, 'Văn bản đi');
    await openFolder(page, 'Văn bản đến');
    assert.equal(await express.getAttribute('aria-pressed'), 'false');
  });

  test('the palette opens one, and by the keyboard alone it is renamed, moved, deleted and taken back', async () => {
    await page.keyboard.press('Control+k');
    await dialog().getByRole('combobox').fill('tim da luu bao cao');
    await dialog().getByRole('option', { name: /^Tìm đã lưu: Báo cáo quý/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[role="search"] input')?.value === 'loại:báo_cáo');
    await watchFields(page);
    await rail().getByRole('button', { name: 'Sắp xếp, sửa tìm đã lưu' }).focus();
    await page.keyboard.press('Enter');
    await assertNoAxeViolations(page, 'arranging saved searches');
    const button = (name: string): Locator => dialog().getByRole('button', { name, exact: true });
    await button('Đổi tên “Báo cáo quý”').focus();
    await page.keyboard.press('Enter');
    const name = dialog().getByRole('textbox', { name: 'Tên cách tìm' });
    await name.fill('');
    await quietly(page, name, 'Báo cáo của sở');
    await page.keyboard.press('Enter');
    await button('Đổi tên “Báo cáo của sở”').waitFor();
    await button('Đưa “Báo cáo của sở” xuống').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.saved-search strong')?.textContent === 'Hỏa tốc');
    assert.deepEqual(await names(), ['Hỏa tốc', 'Báo cáo của sở']);
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Đưa “Báo cáo của sở” lên');
    await button('Xóa “Hỏa tốc”').focus();
    await page.keyboard.press('Enter');
    await button('Xóa “Hỏa tốc”').waitFor({ state: 'detached' });
    assert.deepEqual(await names(), ['Báo cáo của sở']);
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Xóa “Báo cáo của sở”');
    await button('Xong').focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await kept('Hỏa tốc').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Hoàn tác/ }).click();
    await kept('Hỏa tốc').waitFor();
    assert.deepEqual(await names(), ['Hỏa tốc', 'Báo cáo của sở']);
  });

  async function saved(format: 'Lưu Excel' | 'Lưu CSV'): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const coming: Promise<Download> = page.waitForEvent('download');
    await dialog().getByRole('button', { name: format }).click();
    const download = await coming;
    await dialog().getByText(`Đã lưu ${download.suggestedFilename()}`, { exact: false }).waitFor();
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  test('the results leave as a sheet and as a list with every row that was found', { timeout: 120_000 }, async () => {
    await kept('Báo cáo của sở').click();
    const { total, rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'loại:báo_cáo', offset: 0, limit: 200 });
    assert.ok(total > 0);
    await page.getByRole('status').getByText(`Tìm thấy ${total}`, { exact: true }).waitFor();
    await press(page, 'Xuất kết quả');
    await assertNoAxeViolations(page, 'exporting results');
    const titles = rows.map(({ document }) => document.title);
    const csv = await saved('Lưu CSV');
    assert.match(csv.name, /^danh-sach-van-ban-den-\d{4}-\d\d-\d\d-\d{4}\.csv$/);
    const [head, ...lines] = parseCsv(csv.bytes.toString('utf8').replace(/^\uFEFF/, ''));
    assert.deepEqual(lines.map((line) => line[head?.indexOf('Trích yếu') ?? -1]), titles);
    const sheet = (await officeConverts((await saved('Lưu Excel')).bytes, 'csv')).toString('utf8');
    for (const words of ['ỦY BAN NHÂN DÂN XÃ SƠN TỊNH', 'Tìm: loại:báo_cáo', `${total} văn bản`, ...titles]) assert.ok(sheet.includes(words), words);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('only what is chosen leaves where rows are chosen', async () => {
    await field().fill('');
    await page.getByRole('option').first().click();
    await page.keyboard.press('Shift+ArrowDown');
    const bar = page.getByRole('group', { name: 'Việc với các văn bản đã chọn' });
    await bar.getByText('Đã chọn 2', { exact: true }).waitFor();
    await bar.getByRole('button', { name: 'Xuất ra tệp' }).click();
    assert.equal(parseCsv((await saved('Lưu CSV')).bytes.toString('utf8')).length, 3);
    await page.keyboard.press('Escape');
    assert.deepEqual(pageErrors, []);
  });
});
