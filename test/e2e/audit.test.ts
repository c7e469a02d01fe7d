import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { verifyAudit } from '../../src-main/features/audit/chain.ts';
import { translate } from '../../src-renderer/i18n/translate.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, sitAt } from './support/screens.ts';

describe('the desk’s audit among the settings', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const part = (): Locator => page.getByRole('region', { name: translate('vi', 'audit.title'), exact: true });

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await o.ask('commune-clerk', 'signing.setPolicy', await o.ask('commune-clerk', 'signing.policy', {}));
    await sitAt(page, 'commune-clerk');
    await openFolder(page, 'Cài đặt');
  });
  after(() => o.close());

  test('the newest deed stands first, with who did it and when', async () => {
    const rows = part().getByRole('row');
    await rows.nth(1).waitFor();
    assert.match((await rows.nth(1).textContent()) ?? '', /Đổi cách ký của cơ quan.*Trần Thị Mai/);
    assert.match((await part().getByRole('row').last().textContent()) ?? '', /Mở bàn làm việc/);
  });

  test('one button says that it is whole and what to write down; the file that is carried away is judged the same', async () => {
    await part().getByRole('button', { name: 'Kiểm tra nhật ký' }).click();
    const verdict = part().getByRole('status').filter({ hasText: 'Nhật ký nguyên vẹn' });
    await verdict.waitFor();
    const head = /(\d+):([0-9a-f]{64})/.exec((await verdict.textContent()) ?? '');
    assert.ok(head !== null);
    const [download] = await Promise.all([page.waitForEvent('download'), part().getByRole('button', { name: 'Lưu nhật ký ra tệp' }).click()]);
    assert.match(download.suggestedFilename(), /^nhat-ky-kiem-tra-\d{4}-\d\d-\d\d\.jsonl$/);
    const verdictOfFile = verifyAudit(readFileSync(await download.path(), 'utf8').split('\n'), [{ seq: Number(head[1]), hash: head[2] ?? '' }]);
    assert.deepEqual(verdictOfFile.faults, []);
    assert.equal(verdictOfFile.head?.seq, Number(head[1]));
  });

  test('whoever has no mouse, or cannot see it, can use it', async () => {
    await part().getByRole('button', { name: 'Kiểm tra nhật ký' }).focus();
    await page.keyboard.press('Tab');
    assert.equal(await part().getByRole('button', { name: 'Lưu nhật ký ra tệp' }).evaluate((button) => button === document.activeElement), true);
    await assertNoAxeViolations(page, 'the desk’s audit');
    assert.deepEqual(pageErrors, []);
  });
});
