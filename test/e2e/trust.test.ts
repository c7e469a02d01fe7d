import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { translate, type MessageKey, type Params } from '../../src-renderer/i18n/translate.ts';
import type { TrustManifest } from '../../src-shared/protocol/trust.ts';
import { openProvince, password, userOf } from '../office/session-support.ts';
import { createCertificates, sha256, writeFolder, type Certificates } from '../unit/trust/certificates.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { clippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { openDoorway } from './support/door.ts';
import { keysOf } from './support/keys.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, sitAt } from './support/screens.ts';

const t = (key: MessageKey, params?: Params): string => translate('vi', key, params);
/** What a signature ends in that leads to nobody whom the office trusts. */
const unjudged = t('signatures.verdict.indeterminate');
const grouped = (der: Uint8Array): string => (sha256(der).toUpperCase().match(/.{4}/g) ?? []).join('');

/** One clerk whom the province made an administrator; each test goes on where the one before left off. */
describe('whom the office trusts', () => {
  let pki: Certificates;
  let soon: Uint8Array;
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    pki = createCertificates();
    soon = pki.make('Nơi cấp sắp hết hạn', { days: 45 });
    pki.issue('can-bo');
    writeFileSync(pki.path('nhieu.pem'), Buffer.concat(['root2', 'issuing', 'can-bo'].map(pki.pem)));
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await sitAt(page, 'commune-clerk');
    await openFolder(page, 'Cài đặt');
    await card('Gốc Văn Thư LUYỆN TẬP – không có giá trị pháp lý').waitFor();
  });
  after(async () => {
    await o.close();
    pki.remove();
  });

  const part = (): Locator => page.getByRole('region', { name: t('trust.title'), exact: true });
  const card = (name: string): Locator => part().getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  const dialog = (): Locator => page.getByRole('dialog');
  const toast = (words: string): Locator => page.locator('.toast').filter({ hasText: words });
  const button = (key: MessageKey): Locator => part().getByRole('button', { name: t(key), exact: true });
  const choose = (file: string): Promise<void> => part().getByLabel(t('trust.add')).setInputFiles(file);
  const kept = async (): Promise<readonly string[]> => (await o.ask('commune-clerk', 'trust.read', {})).certificates.filter(({ origin }) => origin !== 'practice').map(({ commonName, origin }) => `${commonName} ${origin}`);
  /** The list of the practice's server, from now on. */
  const publish = (version: number, entries: Parameters<typeof writeFolder>[2]): void => {
    const dir = writeFolder(pki, `list-${version}`, entries);
    const manifest = JSON.parse(readFileSync(`${dir}/trust.json`, 'utf8')) as TrustManifest;
    writeFileSync(`${dir}/trust.json`, JSON.stringify({ ...manifest, version }));
    rmSync(o.trustDir, { recursive: true, force: true });
    cpSync(dir, o.trustDir, { recursive: true });
  };

  test('every authority is shown with whose word it is here on, its last day and its fingerprint in groups, to be copied', async () => {
    const { certificates } = await o.ask('commune-clerk', 'trust.read', {});
    assert.deepEqual(certificates.map(({ role, origin }) => [role, origin]), [['anchor', 'practice'], ['intermediate', 'practice']]);
    const root = card('Gốc Văn Thư LUYỆN TẬP – không có giá trị pháp lý');
    await root.getByText(t('trust.origin.practice')).waitFor();
    await root.getByText(/^Dùng đến \d\d\/\d\d\/\d{4}$/).waitFor();
    const fingerprint = new X509Certificate(o.rootPem).fingerprint256.replaceAll(':', '');
    assert.equal(await root.locator('code').textContent(), fingerprint);
    assert.equal(await root.locator('code span').count(), 16);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await root.getByRole('button', { name: t('trust.copy') }).click();
    await toast('Đã chép dấu vân tay').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), (fingerprint.match(/.{4}/g) ?? []).join(' '));
    // what is not the administrator's own stays
    assert.equal(await button('trust.remove').count(), 0);
  });

  test('a file is looked at first: what each certificate is, why one cannot be taken, and nothing is trusted before somebody says that it was compared', async () => {
    await choose(pki.path('nhieu.pem'));
    await dialog().getByRole('checkbox', { name: 'root2' }).waitFor();
    assert.ok(await dialog().getByRole('checkbox', { name: 'issuing' }).isChecked());
    assert.equal(await dialog().getByRole('checkbox', { name: 'can-bo' }).count(), 0);
    await dialog().getByText(t('trust.fault.not-ca')).waitFor();
    assert.ok((await dialog().locator('code').allTextContents()).includes(grouped(pki.root2)));
    await assertNoAxeViolations(page, 'a file of certificates');
    assert.deepEqual(await clippedText(page), []);
    await dialog().getByRole('button', { name: t('trust.addConfirm') }).click();
    await dialog().getByRole('alert').filter({ hasText: t('trust.comparedNeeded') }).waitFor();
    assert.deepEqual(await kept(), []);
    await dialog().getByRole('button', { name: t('action.cancel') }).click();
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(await kept(), []);
  });

  test('what was compared is taken, is told, and can be taken back at once', async () => {
    await choose(pki.path('nhieu.pem'));
    await dialog().getByText(t('trust.compared')).click();
    await dialog().getByRole('button', { name: t('trust.addConfirm') }).click();
    await dialog().waitFor({ state: 'detached' });
    await card('root2').getByText(t('trust.origin.administrator')).waitFor();
    assert.deepEqual(await kept(), ['root2 administrator', 'issuing administrator']);
    await toast(t('trust.added', { count: 2 })).getByRole('button', { name: /^Hoàn tác/ }).click();
    await card('root2').waitFor({ state: 'detached' });
    await card('issuing').waitFor({ state: 'detached' });
    assert.deepEqual(await kept(), []);
  });

  test('by the keyboard alone: only what helps on the way, then the root, then the root away again', async () => {
    const keys = keysOf(page);
    await choose(pki.path('nhieu.pem'));
    await keys.tabTo(dialog().getByRole('checkbox', { name: 'root2' }));
    await keys.press('Space');
    // without a root there is nothing to compare
    await dialog().getByText(t('trust.compared')).waitFor({ state: 'detached' });
    await keys.tabTo(dialog().getByRole('button', { name: t('trust.addConfirm') }));
    await keys.press('Enter');
    await card('issuing').waitFor();

    await choose(pki.path('nhieu.pem'));
    await dialog().getByText(t('trust.known')).waitFor();
    await keys.tabTo(dialog().getByRole('checkbox', { name: t('trust.compared') }));
    await keys.press('Space');
    await keys.tabTo(dialog().getByRole('button', { name: t('trust.addConfirm') }));
    await keys.press('Enter');
    await card('root2').waitFor();
    assert.deepEqual(await kept(), ['root2 administrator', 'issuing administrator']);

    await keys.tabTo(card('root2').getByRole('button', { name: t('trust.remove') }));
    await keys.press('Enter');
    await dialog().getByText(t('trust.removeHelp.anchor', { verdict: unjudged })).waitFor();
    await keys.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await card('root2').count(), 1);
    await keys.press('Enter');
    await keys.tabTo(dialog().getByRole('button', { name: t('trust.remove') }));
    await keys.press('Enter');
    await card('root2').waitFor({ state: 'detached' });
    await toast(t('trust.removed', { name: 'root2' })).waitFor();
    assert.deepEqual(await kept(), ['issuing administrator']);
  });

  test('a file without a certificate says so beside the button', async () => {
    await choose(pki.path('root.key'));
    await part().getByRole('alert').filter({ hasText: 'không có chứng thư số nào đọc được' }).waitFor();
    await choose(pki.path('can-bo.pem'));
    await dialog().getByText(t('trust.addNothing')).waitFor();
    assert.equal(await dialog().getByRole('button', { name: t('trust.addConfirm') }).count(), 0);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await part().getByRole('alert').count(), 0);
  });

  test('the server is asked: it has no list, then one, with what ends soon marked; what it changed is told wherever one is, and written down', async () => {
    await button('trust.ask').click();
    await toast(t('trust.asked')).waitFor();
    await part().getByText(t('trust.serverNone')).waitFor();

    publish(4, [{ file: 'a.pem', role: 'anchor', der: pki.root }, { file: 'b.pem', role: 'anchor', der: soon }]);
    await button('trust.ask').click();
    await toast(t('trust.notice')).waitFor();
    await part().getByText(/^Máy chủ tỉnh đã gửi danh sách số 4/).waitFor();
    await part().getByText(t('trust.unsigned')).waitFor();
    await card('Nơi cấp sắp hết hạn').getByText(/^Còn 4[45] ngày, đến /).waitFor();
    await card('root').getByText(t('trust.origin.server')).waitFor();
    assert.equal(await card('root').getByRole('button', { name: t('trust.remove') }).count(), 0);
    await part().getByText(/^Những lần thay đổi gần đây/).click();
    await part().getByText(/: thêm “root” \(Máy chủ tỉnh gửi\)$/).waitFor();
    await assertNoAxeViolations(page, 'the list of trust');
    assert.deepEqual(await clippedText(page), []);

    await openFolder(page, 'Văn bản đến');
    publish(5, [{ file: 'a.pem', role: 'anchor', der: pki.root }]);
    await o.ask('commune-clerk', 'trust.update', {});
    await toast(t('trust.notice')).getByRole('button', { name: t('trust.noticeOpen') }).last().click();
    // the list itself, not the top of the settings
    const heading = part().getByRole('heading', { level: 2 });
    await page.waitForFunction((element) => document.activeElement === element, await heading.elementHandle());
    const box = await heading.boundingBox();
    assert.ok(box && box.y > 0 && box.y < 300, JSON.stringify(box));
    await card('root').waitFor();
    assert.equal(await card('Nơi cấp sắp hết hạn').count(), 0);
  });

  test('a list with a number that went back is not served, and without a line the question says so; what is there stays', async () => {
    const before = await kept();
    publish(3, []);
    await button('trust.ask').click();
    await toast(t('trust.asked')).waitFor();
    assert.deepEqual(await kept(), before);
    await page.getByRole('group', { name: 'Chọn bàn làm việc' }).waitFor();
    await page.getByRole('button', { name: 'Cắt mạng' }).click();
    await button('trust.ask').click();
    await part().getByRole('alert').filter({ hasText: 'Chưa có mạng' }).waitFor();
    await page.getByRole('button', { name: 'Nối mạng' }).click();
    assert.deepEqual(await kept(), before);
  });

  test('an office may keep its own list: it is asked what leaves, the server’s leaves, and comes back when it is listened to again', async () => {
    await part().getByText(t('trust.follow')).click();
    await dialog().getByText(t('trust.stopHelp', { count: 1, verdict: unjudged })).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.ok(await part().getByRole('switch', { name: t('trust.follow') }).isChecked());
    await part().getByText(t('trust.follow')).click();
    await dialog().getByRole('button', { name: t('trust.stop') }).click();
    await part().getByText(t('trust.serverOff')).waitFor();
    await card('root').waitFor({ state: 'detached' });
    assert.ok(await button('trust.ask').isDisabled());
    assert.deepEqual(await kept(), ['issuing administrator']);
    await part().getByText(t('trust.follow')).click();
    await card('root').waitFor();
    assert.deepEqual(await kept(), ['root server', 'issuing administrator']);
  });

  test('who is no administrator sees the same list and may not change it', async () => {
    await sitAt(page, 'commune-leader');
    await openFolder(page, 'Cài đặt');
    await part().getByText(t('trust.readOnly')).waitFor();
    assert.equal(await part().getByLabel(t('trust.add')).count(), 0);
    assert.ok(await part().getByRole('switch', { name: t('trust.follow') }).isDisabled());
    assert.ok(await button('trust.ask').isEnabled());
    await assert.rejects(o.ask('commune-leader', 'trust.add', { file: { name: 'a.pem', bytes: pki.pem('root2') }, thumbprints: [sha256(pki.root2)] }), /may not/);
    await assert.rejects(o.ask('commune-leader', 'trust.follow', { followServer: false }), /may not/);
  });

  test('nothing went wrong in the page', () => assert.deepEqual(pageErrors, []));
});

test('an office without any root is told what that means for every signature, and what to do', async () => {
  const province = await openProvince();
  const d = await openDoorway();
  try {
    const { page } = d;
    await page.getByRole('textbox', { name: 'Địa chỉ máy chủ của tỉnh' }).fill(province.line.url);
    await page.getByRole('textbox', { name: 'Tên đăng nhập' }).fill(userOf('mai'));
    await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await openFolder(page, 'Cài đặt');
    const part = page.getByRole('region', { name: t('trust.title'), exact: true });
    await part.getByText(t('trust.noneTitle')).waitFor();
    await part.getByText(t('trust.none', { verdict: unjudged })).waitFor();
    for (const key of ['trust.noneServer', 'trust.noneFile', 'trust.readOnly'] as const) await part.getByText(t(key)).waitFor();
    await part.getByText(t('trust.serverNone')).waitFor();
    await assertNoAxeViolations(page, 'no root at all');
  } finally {
    await d.close();
    await province.close();
  }
});
