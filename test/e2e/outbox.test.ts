import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { networkPill, openDocument, openFolder, press, rowOf, setLine, sitAt } from './support/screens.ts';

const arrival = 'Ban hành Quy chế tiếp nhận';

describe('what waits on this machine', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser({ holdMs: 8000 });
    page = o.page;
    page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message));
    await sitAt(page, 'commune-clerk');
  });
  after(async () => o.close());

  test('with nothing waiting both folders say that all is well', async () => {
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText('Không còn việc nào chờ').waitFor();
    await openFolder(page, 'Cần xử lý');
    await page.getByText('Mọi việc đều ổn').waitFor();
  });

  test('without a line it says since when, how many are to go by themselves, and what each of them is', async () => {
    await setLine(page, false);
    await networkPill(page).getByText(/Ngoại tuyến/).waitFor();
    await openDocument(page, 'Văn bản đến', arrival);
    await press(page, 'Vào sổ');
    await page.getByText(/418/).first().waitFor();
    await press(page, 'Trình lãnh đạo');
    await page.getByRole('button', { name: /^Soạn trả lời/ }).waitFor();
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByRole('main').getByText(/^Ngoại tuyến từ .+ — 2 việc sẽ tự gửi$/).waitFor();
    await work(page, 'Vào sổ').getByText(arrival).waitFor();
    await work(page, 'Vào sổ').getByText('Chờ gửi').waitFor();
    await work(page, 'Trình lãnh đạo').getByText(/^Làm lúc \d\d:\d\d, /).waitFor();
  });

  test('only the newest deed of a document is taken back, then the one before it, and the document is as it was', async () => {
    assert.equal(await work(page, 'Vào sổ').getByRole('button', { name: 'Rút lại' }).count(), 0);
    await work(page, 'Trình lãnh đạo').getByRole('button', { name: 'Rút lại' }).click();
    await page.getByText('Đã rút lại: Trình lãnh đạo').waitFor();
    await work(page, 'Trình lãnh đạo').waitFor({ state: 'detached' });
    await work(page, 'Vào sổ').getByRole('button', { name: 'Rút lại' }).click();
    await page.getByText('Không còn việc nào chờ').waitFor();
    const { rows } = await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: 'quy che tiep nhan', offset: 0, limit: 5 });
    assert.deepEqual(rows.map(({ document }) => [document.stage, document.arrival]), [['arrived', null]]);
  });

  test('a work leads to its document, and leaves the list by itself when the line is back', async () => {
    await openDocument(page, 'Văn bản đến', arrival);
    await press(page, 'Vào sổ');
    await page.getByText(/418/).first().waitFor();
    await openFolder(page, 'Hộp chờ gửi');
    await work(page, 'Vào sổ').getByRole('button', { name: 'Mở văn bản' }).click();
    await rowOf(page, arrival).and(page.locator('[aria-selected="true"]')).waitFor();
    await openFolder(page, 'Hộp chờ gửi');
    await work(page, 'Vào sổ').waitFor();
    await setLine(page, true);
    await page.getByText('Không còn việc nào chờ').waitFor();
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});

function work(page: Page, what: string): Locator {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: new RegExp(`^${what}`) });
}
