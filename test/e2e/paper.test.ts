import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import type { DocumentState } from '../../src-shared/domain/document.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, press, sitAt } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const clerk = 'commune-clerk';
const scan = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));
const title = 'Về việc kiểm kê đường thủy nội địa';

describe('a paper document: described beside its scan, numbered at once, put right later', () => {
  let o: BrowserOffice;
  let page: Page;
  let other: DocumentState;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    // the fields of this form are typed into as UniKey does (telex.test.ts counts them)
    await watchFields(page);
    const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'Kết quả gửi, nhận văn bản điện tử', offset: 0, limit: 1 });
    assert.ok(rows[0]);
    other = rows[0].document;
  });
  after(() => o.close());

  const dialog = (): Locator => page.getByRole('dialog');
  const side = (): Locator => page.getByRole('complementary');
  const box = (name: string): Locator => page.getByRole('main').getByRole('textbox', { name, exact: true });
  const sender = (): Locator => page.getByRole('combobox', { name: 'Nơi gửi' });
  const said = (words: string | RegExp): Promise<void> => page.getByRole('status').getByText(words).first().waitFor();
  const incoming = async (query: string): Promise<readonly DocumentState[]> => (await o.ask(clerk, 'documents.list', { folder: 'incoming', query, offset: 0, limit: 20 })).rows.map(({ document }) => document);

  test('the key opens the form; without a file, a sender or a subject each says so in its place, and nothing is received', async () => {
    const before = (await incoming('')).length;
    await page.keyboard.press('Alt+n');
    await page.getByRole('heading', { level: 1, name: 'Tiếp nhận văn bản giấy' }).waitFor();
    await press(page, /^Tiếp nhận và vào sổ/);
    await page.getByText('Hãy chọn tệp PDF của bản quét.').waitFor();
    await page.getByText('Hãy ghi nơi gửi: cơ quan hoặc người ban hành văn bản.').waitFor();
    await page.getByText('Hãy ghi trích yếu: văn bản nói về việc gì.').waitFor();
    assert.equal((await incoming('')).length, before);
  });

  test('the scan stands beside the form; a secret is refused with the law while it is typed', async () => {
    await page.getByLabel('Chọn tệp PDF').setInputFiles(scan);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await page.locator('canvas').first().waitFor();
    await quietly(page, box('Trích yếu'), 'Báo cáo tình hình (Mật)');
    await page.getByText(/Luật Bảo vệ bí mật nhà nước; QĐ 28\/2018\/QĐ-TTg Điều 1\.2/).waitFor();
    await box('Trích yếu').fill('');
    await quietly(page, box('Trích yếu'), title);
    await page.getByText(/Luật Bảo vệ bí mật nhà nước/).waitFor({ state: 'detached' });
  });

  test('a sender of the directory is found without marks; the same number and notation of it warns, and leads to the one that is there', async () => {
    await quietly(page, sender(), 'sở khoa học');
    await page.getByText('Không chọn từ danh mục', { exact: false }).waitFor();
    await page.getByRole('option', { name: new RegExp(`^${other.from.name}`) }).click();
    await page.getByText(`Có trong danh mục, mã ${other.from.code}`).waitFor();
    await quietly(page, box('Số'), String(other.number));
    await quietly(page, box('Ký hiệu'), other.notation);
    await page.getByText('Có thể văn bản này đã có ở cơ quan', { exact: false }).waitFor();
    const link = page.getByRole('main').getByRole('link', { name: new RegExp(other.title) });
    assert.equal(await link.getAttribute('href'), `#/incoming/${other.id}`);
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    // what was written down has waited
    await page.keyboard.press('Alt+n');
    await page.getByText(/Đã khôi phục phần bạn nhập dở/).waitFor();
    assert.equal(await box('Trích yếu').inputValue(), title);
  });

  test('another number is no duplicate; a sender that the directory lacks goes in by its name; it is received and has its number with one key', async () => {
    await box('Số').fill('07a');
    await page.getByText('Có thể văn bản này đã có ở cơ quan', { exact: false }).waitFor({ state: 'detached' });
    await sender().fill('');
    await quietly(page, sender(), 'Hợp tác xã Đường Thủy');
    await page.keyboard.press('Escape');
    await quietly(page, box('Ngày ban hành'), '20/11/2026');
    await quietly(page, box('Người ký'), 'Đỗ Thị Thủy');
    await page.getByLabel('Độ khẩn').selectOption({ label: 'Khẩn' });
    await page.getByLabel('Loại văn bản').selectOption({ label: 'Tờ trình' });
    await page.keyboard.press('Control+Enter');
    await said(/^Đã vào sổ, số đến \d+\./);
    const [made] = await incoming(title);
    assert.ok(made);
    assert.deepEqual([made.stage, made.from, made.numberText ?? made.number, made.notation, made.issuedDate, made.kind, made.urgency, made.signer, made.channel], ['registered', { code: null, name: 'Hợp tác xã Đường Thủy' }, '07a', other.notation, '2026-11-20', 'to-trinh', 'urgent', 'Đỗ Thị Thủy', 'paper']);
    assert.ok(made.arrival);
    await side().getByText('Hợp tác xã Đường Thủy').first().waitFor();
  });

  test('its details are put right, only what differs is sent, and the history tells it in words', async () => {
    await side().getByText('Xem thêm').or(side().locator('.facts-more summary')).first().click();
    await side().getByRole('button', { name: 'Sửa thông tin' }).click();
    await dialog().getByRole('button', { name: 'Lưu thông tin đã sửa' }).click();
    await dialog().getByText('Chưa có gì khác so với thông tin đang lưu.').waitFor();
    const signer = dialog().getByRole('textbox', { name: 'Người ký' });
    await signer.fill('');
    await quietly(page, signer, 'Đỗ Văn Thủy');
    await dialog().getByRole('button', { name: 'Lưu thông tin đã sửa' }).click();
    await dialog().waitFor({ state: 'detached' });
    await said('Đã sửa thông tin văn bản.');
    const [made] = await incoming(title);
    assert.ok(made);
    assert.equal(made.signer, 'Đỗ Văn Thủy');
    const edited = (await o.ask(clerk, 'documents.read', { id: made.id })).history.findLast(({ type }) => type === 'edited');
    assert.deepEqual(Object.keys(edited ?? {}).filter((field) => !['type', 'at', 'by', 'command'].includes(field)), ['signer']);
    const history = side().getByRole('region', { name: 'Lịch sử' });
    await history.getByText(/^Toàn bộ lịch sử/).click();
    await history.getByText('Sửa thông tin: người ký').waitFor();
    await history.getByText(/^Vào sổ, số đến \d+ ngày/).waitFor();
    await history.getByText('Tiếp nhận: Bản giấy (bưu điện, trực tiếp)').waitFor();
  });

  test('one can be received first and numbered later; a leader is offered neither the button nor the key', async () => {
    await openFolder(page, 'Văn bản đến');
    await press(page, 'Văn bản giấy');
    await page.getByLabel('Chọn tệp PDF').setInputFiles(scan);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await sender().fill('Ông Trần Văn Đạt');
    await page.keyboard.press('Escape');
    await box('Trích yếu').fill('Đơn kiến nghị về đường liên thôn');
    await press(page, 'Tiếp nhận, chưa vào sổ');
    await said('Đã tiếp nhận. Văn bản chờ vào sổ.');
    assert.equal((await incoming('Đơn kiến nghị về đường liên thôn'))[0]?.stage, 'arrived');
    await page.getByRole('main').getByRole('button', { name: /^Vào sổ/ }).first().waitFor();
    await sitAt(page, 'commune-leader');
    await openFolder(page, 'Văn bản đến');
    await page.keyboard.press('Alt+n');
    assert.equal(await page.getByRole('button', { name: 'Văn bản giấy' }).count(), 0);
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
  });

  test('nothing was written to the console as a fault', () => assert.deepEqual(pageErrors, []));
});
