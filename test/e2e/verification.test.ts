import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { DocumentDetail } from '../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { withAddedPage, withFreeText, withOtherContent } from '../support/tampering.ts';
import { arrive } from './support/arrive.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, press, rowOf, setLine } from './support/screens.ts';
import { fieldsNotTyped, quietly, watchFields } from './support/telex-fields.ts';

const clerk = 'commune-clerk';
const good = 'Ban hành Quy chế tiếp nhận';
const amber = 'Đã thêm chữ sau khi ký';
const red = 'Nội dung bị thay sau khi ký';
const longer = 'Thêm một trang sau khi ký';
const signer = 'Đặng Quốc Hùng';

describe('signatures, as the clerk who registers sees them', () => {
  let o: BrowserOffice;
  let page: Page;
  const ids: Record<string, DocumentId> = {};
  const pageErrors: string[] = [];
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    const signed = await signedDecision();
    await o.restart(async (storeOf, serverDir) => {
      ids[amber] = await arrive(storeOf(clerk), serverDir, amber, withFreeText(withFreeText(signed), { page: 2, text: 'Them mot cau' }));
      ids[red] = await arrive(storeOf(clerk), serverDir, red, withOtherContent(signed));
      ids[longer] = await arrive(storeOf(clerk), serverDir, longer, withAddedPage(signed));
    });
    // what is done with them stays here
    await setLine(page, false);
  });
  after(async () => { await o.close(); });

  /** What the province sent, truly signed and sealed. */
  async function signedDecision(): Promise<Uint8Array> {
    const { rows: [row] } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: good, offset: 0, limit: 1 });
    assert.ok(row);
    ids[good] = row.document.id;
    const { sha256, sizeBytes } = row.document.content;
    const { bytes } = await o.ask(clerk, 'content.read', { sha256, offset: 0, length: Math.min(sizeBytes, 1024 * 1024) });
    assert.equal(bytes.length, sizeBytes);
    return bytes;
  }

  const dialog = (): Locator => page.getByRole('dialog');
  const card = (): Locator => page.getByRole('article', { name: signer });
  const reason = (): Locator => dialog().getByRole('textbox', { name: 'Lý do vào sổ' });
  const read = (title: string): Promise<DocumentDetail> => {
    const id = ids[title];
    assert.ok(id !== undefined);
    return o.ask(clerk, 'documents.read', { id });
  };
  const checkOf = async (title: string): Promise<unknown> => {
    const event = (await read(title)).history.findLast(({ type }) => type === 'registered');
    return event?.type === 'registered' ? event.check : null;
  };
  const focusIsIn = (within: Locator): Promise<boolean> => within.evaluate((element) => element.contains(document.activeElement));
  /** Where a box lies on its page, as shares of the page. */
  const shareOf = (box: Locator, of: Locator): Promise<readonly number[]> => Promise.all([box.boundingBox(), of.boundingBox()]).then(([inner, outer]) => {
    assert.ok(inner && outer);
    return [(inner.x - outer.x) / outer.width, (inner.y - outer.y) / outer.height, inner.width / outer.width, inner.height / outer.height];
  });
  /** How yellow a canvas is within shares of it (the note's own ground): 0 for white paper. */
  const yellow = (canvas: Locator, [x = 0, y = 0, width = 1, height = 1]: readonly number[]): Promise<number> => canvas.evaluate((element, at) => {
    const context = element instanceof HTMLCanvasElement ? element.getContext('2d') : null;
    if (!context) throw new Error('no canvas');
    const [across, down] = [context.canvas.width, context.canvas.height];
    const { data } = context.getImageData(Math.round(at.x * across), Math.round(at.y * down), Math.max(1, Math.round(at.width * across)), Math.max(1, Math.round(at.height * down)));
    let sum = 0;
    for (let index = 0; index < data.length; index += 4) sum += ((data[index] ?? 0) + (data[index + 1] ?? 0)) / 2 - (data[index + 2] ?? 0);
    return sum / (data.length / 4);
  }, { x, y, width, height });

  describe('beside the page', () => {
    test('a good signature is said in three lines; what was found is a fold away', async () => {
      await openDocument(page, 'Văn bản đến', good);
      await card().getByText('Hợp lệ, có bổ sung', { exact: true }).waitFor();
      assert.equal(await card().getByText('Toàn vẹn', { exact: true }).isVisible(), false);
      await card().getByText('Chi tiết', { exact: true }).click();
      for (const fact of ['Cơ quan', 'Giờ ký', 'Toàn vẹn', 'Chứng thư', 'Nơi cấp', 'Thu hồi', 'Lưu trữ', 'Sau khi ký']) await card().getByText(fact, { exact: true }).waitFor();
    });

    test('of a changed one every change stands open with its page; pressed, the place is lit on that page', async () => {
      await openDocument(page, 'Văn bản đến', amber);
      await card().getByText('Thêm nội dung sau khi ký', { exact: true }).waitFor();
      const changes = card().getByRole('list').first().getByRole('button');
      assert.equal(await changes.count(), 2);
      await changes.nth(1).click();
      const lit = page.locator('[data-page-number="2"] .lit');
      await lit.waitFor();
      const [x = 0, y = 0, width = 0] = await shareOf(lit, page.locator('[data-page-number="2"]'));
      // 180…400 of 595 points across, 470…500 of 842 from below
      for (const [is, should] of [[x, 180 / 595], [y, 342 / 842], [width, 220 / 595]] as const) assert.ok(Math.abs(is - should) < 0.02, `${is} is about ${should}`);
      await changes.nth(0).click();
      await page.locator('[data-page-number="1"] .lit').waitFor();
      assert.equal(await page.locator('.lit').count(), 1);
      await assertNoAxeViolations(page, 'a changed document', { include: 'main' });
      await assertNoClippedText(page, 'a changed document', { within: 'main' });
    });

    test('it says when it was checked, and checks again when asked to', async () => {
      const id = ids[amber];
      assert.ok(id);
      const checkedAt = async (): Promise<string | null | undefined> => (await o.ask(clerk, 'verification.report', { id })).report?.checkedAt;
      const before = await checkedAt();
      await page.getByText(/^Kiểm tra lúc \d\d:\d\d, /).waitFor();
      const again = page.getByRole('button', { name: 'Kiểm tra lại chữ ký' });
      await again.click();
      await page.getByRole('button', { name: 'Đang kiểm tra lại…' }).waitFor();
      // Everything is examined anew and every page drawn twice, on a machine that does much else
      await again.waitFor({ timeout: 60_000 });
      assert.notEqual(await checkedAt(), before);
    });

    test('while more is being asked it says so, and then by itself what could not be asked', async () => {
      // what else arrived is examined in full before or after it, on a machine that does much else
      await page.getByText('Đang hỏi tình trạng thu hồi và so hình ảnh…').waitFor({ state: 'detached', timeout: 60_000 });
      await page.getByText(/^\d+ chứng thư chưa rõ có bị thu hồi không: /).waitFor();
    });

    test('the report is saved as a file', async () => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Lưu phiếu kiểm tra' }).click();
      const file = await saved;
      assert.match(file.suggestedFilename(), /\.pdf$/);
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
      assert.equal(Buffer.concat(chunks).subarray(0, 5).toString('latin1'), '%PDF-');
    });
  });

  describe('the version that was signed', () => {
    const drawnPage = (): Locator => page.locator('.viewer [data-page-number="1"] .canvasWrapper canvas').first();
    // 180…400 of 595 points across, 470…500 of 842 from below: where the note lies
    const note = [180 / 595, 342 / 842, 220 / 595, 30 / 842] as const;

    test('is opened by the keyboard, shows less than the present one, and says that it is an earlier one', async () => {
      await openDocument(page, 'Văn bản đến', amber);
      await drawnPage().waitFor();
      await page.locator('.viewer [data-page-number="1"][data-loaded="true"]').waitFor();
      assert.ok((await yellow(drawnPage(), note)) > 20, 'the note is there now');
      const button = card().getByRole('button', { name: 'Xem bản đã ký' });
      await button.focus();
      await page.keyboard.press('Enter');
      const band = page.getByRole('region', { name: 'Đang xem bản đã ký' });
      await band.getByText(signer).waitFor();
      assert.equal(await focusIsIn(band), true);
      await page.locator('.earlier-bar ~ .viewer [data-page-number="1"][data-loaded="true"]').waitFor();
      await drawnPage().waitFor();
      assert.ok((await yellow(drawnPage(), note)) < 1, 'and was not when it was signed');
      assert.equal(await page.getByRole('group', { name: 'Việc làm được với văn bản này' }).count(), 0, 'nothing is done to an earlier version');
      await assertNoAxeViolations(page, 'the signed version', { include: 'main' });
      await assertNoClippedText(page, 'the signed version', { within: 'main' });
    });

    test('Esc brings the present one back, and the focus to where it was', async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('region', { name: 'Đang xem bản đã ký' }).waitFor({ state: 'detached' });
      await page.getByRole('group', { name: 'Việc làm được với văn bản này' }).waitFor();
      assert.equal(await card().getByRole('button', { name: 'Xem bản đã ký' }).evaluate((element) => element === document.activeElement), true);
    });
  });

  describe('both versions side by side', () => {
    const drawn = (side: 'signed' | 'now', number: number): Locator => page.locator(`.compare-${side} .compare-canvas[data-drawn="${number}"]`);
    const column = (side: 'signed' | 'now'): Locator => page.locator(`.compare-${side} .compare-pages`);

    test('the same page stands on both sides, the place outlined on each, and only the present one shows what was added', async () => {
      await openDocument(page, 'Văn bản đến', amber);
      await card().getByRole('button', { name: 'So sánh hai bản' }).focus();
      await page.keyboard.press('Enter');
      await dialog().getByRole('heading', { name: 'So sánh bản đã ký với bản hiện tại' }).waitFor();
      await drawn('signed', 1).waitFor();
      await drawn('now', 1).waitFor();
      const place = page.locator('.compare-now .spot-chosen');
      await place.waitFor();
      const at = await shareOf(place, drawn('now', 1));
      const [then, now] = [await yellow(drawn('signed', 1), at), await yellow(drawn('now', 1), at)];
      assert.ok(then < 1 && now > 20, `the note is on the present page alone: ${then} then, ${now} now`);
      const before = await shareOf(page.locator('.compare-signed .spot-chosen'), drawn('signed', 1));
      at.forEach((share, index) => assert.ok(Math.abs(share - (before[index] ?? 0)) < 0.01));
    });

    test('from change to change by the keys, with its words; the ends are ends', async () => {
      const words = dialog().getByRole('status').filter({ hasText: 'Thay đổi' });
      await words.filter({ hasText: 'Thay đổi 1/2' }).waitFor();
      assert.equal(await focusIsIn(column('now')), true);
      await page.keyboard.press('Alt+ArrowDown');
      await words.filter({ hasText: 'Thay đổi 2/2' }).waitFor();
      await drawn('now', 2).waitFor();
      await drawn('signed', 2).waitFor();
      await page.locator('.compare-rail-page[aria-current]').filter({ hasText: 'Trang 2' }).waitFor();
      assert.equal(await dialog().getByRole('button', { name: /^Thay đổi sau/ }).isDisabled(), true);
      await page.keyboard.press('Alt+ArrowUp');
      await words.filter({ hasText: 'Thay đổi 1/2' }).waitFor();
      await dialog().getByRole('button', { name: /^Thay đổi sau/ }).click();
      await words.filter({ hasText: 'Thay đổi 2/2' }).waitFor();
    });

    test('both sides scroll as one and are of one size, whichever is moved', async () => {
      const topOf = (side: 'signed' | 'now'): Promise<number> => column(side).evaluate((element) => element.scrollTop);
      for (const [leader, follower] of [['signed', 'now'], ['now', 'signed']] as const) {
        // what was scrolled last has been followed: its event comes with the next frame
        await page.evaluate(() => new Promise<void>((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); }));
        const aim = await column(leader).evaluate((element) => (element.scrollTop = element.scrollTop > 200 ? 40 : 400));
        await page.waitForFunction(([side, top]) => document.querySelector(`.compare-${side} .compare-pages`)?.scrollTop === top, [follower, aim] as const);
        assert.equal(await topOf(leader), aim);
      }
      await dialog().getByRole('button', { name: 'Trang 3' }).click();
      await drawn('signed', 3).waitFor();
      await dialog().getByRole('button', { name: 'Phóng to' }).click();
      const widthOf = async (side: 'signed' | 'now'): Promise<number | undefined> => (await page.locator(`.compare-${side} .compare-page`).first().boundingBox())?.width;
      assert.equal(await widthOf('signed'), await widthOf('now'));
      await dialog().getByRole('button', { name: 'Vừa khung' }).click();
      await assertNoAxeViolations(page, 'side by side', { include: '[role="dialog"]' });
      await assertNoClippedText(page, 'side by side', { within: '[role="dialog"]' });
    });

    test('Esc closes it, and a page whose content was replaced is outlined as a whole', async () => {
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
      await openDocument(page, 'Văn bản đến', red);
      await card().getByText('Không hợp lệ', { exact: true }).waitFor();
      await card().getByRole('button', { name: 'So sánh hai bản' }).click();
      await drawn('now', 1).waitFor();
      await page.locator('.compare-now .spot-whole.spot-bad.spot-chosen').waitFor();
      await page.locator('.compare-signed .spot-whole.spot-bad').first().waitFor();
      await dialog().getByRole('button', { name: 'Đóng' }).click();
      await dialog().waitFor({ state: 'detached' });
    });

    test('a page that was added stands alone, its other side says so, and the pages after it keep their partners', async () => {
      await openDocument(page, 'Văn bản đến', longer);
      await card().getByRole('button', { name: 'So sánh hai bản' }).click();
      await drawn('now', 1).waitFor();
      await dialog().getByRole('button', { name: /^Trang 2.*thêm vào/ }).click();
      await drawn('now', 2).waitFor();
      await page.locator('.compare-signed').getByText('Trang này chưa có trong bản đã ký').waitFor();
      for (const [side, number] of [['signed', 2], ['now', 3]] as const) await page.locator(`.compare-${side} .compare-row:nth-child(3)`).getByRole('img', { name: `Trang ${number}` }).waitFor();
      await dialog().getByRole('status').filter({ hasText: 'Trang được thêm vào sau khi ký' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
    });
  });

  describe('registering', () => {
    test('what is in order takes one key', async () => {
      await openDocument(page, 'Văn bản đến', good);
      await card().waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByText('Đã vào sổ, số đến 418, và trình lãnh đạo.').waitFor();
      assert.deepEqual(await checkOf(good), { verdict: 'valid-extended', reason: null });
      assert.equal(await dialog().count(), 0);
    });

    test('what was written over asks for the reason first, says what is wrong, and uses no number without it', async () => {
      await watchFields(page);
      await openDocument(page, 'Văn bản đến', amber);
      await card().waitFor();
      await page.keyboard.press('Control+Enter');
      await dialog().getByText(`Có nội dung được thêm sau chữ ký của ${signer}.`).waitFor();
      assert.equal(await reason().evaluate((element) => element === document.activeElement), true);
      await dialog().getByRole('button', { name: 'Vào sổ và trình, kèm lý do' }).click();
      await dialog().getByText('Hãy ghi lý do, hoặc trả lại nơi gửi. Chưa dùng số đến nào.').waitFor();
      assert.equal((await read(amber)).document.stage, 'arrived');
      await assertNoAxeViolations(page, 'a reason is asked for', { without: ['region'] });
      await assertNoClippedText(page, 'a reason is asked for', { within: '[role="dialog"]' });
    });

    test('what is typed by Telex stays in its field and outlives a closed window', async () => {
      await quietly(page, reason(), 'Đã đối chiếu với bản lưu.');
      assert.deepEqual((await fieldsNotTyped(page)).filter((name) => name.includes('Lý do')), []);
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
      await press(page, 'Vào sổ');
      await dialog().getByText(/^Phần đang làm dở/).or(dialog().getByRole('status')).first().waitFor();
      assert.equal(await reason().inputValue(), 'Đã đối chiếu với bản lưu.');
    });

    test('a ready-made reason joins it; with it the document is registered, and the reason stands in its history and its facts', async () => {
      await dialog().getByRole('button', { name: 'Đã gọi điện xác minh với nơi gửi.' }).click();
      const words = 'Đã đối chiếu với bản lưu. Đã gọi điện xác minh với nơi gửi.';
      assert.equal(await reason().inputValue(), words);
      await dialog().getByRole('button', { name: 'Vào sổ kèm lý do' }).click();
      await page.getByText('Đã vào sổ, số đến 419.').waitFor();
      await dialog().waitFor({ state: 'detached' });
      assert.deepEqual(await checkOf(amber), { verdict: 'changed', reason: words });
      await page.getByRole('list', { name: 'Xử lý' }).getByText(words).waitFor();
      await page.getByRole('complementary', { name: 'Thông tin văn bản' }).getByRole('definition').filter({ hasText: words }).waitFor();
      assert.equal((await o.ask(clerk, 'forms.read', { key: `register:${ids[amber]}` })).form, null, 'what was typed is no longer kept');
    });

    test('what is not valid may go back to its sender from the same window', async () => {
      await openDocument(page, 'Văn bản đến', red);
      await card().waitFor();
      await press(page, 'Vào sổ và trình');
      await dialog().getByText(`Văn bản bị thay đổi sau chữ ký của ${signer}, ngoài mức cho phép.`).waitFor();
      await dialog().getByRole('button', { name: 'Trả lại nơi gửi' }).click();
      await dialog().getByRole('heading', { name: 'Từ chối văn bản' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
      assert.equal((await read(red)).document.stage, 'arrived');
    });

    test('and can be registered and presented by the keyboard alone, with a reason', async () => {
      await rowOf(page, red).click();
      await page.keyboard.press('Control+Enter');
      await reason().waitFor();
      await page.keyboard.insertText('Bản giấy đã đối chiếu.');
      for (let presses = 0; presses < 10 && !(await dialog().getByRole('button', { name: /^Vào sổ và trình/ }).evaluate((element) => element === document.activeElement)); presses++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText('Đã vào sổ, số đến 420, và trình lãnh đạo.').waitFor();
      assert.deepEqual(await checkOf(red), { verdict: 'invalid', reason: 'Bản giấy đã đối chiếu.' });
    });
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
