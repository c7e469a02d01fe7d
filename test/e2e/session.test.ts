import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { openProvince, password, userOf, type Province } from '../office/session-support.ts';
import { axeViolations } from './support/axe.ts';
import { clippedText } from './support/clipped.ts';
import { openDoorway, type TestDoorway } from './support/door.ts';
import { watchErrors } from './support/page-errors.ts';
import { askFor, networkPill, openFolder, press, rowOf } from './support/screens.ts';

const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

/** One clerk, from the first start of the program on; each test goes on where the one before left off. */
describe('the door of the real office', () => {
  let province: Province;
  let d: TestDoorway;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    province = await openProvince();
    d = await openDoorway();
    page = d.page;
    watchErrors(page, pageErrors);
  });
  after(async () => {
    await d.close();
    await province.close();
  });
  beforeEach(() => province.line.mend());

  const server = (): Locator => page.getByRole('textbox', { name: 'Địa chỉ máy chủ của tỉnh' });
  const user = (): Locator => page.getByRole('textbox', { name: 'Tên đăng nhập' });
  const secret = (): Locator => page.getByLabel('Mật khẩu', { exact: true });
  const submit = (): Locator => page.getByRole('button', { name: 'Đăng nhập', exact: true });
  const inbox = (): Locator => page.getByRole('heading', { level: 1, name: 'Văn bản đến' });
  const bar = (): Locator => page.getByRole('region', { name: 'Máy chủ cần bạn đăng nhập lại.' });

  /** The sentence that stands beside a field and is read out with it. */
  async function sentenceBeside(field: Locator): Promise<string> {
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    const below = await field.getAttribute('aria-describedby');
    return (await page.locator(`[id="${below ?? ''}"]`).textContent()) ?? '';
  }
  const isFocused = (field: Locator): Promise<boolean> => field.evaluate((input) => document.activeElement === input);

  async function draft(title: string): Promise<void> {
    await openFolder(page, 'Văn bản đến');
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill(title);
    await page.getByRole('textbox', { name: 'Ký hiệu' }).fill('UBND-VP');
    const recipients = page.getByRole('combobox', { name: 'Thêm nơi nhận' });
    await askFor(recipients, 'so khoa hoc');
    await page.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).first().click();
    await press(page, 'Trình ký');
    await page.getByRole('textbox', { name: 'Trích yếu' }).waitFor({ state: 'detached' });
  }

  test('the first start asks who it is, where the server is, and offers the practice office; it reads well to everybody', async () => {
    await page.getByRole('heading', { level: 1, name: 'Đăng nhập vào cơ quan' }).waitFor();
    await page.getByRole('button', { name: 'Mở văn phòng luyện tập' }).waitFor();
    assert.ok(await isFocused(server()), 'typing begins at once');
    assert.deepEqual(await axeViolations(page), []);
    await page.evaluate(() => { document.documentElement.style.fontSize = '175%'; });
    assert.deepEqual(await clippedText(page), []);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in to your office' }).waitFor();
    assert.deepEqual(await clippedText(page), []);
    await page.getByRole('button', { name: 'Tiếng Việt' }).click();
    // As the program itself does when the text size changes: Chromium asks a container's conditions in rem again only when its width changes
    await page.evaluate(() => {
      const root = document.documentElement;
      root.style.fontSize = '';
      root.style.setProperty('container-type', 'normal');
      void root.offsetWidth;
      root.style.removeProperty('container-type');
    });
  });

  test('what is missing is said beside its field, and the first such field is at hand', async () => {
    await submit().click();
    assert.equal(await sentenceBeside(server()), 'Hãy nhập địa chỉ máy chủ.');
    assert.equal(await sentenceBeside(user()), 'Hãy nhập tên đăng nhập.');
    assert.equal(await sentenceBeside(secret()), 'Hãy nhập mật khẩu.');
    assert.ok(await isFocused(server()));
    await server().fill('x');
    assert.equal(await server().getAttribute('aria-invalid'), null);
  });

  test('an address that cannot be used, or where nobody answers, is told at the address, and nothing typed is lost', async () => {
    await server().fill('http://vanthu.example');
    await user().fill(userOf('mai'));
    await secret().fill(password);
    await page.keyboard.press('Enter');
    await page.getByText(/phải bắt đầu bằng https/).first().waitFor();
    assert.match(await sentenceBeside(server()), /https:\/\//);
    assert.ok(await isFocused(server()));

    province.line.cut();
    await server().fill(province.line.url);
    await page.keyboard.press('Enter');
    await page.getByText(/Chưa liên lạc được máy chủ/).first().waitFor();
    assert.deepEqual([await server().inputValue(), await user().inputValue(), await secret().inputValue()], [province.line.url, userOf('mai'), password]);
    assert.deepEqual(await axeViolations(page), []);
  });

  test('a wrong password is told at the password, which stays and is selected for typing it again', async () => {
    await secret().fill('mật khẩu cũ');
    await submit().click();
    await page.getByText(/Tên đăng nhập hoặc mật khẩu không đúng/).first().waitFor();
    assert.match(await sentenceBeside(secret()), /không đúng/);
    assert.equal(await user().getAttribute('aria-invalid'), null);
    assert.equal(await secret().evaluate((input: HTMLInputElement) => input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0)), 'mật khẩu cũ');
    assert.ok(await isFocused(secret()));
  });

  test('an account that is locked counts down to when it may be tried again, and opens then without a word typed anew', async () => {
    await user().fill('go.nham');
    // the server looks at five of them; each refusal comes before the next try
    for (let n = 0; n < 5; n++) {
      await secret().fill(`sai lần ${n}`);
      await page.keyboard.press('Enter');
      await page.getByText(/không đúng/).first().waitFor();
    }
    await secret().fill('sai lần nữa');
    await page.keyboard.press('Enter');
    await page.getByText(/tạm khóa đăng nhập/).first().waitFor();
    assert.match(await sentenceBeside(secret()), /sau \d+ giây/);
    await page.getByText(/tạm khóa đăng nhập/).first().waitFor({ state: 'detached' });
    await user().fill(userOf('mai'));
    assert.deepEqual([await secret().inputValue(), await secret().getAttribute('aria-invalid')], ['sai lần nữa', null]);
  });

  test('the password shows when asked to, and Caps Lock is told while it is on', async () => {
    await page.getByRole('button', { name: 'Hiện', exact: true }).click();
    assert.equal(await secret().getAttribute('type'), 'text');
    await page.getByRole('button', { name: 'Ẩn', exact: true }).click();
    assert.equal(await secret().getAttribute('type'), 'password');
    const told = page.getByText('Phím Caps Lock đang bật');
    assert.equal(await told.count(), 0);
    // a page cannot press the real key; the browser tells of it with every other key
    const pressed = (capital: boolean): Promise<void> => secret().evaluate((input, on) => { input.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', bubbles: true, modifierCapsLock: on })); }, capital);
    await pressed(true);
    await told.waitFor();
    await pressed(false);
    await told.waitFor({ state: 'detached' });
  });

  test('signing in opens the clerk’s own desk, without a mark of practice', async () => {
    await secret().fill(password);
    await page.keyboard.press('Enter');
    await inbox().waitFor();
    await page.getByRole('banner').getByText('Trần Thị Mai').waitFor();
    await networkPill(page).getByText(/Trực tuyến/).waitFor();
    assert.equal(await page.getByRole('region', { name: 'LUYỆN TẬP' }).count(), 0);
    assert.equal(await secret().count(), 0);
  });

  test('the program started again without a line opens the desk at once, and work waits for the line', async () => {
    province.line.cut();
    await d.restart();
    await inbox().waitFor();
    await networkPill(page).getByText(/Ngoại tuyến/).waitFor();
    await draft('Viết lúc không có mạng');
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText('Viết lúc không có mạng').first().waitFor();
    province.line.mend();
    await page.keyboard.press('F5');
    await networkPill(page).getByText(/Trực tuyến/).waitFor();
    await page.getByText('Viết lúc không có mạng').first().waitFor({ state: 'detached' });
  });

  test('an ended session is a bar over a desk that is used as before; signing in again sends what waited', async () => {
    await province.endSessions('mai');
    await page.keyboard.press('F5');
    await bar().waitFor();
    await draft('Viết khi phiên đã hết');
    await openFolder(page, 'Văn bản đi');
    await rowOf(page, 'Viết khi phiên đã hết').waitFor();
    assert.match((await rowOf(page, 'Viết khi phiên đã hết').textContent()) ?? '', /Chờ gửi/);

    await bar().getByRole('button', { name: 'Đăng nhập lại' }).click();
    const dialog = page.getByRole('dialog', { name: 'Đăng nhập lại' });
    await dialog.getByText('UBND xã Sơn Tịnh').waitFor();
    assert.equal(await dialog.getByRole('textbox', { name: 'Tên đăng nhập' }).inputValue(), userOf('mai'));
    assert.ok(await isFocused(secret()));
    assert.deepEqual(await axeViolations(page, { include: '[role="dialog"]' }), []);
    await secret().fill('sai');
    await page.keyboard.press('Enter');
    await dialog.getByText(/không đúng/).first().waitFor();
    await secret().fill(password);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await bar().waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.id === 'content');
    await page.keyboard.press('F5');
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText('Viết khi phiên đã hết').first().waitFor({ state: 'detached' });
    await openFolder(page, 'Văn bản đi');
    await rowOf(page, 'Viết khi phiên đã hết').waitFor();
  });

  test('who signs out is told what still waits, there and at the door, where another person is not let in', async () => {
    province.line.cut();
    await draft('Viết trước khi về');
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    const dialog = page.getByRole('dialog', { name: /Đăng xuất/ });
    const waits = (await dialog.getByText(/việc chưa gửi sẽ tự gửi sau khi đăng nhập lại/).textContent()) ?? '';
    assert.match(waits, /^[1-9]/);
    await dialog.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByRole('heading', { level: 1, name: 'Đăng nhập lại' }).waitFor();
    await page.getByText('Trần Thị Mai').waitFor();
    await page.getByText(waits).waitFor();

    province.line.mend();
    await user().fill(userOf('thang'));
    await secret().fill(password);
    await page.keyboard.press('Enter');
    await page.getByText(/đang giữ bàn làm việc của Trần Thị Mai/).first().waitFor();
    assert.match(await sentenceBeside(user()), /chưa có gì thay đổi/);
  });

  test('to the practice office and back, with nothing typed at the door in the way', { timeout: 180_000 }, async () => {
    await page.getByRole('button', { name: 'Mở văn phòng luyện tập' }).click();
    await page.getByText('Đang mở văn phòng luyện tập', { exact: false }).first().waitFor();
    await page.getByRole('region', { name: 'LUYỆN TẬP' }).waitFor({ timeout: 120_000 });
    await rowOf(page, 'Ban hành Quy chế tiếp nhận').waitFor();
    await page.getByRole('region', { name: 'LUYỆN TẬP' }).getByRole('button', { name: 'Về cơ quan thật' }).click();
    await page.getByRole('heading', { level: 1, name: 'Đăng nhập lại' }).waitFor();
    assert.equal(await user().inputValue(), userOf('mai'));
    await secret().fill(password);
    await page.keyboard.press('Enter');
    await inbox().waitFor();
    await page.getByRole('banner').getByText('Trần Thị Mai').waitFor();
    await openFolder(page, 'Văn bản đi');
    await rowOf(page, 'Viết trước khi về').waitFor();
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText('Viết trước khi về').first().waitFor({ state: 'detached' });
  });

  test('no screen threw while all this was done', () => {
    assert.deepEqual(pageErrors, []);
  });
});
