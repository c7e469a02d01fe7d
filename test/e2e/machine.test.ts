import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertNoAxeViolations } from './support/axe.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, sitAt } from './support/screens.ts';

describe('this machine, looked at among the settings', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const part = (): Locator => page.getByRole('region', { name: 'Kiểm tra máy này', exact: true });

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await sitAt(page, 'commune-clerk');
    await openFolder(page, 'Cài đặt');
  });
  after(() => o.close());

  test('each finding says how it stands in a word, and what to do', async () => {
    await part().getByRole('button', { name: 'Kiểm tra ngay' }).click();
    const found = part().getByRole('list', { name: 'Kết quả kiểm tra máy' }).getByRole('listitem');
    await found.first().waitFor();
    const words = await found.allTextContents();
    assert.equal(words.length, 10);
    assert.ok(words.some((one) => one.startsWith('Tốt. Máy chủ')) && words.some((one) => one.startsWith('Tốt. Chứng thư số còn hạn')), words.join('\n'));
    await assertNoAxeViolations(page, 'the machine’s findings');
  });

  test('what goes to whoever helps is read before it is saved, by keyboard alone', async () => {
    await part().getByRole('button', { name: 'Thông tin gửi người hỗ trợ…' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Thông tin gửi người hỗ trợ' });
    const text = (await dialog.locator('pre').textContent()) ?? '';
    assert.ok(text.includes('"facts"') && !text.includes('Trần Thị Mai'));
    await assertNoAxeViolations(page, 'what goes to whoever helps');
    const save = dialog.getByRole('button', { name: 'Lưu tệp' });
    await save.focus();
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    assert.equal(readFileSync(await download.path(), 'utf8'), text);
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual(pageErrors, []);
  });
});
