import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { addWorkingDays } from '../../src-shared/domain/holidays.ts';
import { formatDate, localDay } from '../../src-renderer/i18n/format.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, openFolder, rowOf, sitAt } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const given = 'Tập huấn ký số';
const recalled = 'Danh mục hồ sơ công việc';
const clerk = 'commune-clerk' as PersonId;
const leader = 'commune-leader' as PersonId;

describe('work that was given out, and what a sender asks back', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const deadline = addWorkingDays(localDay(Date.now()), 5);
  const later = addWorkingDays(localDay(Date.now()), 10);

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    // the forms of tasks and of a sender's request are typed into here as UniKey does (telex.test.ts counts them)
    await watchFields(page);
    const id = await idOf(clerk, 'incoming', given);
    await o.ask(clerk, 'documents.register', { id });
    await o.ask(clerk, 'documents.present', { id, note: '' });
    await o.ask(clerk, 'documents.assign', { id, lead: clerk, support: [leader], inform: [], directive: 'Cử người đi dự', deadline });
  });
  after(async () => o.close());

  async function idOf(desk: string, folder: 'incoming' | 'outgoing', title: string): Promise<DocumentId> {
    const { rows: [row] } = await o.ask(desk, 'documents.list', { folder, query: title, offset: 0, limit: 1 });
    assert.ok(row, `no document “${title}”`);
    return row.document.id;
  }

  const mine = (): Locator => page.getByRole('region', { name: 'Ai làm gì' });
  const dialog = (): Locator => page.getByRole('dialog');
  const said = (words: string): Promise<void> => page.getByRole('status').getByText(words).first().waitFor();

  test('one’s own part stands on top with its next step, and is taken up by Ctrl+Enter', async () => {
    await sitAt(page, clerk);
    await openDocument(page, 'Văn bản đến', given);
    await mine().getByText('Chỉ đạo: Cử người đi dự').waitFor();
    await mine().getByText('còn 5 ngày làm việc').first().waitFor();
    await mine().getByRole('button', { name: /^Nhận việc/ }).waitFor();
    await page.keyboard.press('Control+Enter');
    await said('Đã nhận việc.');
    await mine().getByText('Đang làm').waitFor();
  });

  test('progress is told with a press, and stands as a bar with its number', async () => {
    await mine().getByRole('button', { name: /^Báo cáo tiến độ/ }).click();
    await quietly(page, dialog().getByRole('textbox', { name: 'Đã xong (%)' }), '45');
    await dialog().getByRole('button', { name: '50 %' }).click();
    await quietly(page, dialog().getByLabel('Đã làm gì'), 'Đã đăng ký danh sách');
    await dialog().getByRole('button', { name: 'Gửi báo cáo' }).click();
    await dialog().waitFor({ state: 'detached' });
    await mine().getByText('50 %').waitFor();
    await mine().getByText('Tiến độ: Đã đăng ký danh sách').waitFor();
  });

  test('more time is asked for with a later day and a reason; what is missing is said beside its field', async () => {
    await mine().getByRole('button', { name: 'Việc khác' }).click();
    await page.getByRole('menuitem', { name: 'Xin gia hạn' }).click();
    await dialog().getByRole('button', { name: 'Gửi xin gia hạn' }).click();
    await dialog().getByText('Hãy chọn ngày.').waitFor();
    await dialog().getByText('Hãy ghi lý do.').waitFor();
    await quietly(page, dialog().getByRole('textbox', { name: 'Xin đến ngày', exact: true }), 'tuần sau');
    await dialog().getByRole('button', { name: /^10 ngày làm việc/ }).click();
    await quietly(page, dialog().getByLabel('Lý do'), 'Chờ lịch của tỉnh');
    await dialog().getByRole('button', { name: 'Gửi xin gia hạn' }).click();
    await dialog().waitFor({ state: 'detached' });
    await mine().getByText(`Xin gia hạn đến ${formatDate(later)}: Chờ lịch của tỉnh`).waitFor();
  });

  test('what is said about the document stands under it, with who said it', async () => {
    await page.getByLabel('Thêm ý kiến (chỉ trong cơ quan)').fill('Đề nghị cử hai người');
    await page.getByRole('button', { name: 'Gửi ý kiến' }).click();
    const thread = page.getByRole('region', { name: 'Ý kiến' });
    await thread.getByText('Đề nghị cử hai người').and(page.locator('p')).waitFor();
    await thread.getByText('Trần Thị Mai').waitFor();
  });

  test('the leader grants it with one press, and the deadline moves', async () => {
    await sitAt(page, leader);
    await openDocument(page, 'Văn bản đến', given);
    await mine().getByRole('button', { name: `Cho đến ${formatDate(later)}` }).click();
    await said('Đã cho gia hạn.');
    await mine().getByText(`Đã được gia hạn đến ${formatDate(later)}`).waitFor();
    await mine().getByText(`Hạn ${formatDate(later)}`, { exact: false }).first().waitFor();
  });

  test('finished work is evaluated by the leader', async () => {
    const id = await idOf(clerk, 'incoming', given);
    await o.ask(clerk, 'tasks.finish', { id, result: 'Đã cử hai người', answer: null });
    await mine().getByText('Kết quả: Đã cử hai người').waitFor();
    await mine().getByRole('button', { name: 'Đánh giá' }).click();
    await dialog().getByRole('radio', { name: 'Tốt' }).check({ force: true });
    await dialog().getByRole('button', { name: 'Ghi đánh giá' }).click();
    await dialog().waitFor({ state: 'detached' });
    await mine().getByText('Đánh giá: Tốt').waitFor();
  });

  test('a document that its sender asks back says so above everything else, and is given back with one press', async () => {
    await sitAt(page, clerk);
    await openFolder(page, 'Văn bản đến');
    await rowOf(page, recalled).click();
    // what the law asks of an arrival is told before it is late
    await page.getByRole('complementary').getByText(/^Vào sổ văn bản đến trước .* · NĐ 30\/2020/).waitFor();
    const sent = await idOf('department-clerk', 'outgoing', recalled);
    await o.ask('department-clerk', 'documents.askChange', { id: sent, change: 'recall', reason: 'Gửi nhầm bản chưa rà soát' });
    await o.ask('department-clerk', 'sync.now', {});
    await page.getByText('đề nghị thu hồi văn bản này').waitFor();
    await page.getByText('Lý do: Gửi nhầm bản chưa rà soát').waitFor();
    await page.getByRole('button', { name: 'Không đồng ý' }).click();
    await dialog().getByRole('button', { name: 'Không đồng ý và báo nơi gửi' }).click();
    await dialog().getByText('Hãy ghi lý do.').waitFor();
    await quietly(page, dialog().getByLabel('Lý do'), 'Đã thi hành, đường thủy');
    await dialog().getByRole('button', { name: 'Thôi' }).click();
    await page.getByRole('button', { name: 'Đồng ý thu hồi' }).click();
    await said('Đã đồng ý thu hồi; nơi gửi sẽ được báo.');
    await page.getByRole('complementary').getByText('Đã thu hồi').first().waitFor();
  });

  test('nothing was written to the console as a fault', () => {
    assert.deepEqual(pageErrors, []);
  });
});
