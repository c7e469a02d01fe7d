import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { drawn } from './support/looks.ts';
import { askFor, openDocument, openFolder, press, rowOf, setLine, sitAt } from './support/screens.ts';
import { typeTelex } from './support/telex.ts';
import { standBetween } from './support/told.ts';

const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

describe('forms: the fault beside the field, and nothing typed is lost', () => {
  let o: BrowserOffice;
  let page: Page;

  before(async () => {
    o = await openInBrowser();
    page = o.page;
  });
  after(() => o.close());

  const subject = () => page.getByRole('textbox', { name: 'Trích yếu' });
  const notation = () => page.getByRole('textbox', { name: 'Ký hiệu' });

  /** What is said below a field, found as a screen reader finds it. */
  async function saidBeside(field: ReturnType<typeof subject>): Promise<string> {
    return field.evaluate((element) => (element.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' '));
  }

  test('a draft without a subject, a file or a lawful notation says so beside each, and keeps the rest', async () => {
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await notation().fill('15/UBND-VP');
    await press(page, 'Trình ký');
    await page.getByText('Hãy ghi trích yếu').waitFor();
    assert.match(await saidBeside(subject()), /Hãy ghi trích yếu/);
    assert.match(await saidBeside(notation()), /Chỉ ghi phần sau dấu “\/”/);
    assert.equal(await notation().getAttribute('aria-invalid'), 'true');
    await page.getByText('Hãy chọn tệp PDF của dự thảo.').waitFor();
    await notation().fill('UBND VP?');
    assert.match(await saidBeside(notation()), /chỉ gồm chữ, số/);
    assert.equal(await notation().inputValue(), 'UBND VP?');
  });

  test('an error keeps what was typed, and a file that is none is refused beside its field', async () => {
    await subject().fill('Về việc kiểm kê tài sản');
    await page.getByLabel('Chọn tệp PDF').setInputFiles({ name: 'rong.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
    await page.getByText(/Tệp rỗng/).waitFor();
    assert.equal(await subject().inputValue(), 'Về việc kiểm kê tài sản');
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
  });

  test('a sync in the middle of typing takes nothing away', async () => {
    await notation().fill('UBND-VP');
    await setLine(page, false);
    await setLine(page, true);
    await page.keyboard.press('F5');
    assert.equal(await subject().inputValue(), 'Về việc kiểm kê tài sản');
    assert.equal(await notation().inputValue(), 'UBND-VP');
  });

  test('another folder, a closed window and a restart of the program give the form back, with its file', async () => {
    await subject().fill('Về việc kiểm kê tài sản công năm 2026');
    await openFolder(page, 'Văn bản đến');
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByText(/Đã khôi phục phần bạn nhập dở/).waitFor();
    assert.equal(await subject().inputValue(), 'Về việc kiểm kê tài sản công năm 2026');

    await subject().fill('Về việc kiểm kê tài sản công năm 2027');
    // the window is closed in the very moment after the last key
    await page.goto('about:blank');
    await o.restart();
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByText(/Đã khôi phục phần bạn nhập dở/).waitFor();
    assert.equal(await subject().inputValue(), 'Về việc kiểm kê tài sản công năm 2027');
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
  });

  test('what was kept can be thrown away, and is then gone for good', async () => {
    await press(page, 'Bỏ, nhập lại từ đầu');
    assert.equal(await subject().inputValue(), '');
    await o.restart();
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await subject().waitFor();
    assert.equal(await subject().inputValue(), '');
    assert.equal(await page.getByText(/Đã khôi phục/).count(), 0);
  });

  test('nothing is saved while its file is still read, and a kept form that comes late takes nothing out of the field of receivers', async () => {
    const told = await standBetween(page);
    await o.restart();
    const receivers = page.getByRole('combobox', { name: 'Thêm nơi nhận' });
    const found = page.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).first();
    const submit = page.getByRole('main').getByRole('button', { name: /^Trình ký/ });

    const fileRead = told.hold('content.finishImport');
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await subject().fill('Về việc kiểm tra kho lưu trữ');
    await askFor(receivers, 'so khoa hoc');
    await found.click();
    assert.ok(await submit.isDisabled(), 'it would go without its file');
    fileRead();
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    assert.ok(await submit.isEnabled());

    await openFolder(page, 'Văn bản đến');
    const formKept = told.hold('forms.read');
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await askFor(receivers, 'ubnd xa');
    formKept();
    await page.getByText(/Đã khôi phục phần bạn nhập dở/).waitFor();
    assert.equal(await receivers.inputValue(), 'ubnd xa');
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('button', { name: /Sở Khoa học và Công nghệ/ }).count(), 1, 'the kept receiver stands beside it');
    await press(page, 'Bỏ, nhập lại từ đầu');
  });

  test('a field of receivers that stood half below the edge offers what it finds from the first letter on', async () => {
    const field = page.getByRole('combobox', { name: 'Thêm nơi nhận' });
    await openFolder(page, 'Văn bản đến');
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    try {
      for (const height of [648, 624, 600, 576]) {
        await page.setViewportSize({ width: 1366, height });
        await subject().focus();
        // as a click gives it
        await field.evaluate((element) => { if (element instanceof HTMLElement) element.focus({ preventScroll: true }); });
        await drawn(page);
        await page.keyboard.type('s');
        await page.getByRole('option').first().waitFor();
        await page.keyboard.press('Escape');
        await page.keyboard.press('Shift+Tab');
      }
    } finally {
      await page.setViewportSize({ width: 1366, height: 768 });
    }
  });

  test('the notation that this office gives to the type is offered for a press, and stays the person’s own', async () => {
    await sitAt(page, 'department-clerk');
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    const offers = page.getByRole('button', { name: /^Ghi .* như lệ của cơ quan$/ });
    assert.equal(await offers.count(), 0, 'a công văn bears its unit, which nothing tells');
    for (const [kind, expected] of [['Thông báo', 'TB-SKHCN'], ['Quyết định', 'QĐ-SKHCN']] as const) {
      await page.getByLabel('Loại văn bản').selectOption(kind);
      await page.getByRole('button', { name: `Ghi ${expected} như lệ của cơ quan` }).click();
      assert.equal(await notation().inputValue(), expected);
      await offers.waitFor({ state: 'detached' });
    }
    await notation().fill('QĐ-SKHCN-VP');
    await offers.waitFor();
    assert.equal(await notation().inputValue(), 'QĐ-SKHCN-VP');
    await sitAt(page, 'commune-clerk');
  });

  test('a reason and an assignment are kept when their window is closed by mistake', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    await press(page, 'Từ chối');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Từ chối' }).click();
    await dialog.getByText('Hãy ghi lý do để người nhận biết phải sửa gì.').waitFor();
    await typeTelex(page, dialog.getByRole('textbox'), 'Gửi nhầm cơ quan');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press(page, 'Từ chối');
    await dialog.getByText(/Đã khôi phục/).waitFor();
    assert.equal(await dialog.getByRole('textbox').inputValue(), 'Gửi nhầm cơ quan');
    await page.keyboard.press('Escape');

    await press(page, 'Vào sổ và trình');
    await press(page, 'Phân công');
    await dialog.getByRole('button', { name: 'Giao việc' }).click();
    await dialog.getByText('Hãy chọn người chủ trì.').waitFor();
    await dialog.getByLabel('Ý kiến chỉ đạo').fill('Xem và trả lời trước thứ sáu');
    await dialog.getByLabel('Hạn xử lý', { exact: true }).fill('01/01/2020');
    await dialog.getByRole('button', { name: 'Giao việc' }).click();
    await dialog.getByText('Ngày này đã qua', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press(page, 'Phân công');
    await dialog.getByText(/Đã khôi phục/).waitFor();
    assert.equal(await dialog.getByLabel('Ý kiến chỉ đạo').inputValue(), 'Xem và trả lời trước thứ sáu');
    await page.keyboard.press('Escape');
  });

  test('a form of one person is not shown to another', async () => {
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await subject().fill('Của văn thư');
    await sitAt(page, 'commune-leader');
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await subject().waitFor();
    assert.equal(await subject().inputValue(), '');
    await sitAt(page, 'commune-clerk');
    await rowOf(page, 'Tập huấn ký số').waitFor();
  });
});
