import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import type { PlacementTemplate } from '../../src-shared/contract/signing.ts';
import { translate, type MessageKey, type Params } from '../../src-renderer/i18n/translate.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { assertFocusIsSeen, keysOf } from './support/keys.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, sitAt } from './support/screens.ts';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const signature = file('../fixtures/images/chu-ky-lanh-dao.png');
const seal = file('../fixtures/images/con-dau-do.png');
const letter = file('../fixtures/pdf/cong-van-xa.pdf');
/** Names of things as the screen says them today. */
const t = (key: MessageKey, params?: Params): string => translate('vi', key, params);

const template: PlacementTemplate = { id: 'mau-1', name: 'Công văn một trang', of: 'signature', kind: 'cong-van', from: 'last', page: 1, rect: { x: 120, y: 240, width: 40, height: 17.6 } };

type Of = 'signature' | 'seal';

describe('the office’s images and kept places', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await o.ask('commune-clerk', 'templates.save', { template });
    await sitAt(page, 'commune-clerk');
    await openFolder(page, 'Cài đặt');
    await image('signature').waitFor();
  });
  after(() => o.close());

  const part = (of: Of): Locator => page.getByRole('region', { name: t(`settings.image.${of}`), exact: true });
  const image = (of: Of): Locator => part(of).getByRole('img', { name: t(`settings.image.${of}`), exact: true });
  const toast = (words: string | RegExp): Locator => page.locator('.toast').filter({ hasText: words });
  const widthOf = (of: Of): Locator => part(of).getByRole('textbox', { name: t(of === 'signature' ? 'place.width' : 'settings.diameterMm') });
  const bytesOf = async (of: Of): Promise<Buffer> => Buffer.from((await o.ask('commune-clerk', 'signing.images', {}))[of]?.bytes ?? []);

  test('a seal that is chosen is shown in its real size and is the one on file; undoing gives the earlier one back', async () => {
    const before = await bytesOf('seal');
    await part('seal').getByLabel(t('settings.chooseImage')).setInputFiles(signature);
    await useIt();
    await toast(t('settings.kept.seal')).waitFor();
    assert.deepEqual(await bytesOf('seal'), readFileSync(signature));
    // 36 mm at 96 px to the inch
    const shown = await image('seal').boundingBox();
    assert.ok(shown && Math.abs(shown.width - (36 / 25.4) * 96) <= 1, JSON.stringify(shown));
    await toast(t('settings.kept.seal')).getByRole('button', { name: /^Hoàn tác/ }).click();
    await waitForBytes('seal', before);
  });

  async function waitForBytes(of: Of, wanted: Buffer): Promise<void> {
    for (let asked = 0; asked < 500; asked++) if ((await bytesOf(of)).equals(wanted)) return;
    assert.fail(`the ${of} on file is not the one that was meant`);
  }

  /** What was chosen is looked at first, and then put on file. */
  async function useIt(): Promise<void> {
    await page.getByRole('dialog').getByRole('button', { name: t('image.keep') }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  test('a file that is no image says so beside it, one that is chosen and not used changes nothing, and one that is used is on file', async () => {
    const before = await bytesOf('signature');
    const choose = part('signature').getByLabel(t('settings.chooseImage'));
    await choose.setInputFiles(letter);
    await part('signature').getByRole('alert').filter({ hasText: t('image.unreadable') }).waitFor();
    await choose.setInputFiles(seal);
    await page.getByRole('dialog').getByRole('button', { name: t('action.cancel') }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.deepEqual(await bytesOf('signature'), before);
    await choose.setInputFiles(seal);
    await useIt();
    await toast(t('settings.kept.signature')).waitFor();
    assert.equal(await part('signature').getByRole('alert').count(), 0);
  });

  test('a width that no hand could mean is told beside its field; a good one is used', async () => {
    await widthOf('signature').fill('300');
    await part('signature').getByText(t('settings.widthFault')).waitFor();
    assert.equal(await part('signature').getByRole('button', { name: t('settings.setWidth') }).count(), 0);
    await widthOf('signature').fill('45,5');
    await part('signature').getByText(t('settings.widthFault')).waitFor({ state: 'detached' });
    await part('signature').getByRole('button', { name: t('settings.setWidth') }).click();
    await part('signature').getByRole('button', { name: t('settings.setWidth') }).waitFor({ state: 'detached' });
    assert.equal((await o.ask('commune-clerk', 'signing.images', {})).signature?.widthMm, 45.5);
    // the field shows what is on file once that has been read again
    await page.waitForFunction((field) => field instanceof HTMLInputElement && field.value === '45,5', await widthOf('signature').elementHandle());
  });

  test('an image that is taken off gives way to the office’s, and comes back', async () => {
    const own = await bytesOf('signature');
    await part('signature').getByRole('button', { name: t('settings.removeImage') }).click();
    await toast(t('settings.officeImage')).getByRole('button', { name: /^Hoàn tác/ }).click();
    await waitForBytes('signature', own);
    assert.equal((await o.ask('commune-clerk', 'signing.images', {})).signature?.widthMm, 45.5);
  });

  test('a kept place is renamed by Enter, an empty name is none, and one thrown away comes back', async () => {
    const names = async (): Promise<readonly string[]> => (await o.ask('commune-clerk', 'templates.list', {})).templates.map(({ name }) => name);
    const field = page.getByRole('textbox', { name: t('settings.templateName') });
    await page.getByText('Chữ ký · Công văn · trang 1 tính từ cuối').waitFor();
    await field.fill('   ');
    await field.press('Enter');
    assert.equal(await field.inputValue(), template.name);
    await field.fill('Công văn của xã');
    await page.getByRole('button', { name: t('settings.rename') }).waitFor();
    await field.press('Enter');
    await page.getByRole('button', { name: t('settings.rename') }).waitFor({ state: 'detached' });
    assert.deepEqual(await names(), ['Công văn của xã']);
    await page.getByRole('button', { name: t('place.forget') }).click();
    await toast(t('settings.templateRemoved', { name: 'Công văn của xã' })).waitFor();
    await page.getByText(t('settings.templatesNone')).waitFor();
    assert.deepEqual(await names(), []);
    await toast(t('settings.templateRemoved', { name: 'Công văn của xã' })).getByRole('button', { name: /^Hoàn tác/ }).click();
    await field.waitFor();
    assert.deepEqual(await names(), ['Công văn của xã']);
  });

  test('every setting is reached by Tab and chosen by arrows and Space, with the focus always seen', async () => {
    const keys = keysOf(page);
    const theme = page.getByRole('radiogroup', { name: t('settings.theme') });
    await keys.tabTo(theme.getByRole('radio', { checked: true }));
    await keys.press('ArrowRight');
    await assertFocusIsSeen(page);
    await keys.press('ArrowRight');
    await keys.press('Space');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    await keys.tabTo(page.getByRole('switch', { name: t('settings.singleKeys') }));
    await keys.press('Space');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[role="switch"]')?.checked === true);
    assert.equal((await o.ask('commune-clerk', 'settings.read', {})).singleKeys, true);
    await o.ask('commune-clerk', 'settings.write', { theme: 'system', singleKeys: false });
  });

  test('images, places and looks outlive the program', async () => {
    const own = await bytesOf('signature');
    await o.restart();
    await openFolder(page, 'Cài đặt');
    await page.getByRole('textbox', { name: t('settings.templateName') }).waitFor();
    assert.equal(await page.getByRole('textbox', { name: t('settings.templateName') }).inputValue(), 'Công văn của xã');
    assert.deepEqual(await bytesOf('signature'), own);
    assert.equal(await widthOf('signature').inputValue(), '45,5');
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
