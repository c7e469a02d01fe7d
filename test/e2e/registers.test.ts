import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Download, Locator, Page } from 'playwright-core';
import { fillLastYear, lastYear, lastYearsBook } from '../support/last-year.ts';
import { officeConverts } from '../support/office-suite.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, setLine } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const run = promisify(execFile);
/** Number 3 was given to nobody, 8 to a document that came to no desk; enough of them that they do not stand on one screen. */
const given = Array.from({ length: 120 }, (_, at) => at + 1).filter((number) => number !== 3 && number !== 8);

describe('the registers of a year', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    await o.restart(async (_storeOf, serverDir) => fillLastYear(serverDir, { given, elsewhere: [8] }));
    page = o.page;
    watchErrors(page, pageErrors);
    // the forms of this screen are typed into here as UniKey does (telex.test.ts counts them)
    await watchFields(page);
  });
  after(async () => o.close());

  const table = (): Locator => page.getByRole('table', { name: `Sổ đăng ký văn bản đến năm ${lastYear}` });
  const lineOf = (text: string): Locator => table().getByRole('row').filter({ has: page.getByText(text, { exact: true }) });
  const button = (name: string): Locator => page.getByRole('main').getByRole('button', { name, exact: true });
  const field = (name: string): Locator => page.getByRole('main').getByRole('textbox', { name, exact: true });

  async function saved(name: string): Promise<{ readonly name: string; readonly bytes: Buffer; readonly path: string }> {
    const coming: Promise<Download> = page.waitForEvent('download');
    await button(name).click();
    const download = await coming;
    const path = await download.path();
    await page.getByRole('status').getByText(`Đã lưu ${download.suggestedFilename()}`).waitFor();
    return { name: download.suggestedFilename(), bytes: await readFile(path), path };
  }

  test('last year’s arrivals stand in the decree’s ten columns, void and unknown numbers among them, and a screen reader is told how many there are', async () => {
    await openFolder(page, 'Sổ văn bản');
    await page.getByLabel('Sổ', { exact: true }).selectOption({ label: `${lastYear} · Sổ đăng ký văn bản đến · ${given.length} văn bản` });
    await lineOf('101/SKHCN').waitFor();
    assert.equal(await table().getAttribute('aria-rowcount'), '121');
    assert.equal(await table().getByRole('columnheader').count(), 10);
    await lineOf('03').getByText('Đã hủy số (không cấp cho văn bản nào)').waitFor();
    await lineOf('08').getByText('Chưa có thông tin trên máy này').waitFor();
    await page.getByRole('status').getByText('Sổ có 119 văn bản, từ số 01 đến số 120, trong đó 1 số đã hủy; 1 số chưa có thông tin trên máy này.').waitFor();
    assert.ok((await table().getByRole('row').count()) < 60, 'only the lines on the screen are in the page');
    await page.getByRole('region', { name: `Sổ đăng ký văn bản đến năm ${lastYear}` }).focus();
    await page.keyboard.press('End');
    await lineOf('220/SKHCN').waitFor();
  });

  test('a part is asked for by number and by day, and an end that stands the wrong way round is said beside its field', async () => {
    await quietly(page, field('Từ số'), '10');
    await quietly(page, field('Đến số'), '9');
    await page.keyboard.press('Tab');
    await page.getByText('Số cuối nhỏ hơn số đầu.').waitFor();
    await field('Đến số').fill('');
    await quietly(page, field('Đến số'), '12');
    await page.keyboard.press('Tab');
    await page.getByRole('status').getByText('Sổ có 3 văn bản, từ số 10 đến số 12.').waitFor();
    await page.getByRole('button', { name: 'Xem cả sổ' }).click();
    await quietly(page, field('Từ ngày'), `28/11/${lastYear}`);
    await quietly(page, field('Đến ngày'), `28/11/${lastYear}`);
    await page.getByRole('status').getByText(/^Sổ có \d văn bản, từ số 27 /).waitFor();
    await page.getByRole('button', { name: 'Xem cả sổ' }).click();
    await page.getByRole('status').getByText(/^Sổ có 119 văn bản/).waitFor();
  });

  test('a number leads to its document, and back to the same register', async () => {
    await page.getByRole('link', { name: 'Mở văn bản số 01', exact: true }).click();
    const { ids: [first] } = await o.ask('commune-clerk', 'registers.page', { register: 'incoming', book: lastYearsBook, from: 1, to: 1, offset: 0, limit: 1 });
    await page.waitForURL((url) => url.hash === `#/incoming/${first}`);
    await page.getByRole('listbox', { name: 'Văn bản đến' }).waitFor();
    await openFolder(page, 'Sổ văn bản');
    await lineOf('101/SKHCN').waitFor();
  });

  test('the register is shown as it will be on paper, and the file says the same', { timeout: 60_000 }, async () => {
    await button('In sổ').click();
    await page.locator('.page[data-loaded]').first().waitFor();
    const shown = Number(/\/ (\d+)/.exec(await page.getByRole('main').innerText())?.[1]);
    await page.getByRole('button', { name: 'Về sổ' }).click();
    const file = await saved('Lưu PDF');
    assert.equal(file.name, `so-van-ban-den-${lastYear}.pdf`);
    const { stdout } = await run('pdftotext', ['-enc', 'UTF-8', '-layout', file.path, '-'], { maxBuffer: 16 << 20 });
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const words of ['SỔ ĐĂNG KÝ VĂN BẢN ĐẾN', `Năm ${lastYear}`, 'ỦY BAN NHÂN DÂN XÃ SƠN TỊNH', '101/SKHCN', '220/SKHCN', 'Sổ có 119 văn bản']) assert.ok(text.includes(words), words);
    assert.equal(Number(/Pages: +(\d+)/.exec((await run('pdfinfo', [file.path])).stdout)?.[1]), shown, 'as many pages as were shown');
  });

  test('the sheet opens in an office suite with every number, and the list is plain text', { timeout: 120_000 }, async () => {
    const sheet = await saved('Lưu Excel');
    assert.equal(sheet.name, `so-van-ban-den-${lastYear}.xlsx`);
    const read = (await officeConverts(sheet.bytes, 'csv')).toString('utf8');
    const list = (await saved('Lưu CSV')).bytes.toString('utf8');
    for (const number of given) for (const where of [read, list]) assert.ok(where.includes(`${100 + number}/SKHCN`), String(number));
  });

  test('last year is closed for good: the year is typed, and without a line nothing is closed', async () => {
    const dialog = page.getByRole('dialog');
    await setLine(page, false);
    await button('Khóa sổ…').click();
    await dialog.getByText(/Khóa sổ là vĩnh viễn/).waitFor();
    await quietly(page, dialog.getByRole('textbox'), String(lastYear - 1));
    await dialog.getByRole('button', { name: 'Khóa sổ vĩnh viễn' }).click();
    await dialog.getByText(`Hãy gõ đúng năm của sổ: ${lastYear}.`).waitFor();
    await dialog.getByRole('textbox').fill('');
    await quietly(page, dialog.getByRole('textbox'), String(lastYear));
    await dialog.getByRole('button', { name: 'Khóa sổ vĩnh viễn' }).click();
    await dialog.getByText(`Cần có mạng để khóa sổ năm ${lastYear}`, { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await setLine(page, true);
    await button('Khóa sổ…').click();
    await quietly(page, dialog.getByRole('textbox'), String(lastYear));
    await dialog.getByRole('button', { name: 'Khóa sổ vĩnh viễn' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(`Đã khóa sổ năm ${lastYear}. Sổ vẫn xem và in được.`).waitFor();
    await page.getByText(/^Đã khóa \d/).waitFor();
    assert.equal(await button('Khóa sổ…').count(), 0);
    assert.equal(await button('In sổ').isEnabled(), true);
  });

  test('no script error was thrown on the way', () => assert.deepEqual(pageErrors, []));
});
