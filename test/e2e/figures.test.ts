import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { cast } from '../../src-main/practice/cast.ts';
import { valueWords } from '../../src-shared/domain/figures/value-words.ts';
import { figureWords } from '../../src-shared/domain/figures/words.ts';
import { fillLastYear, lastYear } from '../support/last-year.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, setLine, sitAt } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const clerk = 'commune-clerk';
const wholeYear = { from: `${lastYear}-01-01`, to: `${lastYear}-12-31` };
const task = figureWords['on-time-task'];
const nameOf = (desk: string): string => cast.find(({ id }) => id === desk)?.person.fullName ?? '';

describe('the figures at the desk', () => {
  let o: BrowserOffice;
  let page: Page;
  const errors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    await o.restart(async (_storeOf, serverDir) => fillLastYear(serverDir, { given: [1, 2, 3, 4, 5, 6, 7, 8], done: [1, 2, 3, 4], late: [5, 6] }));
    page = o.page;
    watchErrors(page, errors);
    page.on('console', (message) => { if (message.text().includes('Content Security Policy')) errors.push(message.text()); });
    await watchFields(page);
  });
  after(() => o.close());

  const main = (): Locator => page.getByRole('main');
  const table = (): Locator => page.getByRole('table', { name: 'Tất cả số liệu' });
  const line = (figure: string): Locator => table().getByRole('row').filter({ has: page.getByRole('rowheader', { name: figure, exact: true }) });
  const number = (figure: string): Locator => line(figure).getByRole('button', { name: new RegExp(`^${figure}`) });
  const button = (name: string): Locator => main().getByRole('button', { name, exact: true });
  const period = (label: string): Promise<readonly string[]> => page.getByLabel('Kỳ', { exact: true }).selectOption({ label });

  test('are those of the backend, in each of their lines, and say of when they are', async () => {
    await openFolder(page, 'Số liệu');
    await main().getByText(/^Tính đến \d\d:\d\d, \d\d\/\d\d\/\d{4} · đồng bộ lúc \d\d:\d\d, /).waitFor();
    await period('Năm trước');
    await main().getByText(`Từ ngày 01/01/${lastYear} đến ngày 31/12/${lastYear}`).waitFor();
    await number(figureWords.received).getByText('8', { exact: true }).waitFor();
    const { report } = await o.ask(clerk, 'figures.report', { period: wholeYear, compare: null });
    const totals = report.rows.filter(({ by }) => by === '');
    assert.ok(totals.length > 20);
    for (const { figure, value } of totals) {
      const [, told] = await line(figureWords[figure]).getByRole('cell').allInnerTexts();
      assert.equal(told?.trim(), valueWords(value, 'vi-VN') ?? '–', figure);
    }
    assert.match(await line(task).innerText(), /66,6[\s\S]*4\/6/);
    assert.equal(await page.evaluate(() => location.hash), '#/figures/last-year');
  });

  test('a number opens on its documents by the keyboard alone, a document opens from there, and Esc leads back to the number', async () => {
    await number(task).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: task }).waitFor();
    const grid = page.getByRole('grid', { name: `Từng mục của: ${task}` });
    await page.getByRole('status').getByText('2 văn bản', { exact: true }).waitFor();
    assert.deepEqual((await grid.getByRole('rowheader').allInnerTexts()).sort(), ['Văn bản năm trước thứ 5', 'Văn bản năm trước thứ 6']);
    await page.getByRole('radio', { name: 'Đúng hạn', exact: true }).click();
    await page.getByRole('status').getByText('4 văn bản', { exact: true }).waitFor();
    await grid.getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash.startsWith('#/incoming/'));
    await openFolder(page, 'Số liệu');
    await page.getByRole('status').getByText('4 văn bản', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await table().waitFor();
    await number(task).press('Enter');
    await page.getByRole('heading', { level: 2, name: task }).waitFor();
    await page.keyboard.press('Escape');
    await number(task).waitFor();
    assert.equal(await number(task).evaluate((element) => element === document.activeElement), true, 'the keyboard goes on where it was');
  });

  test('where one is stands in the address: it can be opened again', async () => {
    await number(task).click();
    await page.getByRole('status').getByText('2 văn bản', { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('status').getByText('2 văn bản', { exact: true }).waitFor();
    await watchFields(page);
    await button('Về số liệu').click();
    await table().waitFor();
  });

  test('who leads sees each person’s part, and its documents', async () => {
    const people = page.getByRole('table', { name: 'Theo từng người' });
    const mai = people.getByRole('row').filter({ has: page.getByRole('rowheader', { name: nameOf(clerk) }) });
    assert.match(await mai.innerText(), /2[\s\S]*66,6[\s\S]*4\/6/);
    await sitAt(page, 'commune-leader');
    await watchFields(page);
    await openFolder(page, 'Số liệu');
    await period('Năm trước');
    await mai.getByRole('button', { name: new RegExp(figureWords.overdue) }).getByText('2', { exact: true }).click();
    await page.getByRole('heading', { level: 2, name: figureWords.overdue }).waitFor();
    assert.equal(await page.getByLabel('Lọc theo').evaluate((element: HTMLSelectElement) => element.selectedOptions[0]?.text), nameOf(clerk));
    await page.getByRole('status').getByText('2 văn bản', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await sitAt(page, clerk);
    await watchFields(page);
    await openFolder(page, 'Số liệu');
    await period('Năm trước');
    await table().waitFor();
  });

  test('days of one’s own are typed; those that stand the wrong way round are said, and change nothing', async () => {
    await period('Tùy chọn ngày');
    const [from, to] = [page.getByRole('textbox', { name: 'Từ ngày', exact: true }), page.getByRole('textbox', { name: 'Đến ngày', exact: true })];
    for (const [field, day] of [[from, `01/01/${lastYear}`], [to, `31/12/${lastYear}`]] as const) {
      await field.fill('');
      await quietly(page, field, day);
    }
    await to.fill(`03/11/${lastYear}`);
    await main().getByText(`đến ngày 03/11/${lastYear}`).first().waitFor();
    await from.fill(`04/11/${lastYear}`);
    await page.getByText('Ngày cuối sớm hơn ngày đầu.').waitFor();
    await main().getByText(`Từ ngày 01/01/${lastYear} đến ngày 03/11/${lastYear}`).waitFor();
    await from.fill(`03/11/${lastYear}`);
    await main().getByText(`Từ ngày 03/11/${lastYear} đến ngày 03/11/${lastYear}`).waitFor();
    // number 2 alone came on the third
    await number(figureWords.received).getByText('1', { exact: true }).waitFor();
    await period('Năm trước');
    await number(figureWords.received).getByText('8', { exact: true }).waitFor();
  });

  test('a chart says the same as the table behind it', async () => {
    const chart = page.getByRole('region', { name: 'Văn bản đến và đi theo tháng' });
    const drawing = chart.getByRole('img', { name: /^Biểu đồ: Văn bản đến và đi theo tháng/ });
    await drawing.locator('svg').waitFor();
    assert.ok((await drawing.locator('svg').evaluate((svg) => svg.textContent ?? '')).includes('Văn bản đến đã tiếp nhận'));
    await chart.getByText('Xem bằng bảng').click();
    const november = chart.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader', { name: `11/${lastYear}`, exact: true }) });
    assert.deepEqual(await november.getByRole('cell').allInnerTexts(), ['8', '0']);
  });

  test('an aim is set, judged in words, and kept', async () => {
    const dialog = page.getByRole('dialog');
    await button('Đặt mục tiêu…').click();
    const fields = dialog.getByRole('group', { name: task }).getByRole('textbox');
    await quietly(page, fields.nth(0), '70');
    await page.keyboard.press('Tab');
    await fields.nth(1).fill('');
    await quietly(page, fields.nth(1), '5');
    await dialog.getByRole('button', { name: 'Lưu mục tiêu' }).click();
    await dialog.waitFor({ state: 'detached' });
    await line(task).getByText('Gần đạt mục tiêu 70 %').waitFor();
    assert.deepEqual((await o.ask(clerk, 'figures.targets', {})).targets.filter(({ figure }) => figure === 'on-time-task'), [{ figure: 'on-time-task', aimPercent: 70, nearPoints: 5 }]);
  });

  test('without a line they stand, and say since when they could not be told more', async () => {
    await setLine(page, false);
    await main().getByText(/^Đang ngoại tuyến: số liệu theo những gì có trên máy này/).waitFor();
    await main().getByText(/đồng bộ lúc \d\d:\d\d, \d\d\/\d\d\/\d{4}/).waitFor();
    await number(figureWords.received).getByText('8', { exact: true }).waitFor();
    await setLine(page, true);
    await main().getByText(/^Đang ngoại tuyến/).waitFor({ state: 'detached' });
  });

  test('the report is shown as it will be on paper, and saved for other programs', { timeout: 60_000 }, async () => {
    await button('In báo cáo').click();
    await page.locator('.page[data-loaded]').first().waitFor();
    assert.ok(((await page.locator('.page').first().boundingBox())?.height ?? 0) > 400);
    await page.getByRole('button', { name: 'Về số liệu' }).click();
    for (const [name, ending] of [['Lưu Excel', 'xlsx'], ['Lưu CSV', 'csv']] as const) {
      const coming = page.waitForEvent('download');
      await button(name).click();
      const download = await coming;
      assert.equal(download.suggestedFilename(), `so-lieu-van-thu-tu-${wholeYear.from}-den-${wholeYear.to}.${ending}`);
      await page.getByRole('status').getByText(`Đã lưu ${download.suggestedFilename()}`).waitFor();
      if (ending === 'csv') assert.match(await readFile(await download.path(), 'utf8'), new RegExp(`${task}.*66,6`));
    }
  });

  test('no script error was thrown, and nothing was refused by the page’s policy', () => assert.deepEqual(errors, []));
});
