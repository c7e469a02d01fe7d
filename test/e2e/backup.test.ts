import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { backupsName } from '../../src-main/backup/backups-file.ts';
import { listBackups } from '../../src-main/backup/manifest.ts';
import { readRecovery, unseal } from '../../src-main/backup/recovery.ts';
import { openProgramAt, openProvince, password, testDoor, userOf, type Province } from '../office/session-support.ts';
import { openDoorway, type TestDoorway } from './support/door.ts';
import { lookAlone } from './support/looks.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder } from './support/screens.ts';
import { typeTelex } from './support/telex.ts';

/** A clerk's first backup, from “Cài đặt” to the folder on the stick; each test goes on where the one before left off. */
describe('backups from the settings of a real office', () => {
  let province: Province;
  let d: TestDoorway;
  let page: Page;
  const errors: string[] = [];

  before(async () => {
    province = await openProvince();
    d = await openDoorway();
    page = d.page;
    watchErrors(page, errors);
    await d.restart(async () => {
      const program = await openProgramAt(d.programDir);
      await testDoor(program.connect()).ask('session.signIn', { serverUrl: province.line.url, user: userOf('mai'), password, role: null });
      await program.close();
      mkdirSync(stick());
    });
  });
  after(async () => {
    await d.close();
    await province.close();
  });

  const stick = (): string => join(d.programDir, 'usb');
  const part = (): Locator => page.getByRole('main').getByRole('region', { name: 'Sao lưu', exact: true });
  const dialog = (): Locator => page.getByRole('dialog');

  test('nothing is backed up before there is a sheet, whose words are shown once and open the profile’s key', async () => {
    await openFolder(page, 'Cài đặt');
    await part().getByText('Chưa có: hãy tạo trước khi sao lưu').waitFor();
    assert.ok(await part().getByRole('button', { name: 'Sao lưu ngay' }).isDisabled());
    await part().getByRole('button', { name: 'Tạo phiếu khôi phục' }).click();
    assert.deepEqual(await lookAlone(page, 'before the sheet'), []);
    await dialog().getByRole('button', { name: 'Hiện mã' }).click();
    const title = dialog().getByRole('heading', { name: /^Phiếu khôi phục số [0-9A-F]{6}$/ });
    await title.waitFor();
    assert.deepEqual(await lookAlone(page, 'the sheet'), []);
    const words = await dialog().locator('.recovery-words code').allInnerTexts();
    assert.equal(words.length, 6);
    const recovery = readRecovery(join(d.programDir, 'office'));
    assert.ok(recovery.ok && unseal(recovery.value, words.join(' ')).ok);
    // it is not closed by a slip of the hand
    await page.keyboard.press('Escape');
    await title.waitFor();
    assert.ok(await dialog().getByRole('button', { name: 'Xong' }).isDisabled());
    await dialog().getByText('Tôi đã chép đủ sáu nhóm và soát lại').click();
    await dialog().getByRole('button', { name: 'Xong' }).click();
    await dialog().waitFor({ state: 'detached' });
    await part().getByText(`Số ${recovery.value.sheet}`, { exact: false }).waitFor();
    for (const word of words) assert.equal(await page.getByText(word).count(), 0, 'the words are gone with their window');
  });

  test('a folder that is not there is refused beside what was typed; one that is there takes the first backup', async () => {
    await part().getByRole('button', { name: 'Chọn nơi lưu' }).click();
    await dialog().getByText('Thư mục khác').click();
    const path = dialog().getByRole('textbox', { name: 'Đường dẫn thư mục' });
    await dialog().getByRole('button', { name: 'Lưu ở đây' }).click();
    await dialog().getByText('Hãy ghi đường dẫn của thư mục').waitFor();
    assert.deepEqual(await lookAlone(page, 'the place'), []);
    await typeTelex(page, path, '/kho lưu/không có');
    await dialog().getByRole('button', { name: 'Lưu ở đây' }).click();
    await dialog().getByText('Không thấy nơi lưu bản sao', { exact: false }).waitFor();
    await path.fill(stick());
    await dialog().getByRole('button', { name: 'Lưu ở đây' }).click();
    await dialog().waitFor({ state: 'detached' });
    await part().getByText(stick()).waitFor();
    await part().getByRole('button', { name: 'Sao lưu ngay' }).click();
    await part().getByText('Chưa có', { exact: true }).waitFor({ state: 'detached' });
    const listed = listBackups(stick());
    assert.ok(listed.ok);
    assert.deepEqual(listed.value.map(({ complete }) => complete), [true]);
    await part().getByRole('button', { name: 'Kiểm tra toàn bộ ngay' }).click();
    await part().getByText(/: nguyên vẹn, \d+ tệp/).waitFor();
    assert.deepEqual(await lookAlone(page, 'backups'), []);
  });

  test('a week without one is said at the desk of whoever works elsewhere, and leads to the backups', async () => {
    await d.restart(async () => {
      const file = join(d.programDir, 'office', backupsName);
      const kept = JSON.parse(readFileSync(file, 'utf8')) as { last: { at: string }; folder: string };
      kept.last.at = new Date(Date.now() - 9 * 86_400_000).toISOString();
      // or it would mend itself in a few minutes
      kept.folder = join(stick(), 'khong-co');
      writeFileSync(file, JSON.stringify(kept));
    });
    await openFolder(page, 'Văn bản đến');
    await page.getByText('Đã hơn 7 ngày chưa có bản sao lưu mới', { exact: false }).waitFor();
    assert.deepEqual(await lookAlone(page, 'overdue'), []);
    await page.getByRole('button', { name: 'Mở phần sao lưu' }).click();
    await page.getByRole('heading', { level: 2, name: 'Sao lưu' }).and(page.locator(':focus')).waitFor();
    await part().getByText('(chưa cắm)', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Để sau' }).click();
    await page.getByRole('button', { name: 'Để sau' }).waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
  });
});
