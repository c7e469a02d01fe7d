import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openInBrowser, type TestOffice } from './support/desk.ts';
import { assertFocusIsSeen, keysOf, type Keys } from './support/keys.ts';
import { pinOf, rowOf } from './support/screens.ts';
import { cast } from '../../src-main/practice/cast.ts';

const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

describe('an office day by keys alone', () => {
  let o: TestOffice;
  let page: Page;
  let keys: Keys;

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    keys = keysOf(page);
  });
  after(() => o.close());

  async function sitAt(desk: string): Promise<void> {
    const member = cast.find((one) => one.id === desk);
    await keys.tabTo(page.getByRole('group', { name: 'Chọn bàn làm việc' }).getByRole('button', { name: new RegExp(member?.person.fullName ?? desk) }));
    await keys.press('Enter');
    await page.getByRole('banner').getByText(member?.person.fullName ?? desk).waitFor();
  }

  /** Opens a folder by its key and goes down its list until this document is the chosen one. */
  async function choose(folderKey: string, folder: string, title: string): Promise<void> {
    await keys.press(folderKey);
    await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
    await rowOf(page, title).waitFor();
    const list = page.getByRole('listbox', { name: folder });
    await keys.tabTo(list);
    await keys.press('Home');
    for (let steps = 0; steps < 30; steps++) {
      await page.locator('[role="option"][aria-selected="true"]').first().waitFor();
      if ((await rowOf(page, title).getAttribute('aria-selected')) === 'true') return;
      await keys.press('ArrowDown');
      await assertFocusIsSeen(page);
    }
    assert.fail(`${title} was not reached by the arrows`);
  }

  async function signWithPin(pin: string): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Mã PIN').waitFor();
    await keys.tabTo(dialog.getByLabel('Mã PIN'));
    await keys.type(pin);
    await keys.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await assertFocusIsSeen(page);
  }

  test('the clerk receives: registers an arrival and lays it before the leader with one key', async () => {
    await choose('Alt+1', 'Văn bản đến', 'Tập huấn ký số');
    await page.getByRole('button', { name: /^Vào sổ và trình/ }).waitFor();
    await keys.press('Control+Enter');
    await page.getByRole('status').getByText(/Đã vào sổ, số đến 418, và trình lãnh đạo/).waitFor();
    await page.getByRole('button', { name: /^Soạn trả lời/ }).waitFor();
    await assertFocusIsSeen(page);
  });

  test('the clerk assigns: a person, a directive and a date, without leaving the keyboard', async () => {
    await keys.tabTo(page.getByRole('main').getByRole('button', { name: /^Phân công/ }));
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const lead = dialog.getByLabel('Chủ trì', { exact: true });
    await keys.tabTo(lead);
    await keys.press('ArrowDown');
    await keys.tabTo(dialog.getByLabel('Ý kiến chỉ đạo'));
    await keys.type('Xem va tra loi');
    await keys.tabTo(dialog.getByRole('button', { name: /^3 ngày làm việc/ }));
    await keys.press('Enter');
    await keys.tabTo(dialog.getByRole('button', { name: 'Giao việc' }));
    await keys.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('status').getByText('Đã phân công.').waitFor();
    await assertFocusIsSeen(page);
  });

  test('the clerk drafts an answer with its file and hands it to the leader', async () => {
    await keys.press('Control+n');
    const subject = page.getByRole('textbox', { name: 'Trích yếu' });
    await subject.waitFor();
    // the browser's own file window is not the page's: the field is reached by Tab, the file is given to it
    await keys.tabTo(page.getByLabel('Chọn tệp PDF'));
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByText('cong-van-xa.pdf', { exact: false }).first().waitFor();
    await keys.tabTo(subject);
    await keys.type('Thu soan bang ban phim');
    await keys.tabTo(page.getByRole('textbox', { name: 'Ký hiệu' }));
    await keys.type('UBND-VP');
    const recipients = page.getByRole('combobox', { name: 'Thêm nơi nhận' });
    await keys.tabTo(recipients);
    await keys.type('so khoa hoc');
    await page.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).first().waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await page.getByRole('button', { name: /Bỏ Sở Khoa học/ }).waitFor();
    await keys.press('Control+Enter');
    await subject.waitFor({ state: 'detached' });
    await assertFocusIsSeen(page);
  });

  test('the leader signs', async () => {
    await sitAt('commune-leader');
    await choose('Alt+2', 'Trình ký', 'Thu soan bang ban phim');
    await page.getByRole('button', { name: /^Ký( Ctrl.*)?$/ }).waitFor();
    const frame = page.getByRole('group', { name: 'Khung chữ ký' });
    await keys.tabTo(frame);
    const before = await frame.boundingBox();
    await keys.press('ArrowLeft');
    await keys.press('Shift+ArrowUp');
    const moved = await frame.boundingBox();
    assert.ok(before && moved && moved.x < before.x && moved.y < before.y, 'the arrows move the signature');
    await keys.press('Control+Enter');
    await signWithPin(pinOf('commune-leader'));
  });

  test('the clerk issues: number, date and seal, and sends it', async () => {
    await sitAt('commune-clerk');
    await choose('Alt+3', 'Phát hành', 'Thu soan bang ban phim');
    await page.getByRole('button', { name: /^Ký, cấp số 15 và gửi/ }).waitFor();
    await keys.press('Control+Enter');
    await signWithPin(pinOf('commune-clerk'));
    await page.getByRole('status').getByText(/Đã cấp số 15/).waitFor();
  });
});
