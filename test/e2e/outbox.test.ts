import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { clippedText } from './support/clipped.ts';
import { watchErrors } from './support/page-errors.ts';
import { networkPill, openDocument, openFolder, press, rowOf, setLine, sitAt } from './support/screens.ts';

const arrival = 'Ban hành Quy chế tiếp nhận';

describe('what waits on this machine', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser({ holdMs: 8000 });
    page = o.page;
    watchErrors(page, pageErrors);
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

  test('hundreds of works come fifty at a time, and the focus goes on where the next begin', async () => {
    await setLine(page, false);
    const { rows } = await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: 'quy che tiep nhan', offset: 0, limit: 1 });
    const content = rows[0]?.document.content;
    assert.ok(content);
    for (let number = 1; number <= 120; number++) {
      await o.ask('commune-clerk', 'documents.draft', { title: `Báo cáo số ${number}`, kind: 'bao-cao', notation: 'BC-UBND', urgency: 'normal', content, recipients: [], inReplyTo: null });
    }
    await page.getByRole('main').getByText(/— 120 việc sẽ tự gửi$/).waitFor();
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 50);
    await page.getByRole('button', { name: 'Xem thêm 50 việc (còn 70)' }).press('Enter');
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 100);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll('main li')].findIndex((item) => item.contains(document.activeElement))), 50);
    await page.getByRole('button', { name: 'Xem thêm 20 việc (còn 20)' }).press('Enter');
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 120);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll('main li')].findIndex((item) => item.contains(document.activeElement))), 100);
    await readable(o, page, 'works that wait');
    await setLine(page, true);
    await page.getByText('Không còn việc nào chờ').waitFor();
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});

function work(page: Page, what: string): Locator {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: new RegExp(`^${what}`) });
}

/** By axe, and with every word whole, in both languages at both ends of the size of type. */
async function readable(o: BrowserOffice, page: Page, where: string): Promise<void> {
  for (const locale of ['en', 'vi'] as const) {
    for (const textSize of [175, 100] as const) {
      await o.ask('commune-clerk', 'settings.write', { locale, textSize });
      await page.locator(`html[lang="${locale}"]`).waitFor();
      await page.waitForFunction((size) => Math.abs(parseFloat(getComputedStyle(document.documentElement).fontSize) - size) < 0.5, 16 * textSize / 100);
      await assertNoAxeViolations(page, `${where}, ${locale}, ${textSize} %`);
      assert.deepEqual(await clippedText(page, { within: 'main' }), [], `${where}, ${locale}, ${textSize} %`);
    }
  }
}
