import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { addWorkingDays, isWorkingDay } from '../../src-shared/domain/holidays.ts';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { formatDate, localDay } from '../../src-renderer/i18n/format.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, rowOf, sitAt } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const training = 'Tập huấn ký số cho công chức văn thư';
const codes = 'Công bố danh mục mã định danh cơ quan';
const unregistered = 'Họp triển khai ký số trên phần mềm quản lý văn bản';
const forgotten = 'Kết quả gửi, nhận văn bản điện tử và tỷ lệ ký số quý III năm 2026';
const clerk = 'commune-clerk' as PersonId;
const leader = 'commune-leader' as PersonId;

describe('the board of work: many given out at once, taken, asked more time for, finished', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const today = localDay(Date.now());
  const own = addWorkingDays(today, 3);
  const later = addWorkingDays(today, 10);
  const closed = closedDayAfter(own);

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await watchFields(page);
    for (const title of [training, codes, forgotten]) {
      const id = await idOf(title);
      await o.ask(clerk, 'documents.register', { id });
      await o.ask(clerk, 'documents.present', { id, note: '' });
    }
    // given out long ago, and late by now
    await o.ask(clerk, 'documents.assign', { id: await idOf(forgotten), lead: clerk, support: [], inform: [], directive: 'Báo cáo', deadline: '2026-01-15' });
  });
  after(async () => o.close());

  async function idOf(title: string): Promise<DocumentId> {
    const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 });
    const row = rows.find(({ document }) => document.title === title);
    assert.ok(row, `no document “${title}”`);
    return row.document.id;
  }

  const dialog = (): Locator => page.getByRole('dialog');
  const board = (): Locator => page.getByRole('listbox', { name: 'Việc được giao' });
  const people = (): Locator => page.getByRole('listbox', { name: 'Việc của ai' });
  const rows = (): Locator => board().getByRole('option');
  /** Waits until the board shows these, in this order: title and whose. */
  const shows = async (...expected: readonly string[]): Promise<void> => {
    await page.waitForFunction((count) => document.querySelectorAll('.board-list [role=option]').length === count, expected.length);
    for (const [index, words] of expected.entries()) await rows().nth(index).filter({ hasText: words }).waitFor();
  };

  test('what was chosen and cannot be given out is named before anything is done, with where it stands', async () => {
    await sitAt(page, leader);
    await openFolder(page, 'Văn bản đến');
    // what the clerk did comes to the leader's desk over the line
    for (const title of [training, codes]) await rowOf(page, title).filter({ hasText: 'Đã trình' }).waitFor();
    await rowOf(page, training).click();
    for (const title of [codes, unregistered]) await rowOf(page, title).click({ modifiers: ['Control'] });
    await page.getByRole('group', { name: 'Việc với các văn bản đã chọn' }).getByRole('button', { name: 'Phân công' }).click();
    await dialog().getByRole('list', { name: 'Văn bản được giao' }).getByText(training).waitFor();
    await dialog().getByText('1 văn bản khác đã chọn không giao được').waitFor();
    await dialog().locator('.assign-left-out').getByText(unregistered).waitFor();
  });

  test('each who works on it may have a deadline of their own, a press away; a day off is said with the day to use', async () => {
    await dialog().getByLabel('Chủ trì').selectOption(clerk);
    await dialog().getByRole('group', { name: 'Phối hợp' }).getByRole('checkbox', { name: /Nguyễn Đức Thắng/ }).check();
    await dialog().getByRole('button', { name: 'Đặt hạn riêng cho từng người' }).click();
    const hers = dialog().getByRole('textbox', { name: 'Hạn của Trần Thị Mai', exact: true });
    await quietly(page, hers, 'thứ sáu');
    await hers.fill(formatDate(own));
    await dialog().getByRole('textbox', { name: 'Hạn xử lý', exact: true }).fill(formatDate(closed));
    await dialog().getByRole('button', { name: 'Giao việc' }).click();
    await dialog().getByText(`Ngày ${formatDate(closed)} cơ quan nghỉ`).waitFor();
    const next = formatDate(addWorkingDays(closed, 1));
    await dialog().getByRole('button', { name: `Dùng ngày ${next}` }).click();
    await dialog().getByText('cơ quan nghỉ').waitFor({ state: 'detached' });
    await dialog().getByRole('button', { name: 'Giao việc' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Đã phân công 2 văn bản.').waitFor();
    const { document } = await o.ask(leader, 'documents.read', { id: await idOf(training) });
    assert.deepEqual(document.tasks.map(({ person, deadline }) => [person, deadline]), [[clerk, own], [leader, addWorkingDays(closed, 1)]]);
  });

  test('the leader sees everybody’s work, what is late first, and how much each carries', async () => {
    await openFolder(page, 'Công việc');
    await shows(forgotten, 'Trần Thị Mai', 'Trần Thị Mai', 'Nguyễn Đức Thắng', 'Nguyễn Đức Thắng');
    await rows().first().getByText(/quá hạn/).waitFor();
    await people().getByRole('option', { name: /Trần Thị Mai/ }).filter({ hasText: '3 việc' }).filter({ hasText: '1 quá hạn' }).waitFor();
  });

  test('whose and which work is chosen by the keyboard alone', async () => {
    await people().getByRole('option', { selected: true }).focus();
    await page.keyboard.press('ArrowDown');
    await shows('', '');
    for (const title of [training, codes]) await rows().filter({ hasText: title }).waitFor();
    await page.keyboard.press('ArrowUp');
    await shows(forgotten, 'Trần Thị Mai', 'Trần Thị Mai', 'Nguyễn Đức Thắng', 'Nguyễn Đức Thắng');
    await page.getByRole('radio', { name: 'Đang làm' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await shows(forgotten);
  });

  test('Enter opens the document beside its row, and Esc goes back to the board', async () => {
    await board().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Ai làm gì' }).getByText('Trần Thị Mai').first().waitFor();
    await rows().first().filter({ hasText: forgotten }).waitFor();
    await board().focus();
    await page.keyboard.press('Escape');
    await people().waitFor();
  });

  test('what presses is told in the rail, and leads to where it is done', async () => {
    await page.getByRole('navigation').getByRole('button', { name: /quá hạn/ }).click();
    await dialog().getByRole('heading', { name: 'Sắp trễ và quá hạn' }).waitFor();
    await dialog().getByText(/^Giải quyết việc được giao \(Trần Thị Mai\)/).first().waitFor();
    await dialog().getByRole('link', { name: forgotten }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Ai làm gì' }).getByText('Trần Thị Mai').first().waitFor();
  });

  test('who has it takes it, asks for more time, and the leader sees it on the board', async () => {
    const id = await idOf(training);
    await sitAt(page, clerk);
    await openFolder(page, 'Công việc');
    await shows(forgotten, '', '');
    await rows().filter({ hasText: training }).click();
    const mine = page.getByRole('region', { name: 'Ai làm gì' });
    await mine.getByRole('button', { name: /^Nhận việc/ }).click();
    await rows().filter({ hasText: training }).filter({ hasText: 'Đang làm' }).waitFor();
    await o.ask(clerk, 'tasks.requestExtension', { id, until: later, reason: 'Chờ lịch của tỉnh', closedDay: 'keep' });
    await rows().filter({ hasText: training }).filter({ hasText: 'Xin gia hạn' }).waitFor();
    await sitAt(page, leader);
    await openFolder(page, 'Công việc');
    await rows().filter({ hasText: training }).filter({ hasText: 'Xin gia hạn' }).click();
    await mine.getByRole('button', { name: `Cho đến ${formatDate(later)}` }).click();
    await rows().filter({ hasText: training }).filter({ hasText: `Hạn ${formatDate(later).slice(0, 5)}` }).waitFor();
  });

  test('finished work leaves the open ones and stands among the done', async () => {
    await sitAt(page, clerk);
    await openFolder(page, 'Công việc');
    await rows().filter({ hasText: training }).filter({ hasText: `Hạn ${formatDate(later).slice(0, 5)}` }).click();
    const mine = page.getByRole('region', { name: 'Ai làm gì' });
    await mine.getByRole('button', { name: /^Báo hoàn thành/ }).click();
    await dialog().getByRole('button', { name: 'Báo hoàn thành' }).click();
    await dialog().waitFor({ state: 'detached' });
    await rows().filter({ hasText: training }).waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Đã xong' }).click();
    await shows(training);
    await rows().first().getByText('100 %').waitFor();
  });

  test('nothing was written to the console as a fault', () => {
    assert.deepEqual(pageErrors, []);
  });
});

function closedDayAfter(date: string): string {
  for (let ms = Date.parse(date) + 86_400_000; ; ms += 86_400_000) {
    const day = new Date(ms).toISOString().slice(0, 10);
    if (!isWorkingDay(day)) return day;
  }
}
