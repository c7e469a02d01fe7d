import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openDoorway, type TestDoorway } from './support/door.ts';
import { lookAlone } from './support/looks.ts';
import { openFolder } from './support/screens.ts';

const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

describe('files that are opened with the program from the system', () => {
  let door: TestDoorway;
  let page: Page;
  let dir: string;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'van-thu-opened-'));
    door = await openDoorway({ open: 'practice' });
    page = door.page;
  });
  after(async () => {
    await door.close();
    await rm(dir, { recursive: true });
  });

  const notice = () => page.getByRole('region', { name: 'Tệp vừa mở' });
  const named = async (name: string): Promise<string> => {
    await copyFile(letter, join(dir, name));
    return join(dir, name);
  };

  test('a PDF asks what it is to become, and becomes the file of a new document of ours', async () => {
    await openFolder(page, 'Văn bản đến');
    await door.openFiles([await named('báo cáo quý.pdf')]);
    await notice().getByText('Bạn vừa mở tệp “báo cáo quý.pdf”').waitFor();
    assert.deepEqual(await lookAlone(page, 'opened file'), []);
    await notice().getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByRole('heading', { level: 1, name: 'Soạn văn bản' }).waitFor();
    await page.getByText(/báo cáo quý\.pdf — 1 trang/).waitFor();
    await notice().waitFor({ state: 'detached' });
  });

  test('one that is opened while that screen stands takes the place of the file there; the clerk may write it down as paper that came', async () => {
    await door.openFiles([await named('lần hai.pdf'), await named('bản quét.pdf')]);
    await notice().getByText('Còn 1 tệp nữa sẽ hỏi sau tệp này.').waitFor();
    await notice().getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByText(/lần hai\.pdf — 1 trang/).waitFor();
    await notice().getByText('Bạn vừa mở tệp “bản quét.pdf”').waitFor();
    await notice().getByRole('button', { name: 'Nhận văn bản giấy' }).click();
    await page.getByText(/bản quét\.pdf — 1 trang/).waitFor();
  });

  test('a file that has changed since says so and nothing is taken; it can be let go', async () => {
    await openFolder(page, 'Văn bản đến');
    const path = await named('đã đổi.pdf');
    await door.openFiles([path]);
    await notice().waitFor();
    await truncate(path, 100);
    await notice().getByRole('button', { name: 'Soạn văn bản' }).click();
    await page.getByRole('alert').getByText(/đã đổi\.pdf đã bị chuyển chỗ/).waitFor();
    await notice().getByRole('button', { name: 'Thôi' }).click();
    await notice().waitFor({ state: 'detached' });
  });
});
