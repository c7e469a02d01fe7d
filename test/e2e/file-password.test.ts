import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { arrive } from './support/arrive.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, pinOf, press, setLine } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const letter = fileURLToPath(new URL('../fixtures/pdf/giay-moi.pdf', import.meta.url));
const password = 'Mật khẩu 2026';
const clerk = 'commune-clerk';
const title = 'Giấy mời có mật khẩu';
let id: DocumentId;

describe('a file with a password', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    const bytes = await lockedLetter();
    await o.restart(async (storeOf, serverDir) => {
      id = await arrive(storeOf(clerk), serverDir, title, bytes);
    });
    // what is done with it stays here
    await setLine(page, false);
  });
  after(async () => { await o.close(); });

  /** Such a file comes from elsewhere alone: our own drafts are refused with a password. */
  async function lockedLetter(): Promise<Buffer> {
    const dir = await mkdtemp(join(tmpdir(), 'van-thu-locked-'));
    try {
      const locked = join(dir, 'locked.pdf');
      execFileSync('qpdf', ['--password-mode=unicode', '--encrypt', password, 'owner', '256', '--', letter, locked]);
      return await readFile(locked);
    } finally {
      await rm(dir, { recursive: true });
    }
  }

  const prompt = (): Locator => page.getByRole('region', { name: 'Tệp này có mật khẩu' });
  const field = (): Locator => prompt().getByLabel('Mật khẩu của tệp');

  test('the viewer asks for it, and offers to save the file as it is', async () => {
    await openDocument(page, 'Văn bản đến', title);
    await prompt().waitFor();
    await page.getByRole('button', { name: 'Lưu bản sao' }).waitFor();
    assert.equal(await prompt().getByRole('button', { name: 'Mở tệp' }).isDisabled(), true);
    await assertNoAxeViolations(page, 'a locked file', { include: 'main' });
    await assertNoClippedText(page, 'a locked file', { within: 'main' });
  });

  test('a wrong one says so and is typed anew; the right one opens the pages', async () => {
    await watchFields(page);
    await quietly(page, field(), 'đường thủy');
    await field().press('Enter');
    await prompt().getByText(/Mật khẩu của tệp PDF không đúng/).waitFor();
    assert.equal(await field().inputValue(), '');
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
    await quietly(page, field(), password);
    await prompt().getByRole('button', { name: 'Mở tệp' }).click();
    await page.locator('.page[data-loaded]').first().waitFor();
    await prompt().waitFor({ state: 'detached' });
  });

  test('it is asked once: after another document it opens by itself', async () => {
    await openDocument(page, 'Văn bản đến', 'Tập huấn ký số');
    await page.locator('.page[data-loaded]').first().waitFor();
    await openDocument(page, 'Văn bản đến', title);
    await page.locator('.page[data-loaded]').first().waitFor();
    assert.equal(await prompt().count(), 0);
  });

  test('then it is stamped like any other, and the signed file opens by itself too', async () => {
    await press(page, 'Vào sổ');
    await press(page, 'Đóng dấu đến');
    await page.getByText('Tệp có mật khẩu; ký xong tệp vẫn khóa bằng mật khẩu ấy.').waitFor();
    await page.locator('.preview-layer[data-ready]').waitFor();
    await press(page, 'Ký và đóng dấu đến');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Mã PIN').fill(pinOf(clerk));
    await dialog.getByRole('button', { name: 'Ký và đóng dấu đến' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Xử lý' }).getByText('Đóng dấu đến').waitFor();
    await page.locator('.page[data-loaded]').first().waitFor();
    assert.equal(await prompt().count(), 0);
    assert.equal((await o.ask(clerk, 'signing.inspect', { id })).signatures, 1);
  });

  test('the password is nowhere kept: after a restart it is asked again', async () => {
    await o.restart();
    await openDocument(page, 'Văn bản đến', title);
    await prompt().waitFor();
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
