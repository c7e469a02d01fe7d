import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { takeProfileLock } from '../../src-main/office/profile-lock.ts';
import type { TokenPort } from '../../src-main/ports/token.ts';
import { createTokens } from '../../src-main/token/client.ts';
import { personId } from '../../src-shared/domain/ids.ts';
import { commune, openProvince, password, userOf, type Province } from '../office/session-support.ts';
import { createTestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';
import { openDoorway, type TestDoorway } from './support/door.ts';
import { lookAlone } from './support/looks.ts';
import { watchErrors } from './support/page-errors.ts';

const given = 'cấp lần đầu 2026';
const own = 'bốn từ chẳng liên quan';

/** A leader with a USB token (SoftHSM2’s), from the first start on; each test goes on where the one before left off. */
describe('the door with a token', () => {
  let province: Province;
  let token: TestToken;
  let d: TestDoorway;
  let page: Page;
  /** What is plugged in, and how its PIN is typed. */
  const plugged = { in: true, pad: false };
  const pageErrors: string[] = [];

  before(async () => {
    province = await openProvince();
    const { admin } = province.server;
    token = await createTestToken(province.dir, createTestPki(join(province.dir, 'pki')));
    const second = { person: { id: personId.parse('thang.2'), fullName: 'Nguyễn Đức Thắng', position: 'Chuyên viên', unit: commune.code, roles: ['officer' as const] }, user: 'thang.chuyenvien', password, role: 'officer' as const };
    await admin.addPerson(second);
    await admin.addPerson({ person: { ...second.person, id: personId.parse('moi.den'), fullName: 'Lê Mới Đến' }, user: 'moi.den', password: given, role: 'officer', mustChange: true });
    for (const user of [userOf('thang'), second.user]) await admin.bindCertificate(user, token.leaderThumbprint);
    d = await openDoorway({ openTokens: () => openPlugged() });
    page = d.page;
    watchErrors(page, pageErrors);
  });
  after(async () => {
    await d.close();
    await province.close();
  });

  /** The real token behind its driver; what is plugged in is ours to say, and a pad's PIN is typed by us. */
  function openPlugged(): TokenPort {
    const tokens = createTokens({ drivers: [token.module], env: token.env });
    return {
      ...tokens,
      list: async () => {
        const listed = await tokens.list();
        return plugged.in ? { ...listed, tokens: listed.tokens.map((one) => ({ ...one, pin: { ...one.pin, pad: plugged.pad } })) } : { ...listed, tokens: [] };
      },
      withKey: (thumbprint, pin, use, options) => tokens.withKey(thumbprint, plugged.pad && pin === null ? token.pin : pin, use, options),
    };
  }

  const server = (): Locator => page.getByRole('textbox', { name: 'Địa chỉ máy chủ của tỉnh' });
  const tab = (name: string): Locator => page.getByRole('tab', { name });
  const pin = (): Locator => page.getByLabel('Mã PIN của USB');
  const submit = (): Locator => page.getByRole('button', { name: 'Đăng nhập bằng USB ký số' });
  /** The token holds two certificates of the leader; one of them is bound. */
  const bound = (): Locator => page.getByRole('radio', { name: /· Lãnh đạo ·/ });
  const chooseBound = (): Promise<void> => bound().check();
  const isFocused = (field: Locator): Promise<boolean> => field.evaluate((input) => document.activeElement === input);
  /** The cursor comes back when the door has answered. */
  const untilFocused = async (field: Locator): Promise<void> => void await page.waitForFunction((input) => document.activeElement === input, await field.elementHandle());

  test('a token that is plugged in is noticed by itself, and its way in comes first', async () => {
    await page.getByRole('heading', { level: 1, name: 'Đăng nhập vào cơ quan' }).waitFor();
    await pin().waitFor();
    assert.equal(await tab('Bằng USB ký số').getAttribute('aria-selected'), 'true');
    await page.getByText('Nguyễn Đức Thắng').first().waitFor();
    assert.ok(await isFocused(server()), 'the address comes first where nothing is known');
    assert.deepEqual(await lookAlone(page, 'door with a token'), []);
  });

  test('what is missing is said and put under the cursor', async () => {
    await submit().click();
    assert.ok(await isFocused(server()));
    await server().fill(province.line.url);
    await submit().click();
    await page.getByText('Hãy nhập mã PIN của USB.').waitFor();
    assert.ok(await isFocused(pin()));
  });

  test('a token that is pulled out and plugged in again is noticed both ways; the password stays a way in', async () => {
    plugged.in = false;
    await page.getByRole('tab', { name: 'Bằng mật khẩu', selected: true }).waitFor();
    await tab('Bằng USB ký số').click();
    await page.getByText('Chưa thấy USB ký số').waitFor();
    assert.equal(await submit().isDisabled(), true);
    assert.deepEqual(await lookAlone(page, 'door without a token'), []);
    plugged.in = true;
    await pin().waitFor();
  });

  test('the keyboard alone goes from the address to the button, and from one way to the other', async () => {
    await server().focus();
    const names: string[] = [];
    for (let n = 0; n < 8; n++) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate(() => `${document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName.toLowerCase() ?? ''} ${(document.activeElement as HTMLInputElement).type ?? ''}`.trim()));
      if (await isFocused(submit())) break;
    }
    assert.equal(names[0], 'tab', names.join(', '));
    assert.ok(names.includes('input radio') && names.includes('input password'), names.join(', '));
    assert.ok(await isFocused(submit()), names.join(', '));
    await tab('Bằng USB ký số').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('textbox', { name: 'Tên đăng nhập' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await pin().waitFor();
  });

  test('a wrong PIN is told in the door’s words, the field is empty and under the cursor', async () => {
    await pin().fill('00000000');
    await page.keyboard.press('Enter');
    await page.getByText(/Sai mã PIN\. Chưa đăng nhập/).waitFor();
    assert.equal(await page.getByText('Văn bản chưa thay đổi').count(), 0);
    await untilFocused(pin());
    assert.equal(await pin().inputValue(), '');
    assert.deepEqual(await lookAlone(page, 'door wrong pin'), []);
  });

  test('a certificate of several accounts asks which, and the PIN is not asked for again', async () => {
    await chooseBound();
    await pin().fill(token.pin);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Bạn làm việc với tài khoản nào?' }).waitFor();
    assert.deepEqual(await lookAlone(page, 'door choose'), []);
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await chooseBound();
    await pin().fill(token.pin);
    await page.keyboard.press('Enter');
    await page.getByText('Lãnh đạo · UBND xã Sơn Tịnh').click();
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.getByRole('banner').getByText('Nguyễn Đức Thắng').waitFor();
  });

  test('a session that ended is opened again with the token, over the desk', async () => {
    for (const { id, user } of await province.server.admin.sessions()) if (user === userOf('thang')) await province.server.admin.endSession(id);
    await page.keyboard.press('F5');
    await page.getByRole('region', { name: 'Máy chủ cần bạn đăng nhập lại.' }).getByRole('button', { name: 'Đăng nhập lại' }).click();
    const dialog = page.getByRole('dialog', { name: 'Đăng nhập lại' });
    assert.ok(await bound().isChecked(), 'the certificate that opened this desk is chosen');
    await dialog.getByLabel('Mã PIN của USB').fill(token.pin);
    assert.deepEqual(await lookAlone(page, 'again with a token'), []);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Máy chủ cần bạn đăng nhập lại.' }).waitFor({ state: 'detached' });
  });

  test('a token with a keypad of its own is asked for no PIN here', async () => {
    plugged.pad = true;
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByText('Nhập mã PIN trên thiết bị').waitFor();
    assert.equal(await pin().count(), 0);
    assert.deepEqual(await lookAlone(page, 'door with a keypad'), []);
    assert.ok(await bound().isChecked());
    await page.getByRole('button', { name: 'Đăng nhập, rồi nhập PIN trên thiết bị' }).click();
    await page.getByRole('banner').getByText('Nguyễn Đức Thắng').waitFor();
    plugged.pad = false;
  });

  test('a second program on this desk says where it is open, and opens it when that one has gone', async () => {
    let lock: ReturnType<typeof takeProfileLock> = null;
    await d.restart(async () => { lock = takeProfileLock(join(d.programDir, 'office', 'profile.lock')); });
    await page.getByRole('heading', { level: 1, name: 'Văn Thư đang mở ở một cửa sổ khác' }).waitFor();
    assert.deepEqual(await lookAlone(page, 'door in use'), []);
    await page.getByRole('button', { name: 'Mở lại' }).click();
    await page.getByRole('alert').getByText(/đang mở ở một cửa sổ Văn Thư khác/).waitFor();
    (lock as ReturnType<typeof takeProfileLock>)?.release();
    await page.getByRole('button', { name: 'Mở lại' }).click();
    await page.getByRole('banner').getByText('Nguyễn Đức Thắng').waitFor();
  });

  test('no screen threw while all this was done', () => {
    assert.deepEqual(pageErrors, []);
  });
});

describe('a first password at the door', () => {
  let province: Province;
  let d: TestDoorway;
  let page: Page;
  before(async () => {
    province = await openProvince();
    await province.server.admin.addPerson({ person: { id: personId.parse('moi.den'), fullName: 'Lê Mới Đến', position: 'Văn thư', unit: commune.code, roles: ['clerk'] }, user: 'moi.den', password: given, role: 'clerk', mustChange: true });
    d = await openDoorway();
    page = d.page;
  });
  after(async () => {
    await d.close();
    await province.close();
  });

  const fresh = (): Locator => page.getByLabel('Mật khẩu mới', { exact: true });
  const untilFocused = async (field: Locator): Promise<void> => void await page.waitForFunction((input) => document.activeElement === input, await field.elementHandle());
  const again = (): Locator => page.getByLabel('Gõ lại mật khẩu mới');
  const rule = (words: string): Locator => page.getByRole('region', { name: 'Mật khẩu mới cần' }).getByRole('listitem').filter({ hasText: words });
  const enter = async (): Promise<void> => {
    await page.getByRole('textbox', { name: 'Địa chỉ máy chủ của tỉnh' }).fill(province.line.url);
    await page.getByRole('textbox', { name: 'Tên đăng nhập' }).fill('moi.den');
    await page.getByLabel('Mật khẩu', { exact: true }).fill(given);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Đặt mật khẩu của riêng bạn' }).waitFor();
  };

  test('its rules are said beforehand and ticked off while the person types', async () => {
    await enter();
    assert.ok(await fresh().evaluate((input) => document.activeElement === input));
    assert.equal(await page.getByLabel('Mật khẩu được cấp').count(), 0, 'what was just typed is not asked for again');
    assert.deepEqual(await lookAlone(page, 'first password'), []);
    await fresh().fill('moi.den');
    assert.equal(await rule('không chứa tên đăng nhập').getAttribute('data-met'), 'false');
    await fresh().fill(given);
    assert.equal(await rule('khác mật khẩu được cấp').getAttribute('data-met'), 'false');
    await fresh().fill(own);
    for (const words of ['ít nhất 10 ký tự', 'khác mật khẩu được cấp', 'không chứa tên đăng nhập', 'không chỉ lặp lại']) assert.equal(await rule(words).getAttribute('data-met'), 'true', words);
    await again().fill('khác hẳn');
    await page.keyboard.press('Enter');
    await page.getByText('Hai lần gõ chưa giống nhau.').waitFor();
    assert.deepEqual(await lookAlone(page, 'first password, not the same'), []);
  });

  test('going back changes nothing, and a page that was loaded anew asks for the given password', async () => {
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await page.getByRole('heading', { level: 1, name: 'Đăng nhập vào cơ quan' }).waitFor();
    await enter();
    await page.reload();
    await page.getByLabel('Mật khẩu được cấp').fill('không phải');
    await fresh().fill(own);
    await again().fill(own);
    await page.keyboard.press('Enter');
    await page.getByText(/^Mật khẩu được cấp không đúng/).first().waitFor();
    await untilFocused(page.getByLabel('Mật khẩu được cấp'));
    assert.deepEqual(await lookAlone(page, 'first password, given one wrong'), []);
    await page.getByLabel('Mật khẩu được cấp').fill(given);
    assert.deepEqual(await lookAlone(page, 'first password, asked again'), []);
  });

  test('the desk opens when it is set', async () => {
    await page.getByRole('button', { name: 'Đặt mật khẩu và mở bàn làm việc' }).click();
    await page.getByRole('banner').getByText('Lê Mới Đến').waitFor();
  });
});
