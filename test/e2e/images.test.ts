import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { keysOf } from './support/keys.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder } from './support/screens.ts';

const cutOut = fileURLToPath(new URL('../fixtures/images/chu-ky-lanh-dao.png', import.meta.url));
const clerk = 'commune-clerk';

/** How the images and the policy of signing are set, as a clerk does it. */
describe('a scan becomes an image to sign with', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await openFolder(page, 'Cài đặt');
  });
  after(async () => { await o.close(); });

  const part = (): Locator => page.getByRole('region', { name: 'Chữ ký', exact: true });
  const dialog = (): Locator => page.getByRole('dialog', { name: 'Ảnh chữ ký' });
  const keep = (): Locator => dialog().getByRole('button', { name: 'Dùng ảnh này' });
  const choose = (name: string, mimeType: string, buffer: Buffer): Promise<void> => part().getByLabel('Chọn ảnh hoặc bản quét').setInputFiles({ name, mimeType, buffer });
  const onPaper = (): Locator => dialog().getByRole('figure').filter({ hasText: 'Trên giấy, đúng cỡ' }).getByRole('img', { name: 'Chữ ký' });

  /** The signature in black ink on greyish paper, as a telephone takes it. `ink` false: the paper alone. */
  async function photograph(widthPx: number, ink = true): Promise<Buffer> {
    const data = await page.evaluate(async ({ png, width, ink: withInk }) => {
      const image = new Image();
      image.src = png;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = Math.round(width / 2);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = '#e2dfd8';
      context.fillRect(0, 0, canvas.width, canvas.height);
      // its colour is taken away: black ink on paper
      context.filter = 'grayscale(1) brightness(0.4)';
      if (withInk) context.drawImage(image, width * 0.2, canvas.height * 0.2, width * 0.6, (width * 0.6 * image.height) / image.width);
      return canvas.toDataURL('image/jpeg', 0.9);
    }, { png: `data:image/png;base64,${readFileSync(cutOut).toString('base64')}`, width: widthPx, ink });
    return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64');
  }

  /** The dots of the cleaned image as it is shown: how many let the page through, and the mean colour of the others. */
  function dotsOf(image: Locator): Promise<{ readonly clear: number; readonly red: number; readonly blue: number }> {
    return image.evaluate(async (element) => {
      const shown = element as HTMLImageElement;
      await shown.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [shown.naturalWidth, shown.naturalHeight];
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(shown, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let [clear, red, blue, inked] = [0, 0, 0, 0];
      for (let at = 0; at < data.length; at += 4) {
        if ((data[at + 3] ?? 0) < 30) clear++;
        else if ((data[at + 3] ?? 0) > 200) {
          red += data[at] ?? 0;
          blue += data[at + 2] ?? 0;
          inked++;
        }
      }
      return { clear: clear / (data.length / 4), red: red / Math.max(1, inked), blue: blue / Math.max(1, inked) };
    });
  }

  test('a photograph on paper is shown cleaned, in blue ink and real size, on paper and on a dark ground', async () => {
    await choose('anh-chup.jpg', 'image/jpeg', await photograph(1600));
    await dialog().getByRole('radio', { name: /^Dùng mực theo quy định \(xanh\)/, checked: true }).waitFor();
    await onPaper().waitFor();
    const { clear, red, blue } = await dotsOf(onPaper());
    assert.ok(clear > 0.5, `paper is made transparent: ${clear}`);
    assert.ok(blue > red + 40, `ink is blue: ${red} red, ${blue} blue`);
    const box = await onPaper().boundingBox();
    assert.ok(box && Math.abs(box.width - (40 / 25.4) * 96) <= 1, '40 mm at 96 px to the inch');
    assert.equal(await dialog().getByRole('img', { name: 'Chữ ký' }).count(), 2);
    assert.equal(await dialog().getByRole('radio', { name: /^Dùng nguyên tệp/ }).count(), 0, 'paper is never used as it is');
    await assertNoAxeViolations(page, 'an image', { include: '[role="dialog"]' });
    await assertNoClippedText(page, 'an image', { within: '[role="dialog"]' });
  });

  test('its own ink stays black when that is wanted, and is said not to be the rule’s', async () => {
    await dialog().getByText(/^Giữ màu mực/).click();
    await dialog().getByText('Màu mực khác quy định; chữ ký dùng mực xanh, dấu dùng mực đỏ.').waitFor();
    const { red, blue } = await dotsOf(onPaper());
    assert.ok(Math.abs(red - blue) < 40, `ink is neither red nor blue: ${red} red, ${blue} blue`);
    await dialog().getByText(/^Dùng mực theo quy định/).click();
    await dialog().getByText('Màu mực khác quy định', { exact: false }).waitFor({ state: 'detached' });
  });

  test('a width that is too large for its dots is said, one that no image has cannot be used', async () => {
    const width = dialog().getByRole('textbox', { name: 'Rộng trên giấy (mm)' });
    await width.fill('120');
    await dialog().getByText(/^Chỉ có \d+ điểm ảnh mỗi inch/).waitFor();
    await width.fill('300');
    await dialog().getByText('Ghi số từ 5 đến 120.').waitFor();
    assert.equal(await keep().isDisabled(), true);
    await width.fill('42,5');
    await keep().and(page.locator(':not([disabled])')).waitFor();
  });

  test('used, it is on file in its size, and comes off again by undo', async () => {
    const before = (await o.ask(clerk, 'signing.images', {})).signature;
    await keep().click();
    await page.locator('.toast').filter({ hasText: 'Đã lưu ảnh chữ ký.' }).waitFor();
    await dialog().waitFor({ state: 'detached' });
    const kept = (await o.ask(clerk, 'signing.images', {})).signature;
    assert.equal(kept?.widthMm, 42.5);
    assert.notDeepEqual(Buffer.from(kept.bytes), Buffer.from(before?.bytes ?? []));
    const shown = await part().getByRole('img', { name: 'Chữ ký' }).boundingBox();
    assert.ok(shown && Math.abs(shown.width - (42.5 / 25.4) * 96) <= 1);
    await page.locator('.toast').getByRole('button', { name: /^Hoàn tác/ }).click();
    await part().getByRole('textbox', { name: 'Rộng (mm)' }).and(page.locator(`[value="${String(before?.widthMm).replace('.', ',')}"]`)).waitFor();
  });

  test('paper without ink says so and cannot be used; Esc leaves everything as it was', async () => {
    const before = await o.ask(clerk, 'signing.images', {});
    await choose('giay-trang.jpg', 'image/jpeg', await photograph(800, false));
    await dialog().getByRole('alert').filter({ hasText: 'Không thấy nét mực nào trong ảnh' }).waitFor();
    assert.equal(await keep().isDisabled(), true);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(await o.ask(clerk, 'signing.images', {}), before);
  });

  test('what was cut out before is used as it is, byte for byte', async () => {
    await part().getByLabel('Chọn ảnh hoặc bản quét').setInputFiles(cutOut);
    await dialog().getByRole('radio', { name: /^Dùng nguyên tệp/, checked: true }).waitFor();
    await keep().click();
    await dialog().waitFor({ state: 'detached' });
    assert.deepEqual(Buffer.from((await o.ask(clerk, 'signing.images', {})).signature?.bytes ?? []), readFileSync(cutOut));
  });

  test('the policy: a level at once, an address when it is set, a wrong one not at all; by keys', async () => {
    const keys = keysOf(page);
    const policy = () => o.ask(clerk, 'signing.policy', {});
    const region = page.getByRole('region', { name: 'Cách ký số của cơ quan' });
    await region.getByText('Thêm dữ liệu kiểm chứng lâu dài').click();
    await page.locator('.toast').filter({ hasText: 'Đã đổi cách ký số' }).waitFor();
    assert.equal((await policy()).level, 'B-LT');
    await region.getByText(/^Chưa có địa chỉ máy chủ dấu thời gian/).waitFor();
    const tsa = region.getByRole('textbox', { name: 'Máy chủ dấu thời gian' });
    await keys.tabTo(tsa);
    await keys.type('tsa.ca.gov.vn');
    await keys.press('Enter');
    await region.getByRole('alert').filter({ hasText: 'phải bắt đầu bằng http' }).waitFor();
    assert.equal((await policy()).tsaUrl, '');
    await tsa.fill('http://tsa.ca.gov.vn');
    await keys.press('Enter');
    await region.getByText(/^Chưa có địa chỉ máy chủ dấu thời gian/).waitFor({ state: 'detached' });
    assert.equal((await policy()).tsaUrl, 'http://tsa.ca.gov.vn');
    await assertNoAxeViolations(page, 'the policy', { include: 'main' });
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
