import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { openDoorway } from './support/door.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, openFolder, pinOf, press, sitAt } from './support/screens.ts';
import { fieldsNotTyped, quietly, watchFields } from './support/telex-fields.ts';
import { draftOf } from './support/viewer-documents.ts';

const signature = fileURLToPath(new URL('../fixtures/images/chu-ky-lanh-dao.png', import.meta.url));
const decision = readFileSync(fileURLToPath(new URL('../fixtures/pdf/quyet-dinh.pdf', import.meta.url)));
const sentence = 'Quyết định về việc tăng cường gửi, nhận văn bản điện tử; ưu tiên xử lý hồ sơ khuyết tật, đường thủy';
const title = 'Thử gõ trên văn bản nhiều trang';

/** Each field is filled by a person with UniKey, with single letters switched on as commands: the hardest case there is. */
describe('Telex in every text field', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    for (const desk of ['commune-clerk', 'commune-leader']) await o.ask(desk, 'settings.write', { singleKeys: true });
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    await watchFields(page);
    await draftOf(o, title, 'quyet-dinh.pdf', decision);
    const { rows } = await o.ask('commune-clerk', 'documents.list', { folder: 'outgoing', query: title, offset: 0, limit: 1 });
    const [row] = rows;
    assert.ok(row);
    await o.ask('commune-clerk', 'documents.submit', { id: row.document.id });
  });
  after(() => o.close());

  const textbox = (name: string | RegExp): Locator => page.getByRole('textbox', typeof name === 'string' ? { name, exact: true } : { name });
  const dialog = (): Locator => page.getByRole('dialog');
  const type = (field: Locator, text: string): Promise<void> => quietly(page, field, text);
  const fresh = async (field: Locator, text: string): Promise<void> => {
    await field.fill('');
    await type(field, text);
  };
  async function closeDialog(): Promise<void> {
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  }

  test('the search finds what was typed with its marks', async () => {
    await type(textbox('Tìm văn bản'), 'tập huấn ký số');
    await page.getByText('Tìm thấy 1', { exact: true }).waitFor();
    await fresh(textbox('Tìm văn bản'), sentence);
    await page.getByText(/Không có văn bản nào khớp/).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await textbox('Tìm văn bản').inputValue(), '');
  });

  test('two hundred letters at once, as a macro or a scanner gives them, all arrive', async () => {
    const burst = 'quyet dinh ve viec tang cuong gui nhan van ban dien tu '.repeat(4).slice(0, 200).trimEnd();
    const atOnce = async (field: Locator): Promise<void> => {
      await field.fill('');
      await field.focus();
      const keyboard = await page.context().newCDPSession(page);
      await Promise.all(burst.split('').flatMap((text) => [keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', text, key: text }), keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', key: text })]));
      await keyboard.detach();
      assert.equal(await field.inputValue(), burst);
      assert.deepEqual(pageErrors, []);
      await field.fill('');
    };
    await atOnce(textbox('Tìm văn bản'));
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await atOnce(textbox('Trích yếu'));
    await page.keyboard.press('Control+k');
    await atOnce(dialog().getByRole('combobox'));
    await closeDialog();
    await openFolder(page, 'Văn bản đến');
  });

  test('the palette finds an action by its Vietnamese name', async () => {
    await page.keyboard.press('Control+k');
    const field = dialog().getByRole('combobox');
    await type(field, 'Soạn văn bản');
    await dialog().getByRole('option', { name: /^Soạn văn bản/ }).waitFor();
    await fresh(field, sentence);
    await dialog().getByText(/Không có việc hay văn bản nào khớp/).waitFor();
    await closeDialog();
  });

  test('help finds what was typed with its marks', async () => {
    await page.keyboard.press('F1');
    await type(textbox('Tìm trong trợ giúp'), 'đóng dấu đến');
    await page.getByRole('complementary', { name: 'Trợ giúp' }).getByText(/Đóng dấu đến/).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Trợ giúp' }).waitFor({ state: 'detached' });
  });

  test('a draft: its subject, its notation, and a recipient found by name', async () => {
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await type(textbox('Trích yếu'), sentence);
    await type(textbox('Trích yếu'), `. ${sentence}`);
    await type(textbox('Ký hiệu'), 'QĐ-HĐND');
    await findRecipient();
    // what was typed before stands yet
    assert.equal(await textbox('Trích yếu').inputValue(), `${sentence}. ${sentence}`);
    assert.equal(await textbox('Ký hiệu').inputValue(), 'QĐ-HĐND');
  });

  /** Esc leaves the list and keeps the words, Enter on nothing does nothing, Enter on an office adds it. */
  async function findRecipient(): Promise<void> {
    const field = page.getByRole('combobox', { name: 'Thêm nơi nhận' });
    const office = page.getByRole('option', { name: 'Sở Nội vụ tỉnh Quảng Ngãi' });
    await type(field, 'Sở Nội vụ');
    await office.waitFor();
    await page.keyboard.press('Escape');
    await office.waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), 'Sở Nội vụ');
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('button', { name: 'Bỏ Sở Nội vụ tỉnh Quảng Ngãi' }).count(), 0);
    await fresh(field, 'Sở Nội vụ tỉnh');
    await office.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Bỏ Sở Nội vụ tỉnh Quảng Ngãi' }).waitFor();
    await page.keyboard.press('Escape');
  }

  test('why a document is refused; Enter makes a new line and refuses nothing', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await press(page, 'Từ chối');
    const field = dialog().getByRole('textbox', { name: 'Lý do' });
    await type(field, sentence);
    await page.keyboard.press('Enter');
    await type(field, 'Đề nghị gửi lại bản đã ký.');
    assert.equal(await field.inputValue(), `${sentence}\nĐề nghị gửi lại bản đã ký.`);
    await closeDialog();
  });

  test('what one thinks of the document, for the office alone', async () => {
    const field = textbox('Thêm ý kiến (chỉ trong cơ quan)');
    await type(field, sentence);
    await page.keyboard.press('Enter');
    await type(field, 'Đề nghị xem lại.');
    assert.equal(await field.inputValue(), `${sentence}\nĐề nghị xem lại.`);
  });

  test('dấu đến: to whom, and which file', async () => {
    await press(page, 'Vào sổ');
    await press(page, 'Đóng dấu đến');
    await type(textbox('Chuyển'), 'Phòng Văn hóa – Xã hội');
    await type(textbox('Số và ký hiệu hồ sơ'), '01.VX/đường thủy');
    assert.equal(await textbox('Chuyển').inputValue(), 'Phòng Văn hóa – Xã hội');
    // placed by numbers, as a signature is
    await page.getByRole('group', { name: 'Khung dấu đến' }).waitFor();
    await page.getByText('Nhập số đo', { exact: true }).click();
    await fresh(page.getByRole('main').getByLabel('Cách trái (mm)', { exact: true }), '42,5');
    await page.getByRole('status').filter({ hasText: /cách trái 42,5 mm/ }).waitFor();
    await press(page, 'Thôi');
  });

  test('an assignment: what is to be done, and by when', async () => {
    await press(page, 'Trình lãnh đạo');
    await press(page, 'Phân công');
    await type(dialog().getByLabel('Ý kiến chỉ đạo'), sentence);
    const due = dialog().getByRole('textbox', { name: 'Hạn xử lý', exact: true });
    await fresh(due, 'thứ hai tuần tới');
    await page.keyboard.press('Tab');
    await dialog().getByText('Ngày chưa đúng; ghi như 21/11/2026.').waitFor();
    assert.equal(await due.inputValue(), 'thứ hai tuần tới', 'what is no date stays to be mended');
    await fresh(due, '24/12/2026');
    await dialog().getByText('Thứ Năm', { exact: true }).waitFor();
    assert.equal(await dialog().getByLabel('Ý kiến chỉ đạo').inputValue(), sentence);
    await closeDialog();
  });

  test('the viewer: words to find, and a page to go to', async () => {
    await openDocument(page, 'Văn bản đi', title);
    await page.locator('.page[data-loaded]').first().waitFor();
    await page.getByRole('button', { name: 'Tìm trong văn bản', exact: true }).click();
    const find = textbox('Tìm chữ, không cần dấu');
    await type(find, 'quyết định');
    await page.getByRole('search', { name: 'Tìm trong văn bản' }).getByText(/^1\/\d+$/).waitFor();
    await fresh(find, sentence);
    await page.getByRole('search', { name: 'Tìm trong văn bản' }).getByText('Không thấy').waitFor();
    await page.keyboard.press('Escape');
    await find.waitFor({ state: 'detached' });

    const number = textbox(/^Đến trang/);
    await fresh(number, '2');
    await page.keyboard.press('Enter');
    assert.equal(await number.inputValue(), '2');
    await fresh(number, 'trang đầu');
    await page.keyboard.press('Enter');
    assert.equal(await number.inputValue(), '2', 'what is no page goes nowhere');
  });

  test('the leader: bút phê; Enter makes a new line and signs nothing', async () => {
    await sitAt(page, 'commune-leader');
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await press(page, 'Ghi bút phê');
    const field = textbox('Ý kiến');
    await type(field, sentence);
    await page.keyboard.press('Enter');
    await type(field, 'Báo cáo trước ngày 05/12.');
    assert.equal(await field.inputValue(), `${sentence}\nBáo cáo trước ngày 05/12.`);
    await press(page, 'Thôi');
  });

  test('the leader: why a draft goes back, where the signature stands, and the PIN', async () => {
    await openDocument(page, 'Trình ký', title);
    await press(page, 'Trả lại kèm ý kiến');
    await type(dialog().getByRole('textbox', { name: 'Ý kiến' }), sentence);
    await closeDialog();

    const side = page.getByRole('button', { name: 'Chỗ ký và thông tin' });
    if ((await side.getAttribute('aria-pressed')) === 'false') await side.click();
    await page.getByText('Nhập số đo, lưu chỗ đặt').click();
    const where = page.getByRole('status').filter({ hasText: /^Trang \d+\/\d+ · cách trái/ });
    const measure = (name: string): Locator => page.getByRole('main').getByLabel(name, { exact: true });
    await fresh(measure('Trang'), '1');
    await where.filter({ hasText: /^Trang 1\// }).waitFor();
    await fresh(measure('Rộng (mm)'), '45');
    await fresh(measure('Cách trái (mm)'), '42,5');
    await where.filter({ hasText: /cách trái 42,5 mm/ }).waitFor();
    await fresh(measure('Cách trên (mm)'), 'ở trên');
    await where.filter({ hasText: /cách trái 42,5 mm/ }).waitFor();
    await fresh(measure('Cách trên (mm)'), '100');
    await where.filter({ hasText: /cách trái 42,5 mm · cách trên 100 mm/ }).waitFor();
    await page.getByRole('button', { name: /^Lưu chỗ đặt này cho loại/ }).click();
    await page.getByText(/^Đã lưu chỗ đặt cho/).waitFor();

    await press(page, 'Ký');
    await type(dialog().getByLabel('Mã PIN'), pinOf('commune-leader'));
    await dialog().getByRole('button', { name: 'Ký văn bản' }).click();
    await dialog().waitFor({ state: 'detached' });
  });

  test('settings: how wide an image is, and what a place is called', async () => {
    await openFolder(page, 'Cài đặt');
    await fresh(textbox('Rộng (mm)'), '42,5');
    await fresh(textbox('Đường kính (mm)'), 'ba mươi sáu');
    await page.getByText('Ghi số từ 5 đến 120.').waitFor();
    await fresh(textbox('Đường kính (mm)'), '36');
    await page.getByText('Ghi số từ 5 đến 120.').waitFor({ state: 'detached' });
    await fresh(textbox('Tên chỗ đặt'), 'Quyết định ký thay Chủ tịch, đóng dấu treo');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Đổi tên' }).waitFor({ state: 'detached' });
    assert.equal(await textbox('Tên chỗ đặt').inputValue(), 'Quyết định ký thay Chủ tịch, đóng dấu treo');

    await page.getByRole('region', { name: 'Chữ ký', exact: true }).getByLabel('Chọn ảnh hoặc bản quét').setInputFiles(signature);
    await fresh(dialog().getByRole('textbox', { name: 'Rộng trên giấy (mm)' }), 'bốn mươi');
    await dialog().getByText('Ghi số từ 5 đến 120.').waitFor();
    await fresh(dialog().getByRole('textbox', { name: 'Rộng trên giấy (mm)' }), '42,5');
    await closeDialog();
  });

  test('settings: how much may come over the line in a day', async () => {
    await openFolder(page, 'Cài đặt');
    const line = page.getByRole('region', { name: 'Đường truyền' });
    await line.getByText('Giới hạn dung lượng tự tải mỗi ngày', { exact: true }).click();
    await fresh(textbox('Mỗi ngày (MB)'), '350');
    await page.keyboard.press('Enter');
    assert.equal(await textbox('Mỗi ngày (MB)').inputValue(), '350');
    await line.getByText('Giới hạn dung lượng tự tải mỗi ngày', { exact: true }).click();
    await textbox('Mỗi ngày (MB)').waitFor({ state: 'detached' });
  });

  test('settings: where the services of signing are; Enter on what is no address changes nothing', async () => {
    await fresh(textbox('Máy chủ dấu thời gian'), 'địa chỉ của tỉnh');
    await page.keyboard.press('Enter');
    await page.getByText(/phải bắt đầu bằng http/).waitFor();
    assert.equal(await textbox('Máy chủ dấu thời gian').inputValue(), 'địa chỉ của tỉnh');
    await fresh(textbox('Máy chủ dấu thời gian'), '');
    await fresh(textbox('Máy chủ trung gian (proxy)'), 'http://proxy.quangngai.gov.vn:3128');
    assert.equal((await o.ask('commune-leader', 'signing.policy', {})).tsaUrl, '');
    await fresh(textbox('Máy chủ trung gian (proxy)'), '');
  });

  test('issuing: number, notation, date and recipients', async () => {
    await sitAt(page, 'commune-clerk');
    await openDocument(page, 'Phát hành', title);
    const form = page.getByRole('complementary', { name: 'Cấp số và đóng dấu' });
    const field = (name: string): Locator => form.getByRole('textbox', { name, exact: true });
    await fresh(field('Số'), 'mười');
    await fresh(field('Số'), '15');
    await fresh(field('Ký hiệu'), 'QĐ-UBND');
    await fresh(field('Ngày ban hành'), 'hôm nay');
    await fresh(field('Ngày ban hành'), '21/11/2026');
    await findRecipient();
    assert.deepEqual([await field('Số').inputValue(), await field('Ký hiệu').inputValue(), await field('Ngày ban hành').inputValue()], ['15', 'QĐ-UBND', '21/11/2026']);
  });

  test('every text field that was met on the way was typed into', async () => {
    for (const folder of ['Văn bản đến', 'Công việc', 'Hộp chờ gửi', 'Cần xử lý', 'Thiết bị ký']) await openFolder(page, folder);
    assert.deepEqual(await fieldsNotTyped(page), []);
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});

test('Telex in every field of the door: address, user name, password', async () => {
  const d = await openDoorway();
  try {
    const { page } = d;
    await page.getByRole('heading', { level: 1, name: 'Đăng nhập vào cơ quan' }).waitFor();
    await watchFields(page);
    await quietly(page, page.getByRole('textbox', { name: 'Địa chỉ máy chủ của tỉnh' }), 'vanthu.quangngai.gov.vn');
    await quietly(page, page.getByRole('textbox', { name: 'Tên đăng nhập' }), 'trần thị mai');
    const secret = page.getByLabel('Mật khẩu', { exact: true });
    await quietly(page, secret, 'Đường thủy khuyết tật 2026');
    assert.equal((await secret.inputValue()).length, 26);
    await page.getByRole('button', { name: 'Hiện', exact: true }).click();
    await quietly(page, secret, ' và hiện chữ');
    assert.deepEqual(await fieldsNotTyped(page), []);
  } finally {
    await d.close();
  }
});

/** Fields written in each file. A new one is typed into above and then counted here. */
const known: Readonly<Record<string, number>> = {
  'app/palette.tsx': 1,
  'app/top-bar.tsx': 1,
  'features/documents/assign-dialog.tsx': 2,
  // typed into in board.test.ts, where two people work on one document
  'features/documents/assign-own-deadlines.tsx': 1,
  'features/documents/comments.tsx': 1,
  'features/documents/reason-dialog.tsx': 1,
  // typed into in dossiers.test.ts, where a dossier goes its whole way
  'features/dossiers/add-documents.tsx': 1,
  'features/dossiers/close-dialog.tsx': 2,
  'features/dossiers/dossier-form.tsx': 5,
  'features/dossiers/entry-dialog.tsx': 3,
  'features/dossiers/file-dialog.tsx': 1,
  'features/dossiers/hand-over-dialog.tsx': 2,
  'features/dossiers/keep-dialog.tsx': 2,
  'features/dossiers/list.tsx': 1,
  'features/dossiers/reopen-dialog.tsx': 1,
  'features/draft/draft-fields.tsx': 1,
  'features/draft/notation-field.tsx': 1,
  // typed into in figures.test.ts, where days of one's own are asked for and aims are set
  'features/figures/days-fields.tsx': 2,
  'features/figures/targets-dialog.tsx': 2,
  // typed into in paper.test.ts, where a paper document is received
  'features/incoming/description-fields.tsx': 5,
  'features/incoming/sender-field.tsx': 1,
  // typed into in tasks.test.ts, where a sender asks its document back
  'features/incoming/change-bar.tsx': 1,
  // typed into in verification.test.ts, where a document asks for a reason
  'features/incoming/register-dialog.tsx': 1,
  'features/issuing/issue-form.tsx': 3,
  'features/issuing/recipients.tsx': 1,
  'features/line/line-setting.tsx': 1,
  'features/marks/mark-form.tsx': 3,
  // typed into in recall.test.ts, where letters have gone out
  'features/outgoing/change-dialog.tsx': 2,
  'features/outgoing/void-dialog.tsx': 1,
  // typed into in registers.test.ts, where a year is closed
  'features/registers/close-dialog.tsx': 1,
  'features/registers/part-fields.tsx': 4,
  // typed into in office-settings.test.ts, where an office settles its ways
  'features/help/panel.tsx': 1,
  'features/office/book-dialog.tsx': 1,
  'features/office/day-dialog.tsx': 2,
  'features/office/end-grant.tsx': 2,
  'features/office/give-grant.tsx': 3,
  // typed into in saved-searches.test.ts, where searches are kept
  'features/saved-searches/rename.tsx': 1,
  'features/saved-searches/save-search.tsx': 1,
  'features/session/password-field.tsx': 1,
  'features/session/sign-in-fields.tsx': 1,
  // typed into in session-token.test.ts, where there is a real office to sign in to
  'features/session/token-fields.tsx': 1,
  // typed into in backup.test.ts, where there is a real office to back up
  'features/settings/backup-place-dialog.tsx': 1,
  'features/settings/image-dialog.tsx': 1,
  'features/settings/image-setting.tsx': 1,
  'features/settings/policy-setting.tsx': 2,
  'features/settings/templates.tsx': 1,
  'features/signing/pin-dialog.tsx': 1,
  // typed into in tasks.test.ts, where work has been given out
  'features/tasks/task-dialog.tsx': 3,
  'pdf/find-bar.tsx': 1,
  'pdf/page-field.tsx': 1,
  'pdf/password-prompt.tsx': 1,
  'placement/form.tsx': 5,
};

test('no text field is written anywhere that Telex was not tried in', () => {
  const renderer = fileURLToPath(new URL('../../src-renderer/', import.meta.url));
  const found: Record<string, number> = {};
  for (const file of readdirSync(renderer, { recursive: true, encoding: 'utf8' })) {
    // the kit is tried in the gallery's own tests
    if (!file.endsWith('.tsx') || /^(gallery|ui)\//.test(file)) continue;
    const source = readFileSync(`${renderer}/${file}`, 'utf8');
    const fields = [...source.matchAll(/<(?:TextField|DateField|NumberField|Input|textarea|input)\b(?:[^>]|=>)*/g)].filter(([tag]) => !/type="(?:checkbox|radio|file)"/.test(tag));
    if (fields.length > 0) found[file] = fields.length;
  }
  assert.deepEqual(found, known);
});
