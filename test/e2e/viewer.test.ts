import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { makePagesPdf } from '../../bench/make-pages.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { openInBrowser, type TestOffice } from './support/desk.ts';
import { openDocument, openFolder, rowOf, setLine } from './support/screens.ts';
import { draftOf, hostilePdf } from './support/viewer-documents.ts';

const fixture = (name: string): Buffer => readFileSync(fileURLToPath(new URL(`../fixtures/pdf/${name}`, import.meta.url)));

describe('the viewer', () => {
  let o: TestOffice;
  let page: Page;
  let pages: Locator;
  let folder = '';
  let canary: Server;
  const came: string[] = [];
  const left: string[] = [];
  const thrown: string[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'van-thu-viewer-'));
    canary = createServer((request, response) => {
      came.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    makePagesPdf(join(folder, 'pages.pdf'));
    makePagesPdf(join(folder, 'book.pdf'), 10_000);
    o = await openInBrowser();
    page = o.page;
    page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(page.url()).host && /^(https?|ftp|file):/.test(request.url())) left.push(request.url());
    });
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    // What is read here is here: nothing of it goes to the server in the meantime.
    await setLine(page, false);
    pages = page.getByRole('group', { name: /^Các trang, tất cả/ });
    await draftOf(o, 'Tài liệu trăm trang', 'tram-trang.pdf', readFileSync(join(folder, 'pages.pdf')));
    await draftOf(o, 'Sách mười nghìn trang', 'sach.pdf', readFileSync(join(folder, 'book.pdf')));
    await draftOf(o, 'Quyết định dò chữ', 'quyet-dinh.pdf', fixture('quyet-dinh.pdf'));
    await draftOf(o, 'Văn bản có bẫy', 'bay.pdf', hostilePdf(`http://127.0.0.1:${(canary.address() as AddressInfo).port}`));
  });
  after(async () => {
    canary.closeAllConnections();
    canary.close();
    rmSync(folder, { recursive: true });
    await o.close();
  });

  async function read(title: string): Promise<void> {
    await openFolder(page, 'Văn bản đi');
    await rowOf(page, title).click();
    await pages.locator('.page[data-loaded]').first().waitFor();
  }
  const field = (): Locator => page.getByRole('textbox', { name: /^Đến trang/ });
  const tool = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const onPage = (number: number): Promise<void> => page.waitForFunction((wanted) => document.querySelector<HTMLInputElement>('.page-input')?.value === wanted, String(number)).then(() => undefined);

  test('a hundred pages open on the first; only the near ones are drawn, however far one goes', async () => {
    await read('Tài liệu trăm trang');
    assert.equal(await pages.locator('.page').count(), 100);
    await page.getByText('/ 100').waitFor();
    for (const number of [20, 40, 60, 80, 100]) {
      await field().fill(String(number));
      await field().press('Enter');
      await onPage(number);
      await page.getByRole('region', { name: `Trang ${number}`, exact: true }).locator('canvas').waitFor();
    }
    assert.ok((await pages.locator('canvas').count()) <= 12, 'canvases are kept for near pages only');
  });

  test('a page number past the end goes to the last page, and nonsense goes nowhere', async () => {
    await field().fill('7');
    await field().press('Enter');
    await onPage(7);
    await field().fill('999');
    await field().press('Enter');
    await onPage(100);
    await field().fill('abc');
    await field().press('Enter');
    await onPage(100);
  });

  test('the pages are walked by the keyboard alone', async () => {
    await pages.focus();
    await page.keyboard.press('Home');
    await onPage(1);
    const at = (): Promise<number> => pages.evaluate((box) => box.scrollTop);
    for (const key of ['PageDown', 'Space', 'ArrowDown']) {
      const before = await at();
      await page.keyboard.press(key);
      await page.waitForFunction((top) => (document.querySelector('.viewer-pages')?.scrollTop ?? 0) > top, before);
    }
    await page.keyboard.press('End');
    await onPage(100);
    await page.keyboard.press('Home');
    await onPage(1);
  });

  test('the page grows and shrinks by button, chord, wheel and menu, and turns on the screen only', async () => {
    const size = page.getByRole('button', { name: /^Cỡ trang/ });
    const percent = async (): Promise<number> => Number.parseInt((await size.textContent()) ?? '', 10);
    const changed = (was: number): Promise<void> => page.waitForFunction((old) => Number.parseInt(document.querySelector('.zoom-button')?.textContent ?? '', 10) !== old, was).then(() => undefined);
    const start = await percent();
    await tool('Phóng to').click();
    await changed(start);
    const larger = await percent();
    assert.ok(larger > start);
    await pages.focus();
    await page.keyboard.press('Control+-');
    await changed(larger);
    assert.ok((await percent()) < larger);
    const now = await percent();
    await pages.hover();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await changed(now);
    assert.ok((await percent()) > now);
    await size.click();
    await page.getByRole('menuitem', { name: 'Vừa cả trang' }).click();
    await page.waitForFunction(() => {
      const [box, sheet] = [document.querySelector('.viewer-pages'), document.querySelector('.page')];
      return box && sheet && sheet.clientHeight <= box.clientHeight;
    });
    await size.click();
    await page.getByRole('menuitem', { name: /^Xoay trang/ }).click();
    await page.waitForFunction(() => {
      const sheet = document.querySelector('.page');
      return sheet && sheet.clientWidth > sheet.clientHeight;
    });
    for (let times = 0; times < 3; times++) {
      await size.click();
      await page.getByRole('menuitem', { name: /^Xoay trang/ }).click();
    }
    await pages.focus();
    await page.keyboard.press('Control+0');
  });

  test('small pages and headings lead to their places', async () => {
    await tool('Trang nhỏ và mục lục').click();
    const small = page.getByRole('listbox', { name: 'Trang' });
    await small.getByRole('option', { name: 'Trang 3', exact: true }).click();
    await onPage(3);
    assert.ok((await small.getByRole('option').count()) < 20, 'only the small pages on the screen exist');
    await small.focus();
    await page.keyboard.press('ArrowDown');
    await onPage(4);
    await page.getByRole('button', { name: 'Mục lục', exact: true }).click();
    await page.getByRole('button', { name: 'Chuong 5', exact: true }).click();
    await onPage(41);
    await assertNoAxeViolations(page, 'the viewer with its headings', { include: 'main' });
    await tool('Trang nhỏ và mục lục').click();
  });

  test('a word that stands on one late page is found while no page near it was ever drawn', async () => {
    await pages.focus();
    await page.keyboard.press('Control+f');
    const words = page.getByRole('textbox', { name: 'Tìm chữ, không cần dấu' });
    await words.fill('trang97x');
    await page.getByText('1/1', { exact: true }).waitFor();
    await onPage(97);
    await page.locator('.highlight.selected').waitFor();
    await words.press('Escape');
    await words.waitFor({ state: 'detached' });
    assert.equal(await pages.evaluate((box) => box === document.activeElement), true, 'the focus goes back to the pages');
  });

  test('words are found without their marks, counted, and walked through, in a file that writes its letters out of order', async () => {
    await read('Quyết định dò chữ');
    await tool('Tìm trong văn bản').click();
    const words = page.getByRole('textbox', { name: 'Tìm chữ, không cần dấu' });
    const count = page.locator('.find-count');
    await words.fill('van ban dien tu den');
    await count.getByText(/^1\/\d+$/).waitFor();
    const plain = await count.textContent();
    assert.ok(Number(plain?.split('/')[1]) > 5);
    await words.press('Enter');
    await count.getByText(/^2\//).waitFor();
    await words.press('F3');
    await count.getByText(/^3\//).waitFor();
    await words.press('Shift+F3');
    await count.getByText(/^2\//).waitFor();
    await words.fill('Văn bản điện tử đến');
    await count.getByText(plain ?? '', { exact: true }).waitFor();
    await words.fill('không có chữ này đâu');
    await count.getByText('Không thấy').waitFor();
    await assertNoAxeViolations(page, 'the viewer while searching', { include: 'main' });
    await words.press('Escape');
  });

  test('text is selected and copied in the order in which it is seen', async () => {
    await field().fill('1');
    await field().press('Enter');
    const chosen = await pages.locator('.page[data-page-number="1"] .textLayer').evaluate((layer) => {
      const range = document.createRange();
      range.selectNodeContents(layer);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
      return getSelection()?.toString() ?? '';
    });
    assert.match(chosen, /CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/);
    assert.match(chosen, /Ban hành Quy chế tiếp nhận, xử lý, phát hành và quản lý văn bản điện tử/);
  });

  test('printing draws every page for paper, the desk left out, and leaves nothing behind', async () => {
    await page.evaluate(() => {
      // The browser's print window cannot be opened here: what it would be given is kept for a look.
      window.print = () => {
        const frames = [...document.querySelectorAll('#print-pages .print-page img')] as HTMLImageElement[];
        Object.assign(window, { printed: { pages: frames.length, dots: frames.map((image) => image.naturalWidth), printing: document.body.classList.contains('printing') } });
      };
    });
    await pages.focus();
    await page.keyboard.press('Control+p');
    await page.waitForFunction(() => 'printed' in window);
    const printed = await page.evaluate(() => (window as unknown as { readonly printed: { readonly pages: number; readonly dots: readonly number[]; readonly printing: boolean } }).printed);
    assert.equal(printed.pages, Number((await page.locator('.page-total').textContent())?.replace(/\D/g, '')));
    assert.ok(printed.dots.every((dots) => dots >= 1600), '200 dots an inch on A4');
    assert.equal(printed.printing, true);
    await page.waitForFunction(() => !document.querySelector('#print-pages') && !document.body.classList.contains('printing'));
  });

  test('on paper each page of the document is one sheet of its own size', async () => {
    const sheets = page.evaluate(() => new Promise<void>((resolve) => {
      window.print = () => {
        const copy = document.querySelector('#print-pages')?.cloneNode(true) as HTMLElement;
        // Kept after the viewer has cleaned up, with pictures of their own.
        for (const image of copy.querySelectorAll('img')) image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
        Object.assign(window, { kept: { copy, sheets: [...document.adoptedStyleSheets] } });
        resolve();
      };
    }));
    await tool('In').click();
    await sheets;
    await page.waitForFunction(() => !document.body.classList.contains('printing'));
    await page.evaluate(() => {
      const { kept } = window as unknown as { readonly kept: { readonly copy: HTMLElement; readonly sheets: CSSStyleSheet[] } };
      document.adoptedStyleSheets = kept.sheets;
      document.body.append(kept.copy);
      document.body.classList.add('printing');
    });
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const wanted = Number((await page.locator('.page-total').textContent())?.replace(/\D/g, ''));
    assert.equal(paper.match(/\/Type\s*\/Page\b(?!s)/g)?.length, wanted);
    assert.match(paper, /\/MediaBox\s*\[0 0 59[4-6][.\d]* 84[1-3]/);
    await page.evaluate(() => {
      document.querySelector('#print-pages')?.remove();
      document.adoptedStyleSheets = [];
      document.body.classList.remove('printing');
    });
  });

  test('a saved copy is the file itself, byte for byte, under its own name', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), tool('Lưu bản sao').click()]);
    assert.equal(download.suggestedFilename(), 'quyet-dinh.pdf');
    assert.ok(readFileSync(await download.path()).equals(fixture('quyet-dinh.pdf')));
  });

  test('a document full of traps does nothing: its addresses are only told', async () => {
    await read('Văn bản có bẫy');
    const link = page.getByRole('button', { name: /^http:\/\/127\.0\.0\.1:\d+\/uri\?a=1$/ });
    await link.waitFor();
    assert.equal(await pages.locator('.annotationLayer a[href^="http"], .annotationLayer input, .annotationLayer select, .annotationLayer textarea').count(), 0, 'nothing to follow, nothing to fill in');
    const address = page.url();
    await link.click();
    await page.getByRole('region', { name: 'Địa chỉ trong văn bản' }).getByText(/\/uri\?a=1$/).waitFor();
    await link.click({ button: 'middle' });
    await link.click({ modifiers: ['Control'] });
    for (const other of await pages.locator('.annotationLayer a').all()) await other.click({ force: true });
    await assertNoAxeViolations(page, 'the viewer with an address', { include: 'main' });
    await page.getByRole('region', { name: 'Địa chỉ trong văn bản' }).getByRole('button', { name: 'Đóng' }).click();
    assert.equal(page.url(), address);
    assert.equal(page.context().pages().length, 1, 'no window was opened');
    assert.deepEqual(came, [], 'nobody was called');
    assert.deepEqual(left, [], 'no request left the page');
  });

  test('ten thousand pages open, and the last is a jump away', async () => {
    await read('Sách mười nghìn trang');
    await field().fill('10000');
    await field().press('Enter');
    await onPage(10_000);
    await page.getByRole('region', { name: 'Trang 10000', exact: true }).locator('canvas').waitFor();
    assert.ok((await pages.locator('canvas').count()) <= 12);
  });

  test('each signature stands on its page with its verdict; card and mark light each other', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    const card = page.getByRole('article', { name: 'Đặng Quốc Hùng' });
    await card.getByRole('button', { name: /^Xem trên trang/ }).click();
    const mark = page.getByRole('button', { name: /^Chữ ký của Đặng Quốc Hùng: Hợp lệ/ });
    await mark.waitFor();
    assert.equal(await mark.getAttribute('aria-pressed'), 'true');
    assert.equal(await card.getAttribute('aria-current'), 'true');
    await page.waitForFunction(() => {
      const [box, lit] = [document.querySelector('.viewer-pages')?.getBoundingClientRect(), document.querySelector('.mark[aria-pressed="true"]')?.getBoundingClientRect()];
      return box && lit && lit.top >= box.top && lit.bottom <= box.bottom;
    });
    await page.getByRole('button', { name: /^Chữ ký của Văn phòng/ }).press('Enter');
    assert.equal(await page.getByRole('article', { name: /^Văn phòng/ }).getAttribute('aria-current'), 'true');
    await assertNoAxeViolations(page, 'a signed document', { include: 'main' });
    await tool('Chữ ký trên trang').click();
    await mark.waitFor({ state: 'detached' });
    await tool('Chữ ký trên trang').click();
    await mark.waitFor();
  });

  test('what lies over a page outlives its being drawn anew', async () => {
    const mark = page.getByRole('button', { name: /^Chữ ký của Đặng Quốc Hùng/ });
    await mark.focus();
    await mark.evaluate((element) => Object.assign(window, { kept: element }));
    await page.keyboard.press('Control+=');
    await page.keyboard.press('Control+=');
    await field().fill('1');
    await field().press('Enter');
    await onPage(1);
    assert.equal(await mark.evaluate((element) => element === (window as unknown as { readonly kept: Element }).kept && element.isConnected), true);
  });

  test('no screen threw while all this was done', () => {
    assert.deepEqual(thrown, []);
  });
});
