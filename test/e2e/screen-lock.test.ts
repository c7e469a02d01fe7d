import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openProvince, password, userOf, type Province } from '../office/session-support.ts';
import { openDoorway, type TestDoorway } from './support/door.ts';
import { lookAlone } from './support/looks.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder } from './support/screens.ts';

describe('a screen that is locked', () => {
  let province: Province;
  let d: TestDoorway;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    province = await openProvince();
    d = await openDoorway();
    page = d.page;
    watchErrors(page, pageErrors);
    await page.getByRole('textbox', { name: 'Địa chỉ máy chủ của tỉnh' }).fill(province.line.url);
    await page.getByRole('tab', { name: 'Bằng mật khẩu' }).click();
    await page.getByRole('textbox', { name: 'Tên đăng nhập' }).fill(userOf('mai'));
    await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Văn bản đến/ }).waitFor();
  });
  after(async () => {
    await d.close();
    await province.close();
  });

  const heading = () => page.getByRole('heading', { level: 1, name: 'Màn hình đang khóa' });
  const typed = 'Về việc chuẩn bị kỳ họp';

  test('by its button it hides the desk whole, and gives it back as it was, with what was half typed', async () => {
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill(typed);
    await page.getByRole('button', { name: 'Khóa màn hình' }).click();
    await heading().waitFor();
    await page.getByText('Bạn đã khóa màn hình.').waitFor();
    assert.equal((await page.locator('body').textContent())?.includes(typed), false);
    assert.equal(await page.getByRole('textbox', { name: 'Trích yếu' }).count(), 0);
    assert.deepEqual(await lookAlone(page, 'screen locked'), []);
  });

  test('a wrong password is said beside the field and opens nothing; the right one opens it by the keyboard alone, without a line', async () => {
    province.line.cut();
    const field = page.getByLabel('Mật khẩu', { exact: true });
    assert.ok(await field.evaluate((element) => element === document.activeElement), 'whoever comes back types at once');
    await page.keyboard.type('sai rồi');
    await page.keyboard.press('Enter');
    await page.getByText(/^Mật khẩu không đúng\. Màn hình vẫn khóa/).first().waitFor();
    assert.ok(await heading().isVisible());
    await field.fill('');
    await page.keyboard.insertText(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Soạn văn bản' }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Trích yếu' }).inputValue(), typed);
    province.line.mend();
  });

  test('by its key, and still when the window is opened anew; the way there is in the palette too', async () => {
    await openFolder(page, 'Văn bản đến');
    await page.keyboard.press('Alt+l');
    await heading().waitFor();
    await d.restart();
    await heading().waitFor();
    await page.getByText('Màn hình đã khóa từ lần mở trước.').waitFor();
    await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Mở khóa', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^Văn bản đến/ }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('khoa man hinh');
    await page.getByRole('option', { name: /^Khóa màn hình/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('when it locks by itself is a person’s choice of three, and what a pulled token does', async () => {
    await openFolder(page, 'Cài đặt');
    const part = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: 'Khóa màn hình' }) }).last();
    assert.ok(await part.getByRole('radio', { name: '10 phút' }).isChecked());
    await part.getByText('5 phút', { exact: true }).click();
    await part.getByText('Đăng xuất', { exact: true }).click();
    await page.keyboard.press('F5');
    await d.restart();
    await openFolder(page, 'Cài đặt');
    assert.ok(await part.getByRole('radio', { name: '5 phút', exact: true }).isChecked());
    assert.ok(await part.getByRole('radio', { name: 'Đăng xuất' }).isChecked());
    await part.scrollIntoViewIfNeeded();
    assert.deepEqual(await lookAlone(page, 'lock setting'), []);
    assert.deepEqual(pageErrors, []);
  });
});
