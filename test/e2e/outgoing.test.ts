import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { approveByDoor, awaitStage, awaitTitle, bringIn, issueByDoor, submitByDoor } from './support/issue-by-door.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, press } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const { department, province } = practiceUnits;
const clerk = 'commune-clerk';
const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

describe('a document of ours from its first draft to its number, and what answers or corrects', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    // the forms of this spec are typed into as UniKey does (telex.test.ts counts them)
    await watchFields(page);
  });
  after(async () => o.close());

  const dialog = (): Locator => page.getByRole('dialog');
  const gone = (): Promise<void> => dialog().waitFor({ state: 'detached' });

  test('a draft takes several files, each under the name it will have; an empty one is refused with a sentence, and stops none of the others', async () => {
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill('Thư có tệp kèm theo');
    await page.getByLabel('Thêm tệp kèm theo').setInputFiles([
      { name: 'Phụ lục: số liệu.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('số liệu') },
      { name: 'rỗng.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      { name: 'Bản quét.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(3_000_000, 'a') },
      { name: 'Thừa.txt', mimeType: 'text/plain', buffer: Buffer.from('thừa') },
    ]);
    const files = page.getByRole('list', { name: 'Tệp kèm theo' });
    await files.getByRole('button', { name: 'Bỏ Phụ lục- số liệu.xlsx' }).waitFor();
    await files.getByRole('alert').waitFor();
    await files.getByRole('button', { name: 'Bỏ rỗng.txt' }).click();
    await files.getByRole('button', { name: 'Bỏ Thừa.txt' }).click();
    await page.getByText('2 tệp kèm theo', { exact: true }).waitFor();
    await press(page, 'Lưu dự thảo');
    await page.getByRole('region', { name: 'Tệp kèm theo' }).getByText('Bản quét.pdf').waitFor();
    const id = await awaitTitle(o, clerk, 'outgoing', 'Thư có tệp kèm theo');
    const { document } = await o.ask(clerk, 'documents.read', { id });
    assert.deepEqual(document.attachments.map(({ fileName, sizeBytes }) => [fileName, sizeBytes]), [['Phụ lục- số liệu.xlsx', 11], ['Bản quét.pdf', 3_000_000]]);
  });

  test('what a draft says of itself, whom it goes to and what goes with it is put right after it was saved', async () => {
    const id = await awaitTitle(o, clerk, 'outgoing', 'Thư có tệp kèm theo');
    await page.getByRole('button', { name: 'Sửa thông tin' }).click();
    await dialog().getByRole('button', { name: 'Lưu thông tin đã sửa' }).click();
    await dialog().getByText(/^Chưa có gì khác/).waitFor();
    const subject = dialog().getByRole('textbox', { name: 'Trích yếu' });
    await subject.fill('');
    await quietly(page, subject, 'Thư có một phụ lục');
    await dialog().getByRole('button', { name: 'Bỏ Bản quét.pdf' }).click();
    await dialog().getByLabel('Thêm tệp kèm theo').setInputFiles({ name: 'Biểu mẫu.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('biểu mẫu') });
    await dialog().getByRole('button', { name: 'Bỏ Biểu mẫu.docx' }).waitFor();
    await dialog().getByRole('button', { name: 'Lưu thông tin đã sửa' }).click();
    await gone();
    await page.getByRole('region', { name: 'Tệp kèm theo' }).getByText('Biểu mẫu.docx').waitFor();
    const { document, history } = await o.ask(clerk, 'documents.read', { id });
    assert.deepEqual([document.title, document.stage, document.attachments.map(({ fileName }) => fileName)], ['Thư có một phụ lục', 'draft', ['Phụ lục- số liệu.xlsx', 'Biểu mẫu.docx']]);
    assert.deepEqual(history.map(({ type }) => type), ['drafted', 'edited']);
  });

  test('a mark of secrecy is told of under its field as it is typed, and nothing is saved', async () => {
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill('MẬT - Kế hoạch phòng thủ');
    await page.getByText(/^Văn bản mật không được đưa vào hệ thống này.*QĐ 28\/2018/).waitFor();
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await press(page, 'Lưu dự thảo');
    assert.match(page.url(), /#\/draft$/);
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill('');
    const { rows } = await o.ask(clerk, 'documents.list', { folder: 'outgoing', query: 'phòng thủ', offset: 0, limit: 5 });
    assert.deepEqual(rows, []);
  });

  test('every file that a draft has had can be looked at, and laid beside the present one with the lines that differ outlined', async () => {
    const title = 'Thư được sửa nhiều lần';
    const content = await bringIn(o, 'cong-van-xa.pdf');
    const { document: { id } } = await o.ask(clerk, 'documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [department], inReplyTo: null });
    await o.ask(clerk, 'documents.revise', { id, content: await bringIn(o, 'giay-moi.pdf') });
    await openDocument(page, 'Văn bản đi', title);
    const versions = page.getByRole('region', { name: 'Các bản của dự thảo' });
    await versions.getByText('Các bản đã có (2)').click();
    await versions.getByText('bản hiện tại').waitFor();
    await versions.getByRole('button', { name: 'Xem', exact: true }).click();
    await dialog().getByText('Bản trước, chỉ để xem').waitFor();
    await dialog().locator('canvas').first().waitFor();
    await page.keyboard.press('Escape');
    await gone();
    await versions.getByRole('button', { name: 'So sánh', exact: true }).click();
    await dialog().locator('.compare-now .compare-canvas[data-drawn]').first().waitFor();
    await dialog().getByText(/Thay đổi 1\/\d+/).waitFor();
    assert.ok((await dialog().locator('.compare-now .spot-warn').count()) > 0);
    await page.keyboard.press('Escape');
    await gone();
  });

  test('before it is numbered the form says how the number will read, and in which book it will stand', async () => {
    const id = await submitByDoor(o, 'Thư chờ cấp số', [department]);
    await approveByDoor(o, id);
    await awaitStage(o, clerk, id, 'approved');
    await openDocument(page, 'Phát hành', 'Thư chờ cấp số');
    const form = page.getByRole('complementary', { name: 'Cấp số và đóng dấu' });
    await form.getByText('Trên văn bản và trong sổ sẽ ghi: 15/UBND-VP').waitFor();
    await form.getByText(/^Sổ đăng ký văn bản đi \d{4}$/).waitFor();
  });

  test('a công văn that corrects begins with its number and day; nothing of a kept form of replacing comes into it', async () => {
    const id = await awaitTitle(o, clerk, 'outgoing', 'Thư chờ cấp số');
    await issueByDoor(o, id, [department], true);
    await openDocument(page, 'Văn bản đi', 'Thư chờ cấp số');
    await press(page, 'Đính chính');
    await page.getByRole('heading', { level: 1, name: 'Soạn công văn đính chính' }).waitFor();
    assert.match(await page.getByRole('textbox', { name: 'Trích yếu' }).inputValue(), /^Đính chính Công văn số \d+\/UBND-VP ngày \d{2}\/\d{2}\/\d{4}$/);
  });

  test('work is finished with the document that answers it, a draft that is still being written among them, and the document leads there', async () => {
    const id = await awaitTitle(o, clerk, 'incoming', 'Tập huấn ký số cho công chức văn thư');
    await o.ask(clerk, 'documents.register', { id });
    await o.ask(clerk, 'documents.present', { id, note: '' });
    await o.ask(clerk, 'documents.assign', { id, lead: clerk as never, support: [], inform: [], directive: 'Trả lời', deadline: null });
    await o.ask(clerk, 'tasks.accept', { id });
    const content = await bringIn(o, 'cong-van-xa.pdf');
    await o.ask(clerk, 'documents.draft', { title: 'Danh sách cử đi tập huấn', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [province], inReplyTo: id });
    await openDocument(page, 'Văn bản đến', 'Tập huấn ký số cho công chức');
    await page.getByRole('region', { name: 'Ai làm gì' }).getByRole('button', { name: /^Báo hoàn thành/ }).click();
    await quietly(page, dialog().getByRole('combobox', { name: 'Văn bản trả lời (nếu có)' }), 'Danh sách cử đi tập huấn');
    await page.getByRole('option', { name: /^Danh sách cử đi tập huấn.*trả lời văn bản này/ }).click();
    await dialog().getByRole('textbox').last().fill('Đã trả lời bằng văn bản');
    await dialog().getByRole('button', { name: /hoàn thành/i }).click();
    await gone();
    await page.getByRole('region', { name: 'Ai làm gì' }).getByRole('link', { name: /Danh sách cử đi tập huấn$/ }).waitFor();
  });

  test('nothing was written to the console as a fault', () => {
    assert.deepEqual(pageErrors, []);
  });
});

