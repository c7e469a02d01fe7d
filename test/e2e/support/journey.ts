import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { opensslCmsVerifies, pdfsig, qpdfIsSound, sliceSignatures } from '../../support/judges.ts';
import type { TestOffice } from './desk.ts';
import { watchErrors } from './page-errors.ts';
import { askFor, networkPill, openDocument, openFolder, pinOf, press, rowOf, setLine, signWithPin, sitAt } from './screens.ts';

const letter = fileURLToPath(new URL('../../fixtures/pdf/cong-van-xa.pdf', import.meta.url));
/** The journey as a person makes it, the same in every shell. `skip` is the reason why it cannot be made here. */
export function journey(name: string, open: () => Promise<TestOffice>, skip: string | false): void {
  describe(name, () => {
    let o: TestOffice;
    let page: Page;
    const pageErrors: string[] = [];

    before(async () => {
      if (skip !== false) return;
      o = await open();
      page = o.page;
      watchErrors(page, pageErrors);
    });
    after(async () => { if (skip === false) await o.close(); });

    test('the desk opens on “Văn bản đến” at the clerk’s place, marked as practice, with what the province sent', { skip }, async () => {
      await page.getByRole('region', { name: 'LUYỆN TẬP' }).waitFor();
      await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
      await rowOf(page, 'Ban hành Quy chế tiếp nhận').waitFor();
      await page.getByText(pinOf('commune-clerk'), { exact: true }).waitFor();
    });

    test('the clerk sees each signature judged, registers the decision as 418 and presents it', { skip }, async () => {
      await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
      await page.getByRole('article', { name: 'Đặng Quốc Hùng' }).getByText('Hợp lệ', { exact: false }).first().waitFor();
      await press(page, 'Vào sổ');
      await page.getByText(/418/).first().waitFor();
      await press(page, 'Trình lãnh đạo');
      await page.getByRole('button', { name: /^Soạn trả lời/ }).waitFor();
    });

    test('an answer is drafted, signed by the leader, numbered 15, sealed, sent, and received by the department', { skip }, async () => {
      await compose(page, 'Thư trả lời có mạng');

      await sitAt(page, 'commune-leader');
      await openDocument(page, 'Trình ký', 'Thư trả lời có mạng');
      await press(page, 'Ký');
      await signWithPin(page, pinOf('commune-leader'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await sitAt(page, 'commune-clerk');
      await openDocument(page, 'Phát hành', 'Thư trả lời có mạng');
      await press(page, /^Ký, cấp số 15 và gửi/);
      await signWithPin(page, pinOf('commune-clerk'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      await sitAt(page, 'department-clerk');
      await openDocument(page, 'Văn bản đến', 'Thư trả lời có mạng');
      await page.getByRole('article', { name: 'Nguyễn Đức Thắng' }).waitFor();
      await page.getByRole('article', { name: 'Ủy ban nhân dân xã Sơn Tịnh' }).waitFor();
      await judge(o, 'Thư trả lời có mạng');
    });

    test('with the line cut the desk stays usable, says what waits, and everything arrives once when the line is back', { skip }, async () => {
      await sitAt(page, 'commune-clerk');
      await setLine(page, false);
      await networkPill(page).getByText(/Ngoại tuyến/).waitFor();
      await compose(page, 'Thư trả lời lúc mất mạng');
      await openFolder(page, 'Hộp chờ gửi');
      await page.getByText('Thư trả lời lúc mất mạng').first().waitFor();
      await setLine(page, true);
      await networkPill(page).getByText(/Trực tuyến/).waitFor();

      await sitAt(page, 'commune-leader');
      await openDocument(page, 'Trình ký', 'Thư trả lời lúc mất mạng');
      await setLine(page, false);
      await networkPill(page).getByText(/Ngoại tuyến/).waitFor();
      await press(page, 'Ký');
      await signWithPin(page, pinOf('commune-leader'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await setLine(page, true);

      await sitAt(page, 'commune-clerk');
      await openDocument(page, 'Phát hành', 'Thư trả lời lúc mất mạng');
      await setLine(page, false);
      await press(page, /^Ký, cấp số 16 và gửi/);
      await signWithPin(page, pinOf('commune-clerk'));
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      // what has not left this machine is not called sent
      const waiting = await rowOf(page, 'Thư trả lời lúc mất mạng').textContent();
      assert.match(waiting ?? '', /Chờ gửi/);
      assert.doesNotMatch(waiting ?? '', /Đã gửi/);
      await openFolder(page, 'Hộp chờ gửi');
      await page.getByText('Thư trả lời lúc mất mạng').first().waitFor();
      await setLine(page, true);

      await sitAt(page, 'department-clerk');
      await openDocument(page, 'Văn bản đến', 'Thư trả lời lúc mất mạng');
      assert.equal(await rowOf(page, 'Thư trả lời lúc mất mạng').count(), 1);
      await judge(o, 'Thư trả lời lúc mất mạng');
    });

    test('a wrong PIN is told in the dialog and a file that is no PDF in the form, and nothing is lost', { skip }, async () => {
      await sitAt(page, 'commune-leader');
      await openDocument(page, 'Trình ký', 'Về việc tăng cường gửi, nhận');
      await press(page, 'Ký');
      // only what can sign is offered: the issuer's certificate on the token is not
      assert.equal(await page.getByRole('dialog').getByRole('radio').count(), 1);
      await signWithPin(page, '000000');
      await page.getByRole('dialog').getByText(/Sai mã PIN/).waitFor();
      await page.keyboard.press('Escape');
      await rowOf(page, 'Về việc tăng cường gửi, nhận').waitFor();

      await sitAt(page, 'commune-clerk');
      await page.getByRole('button', { name: 'Soạn văn bản' }).click();
      await page.getByLabel('Chọn tệp PDF').setInputFiles({ name: 'ghi-chu.pdf', mimeType: 'application/pdf', buffer: Buffer.from('không phải PDF') });
      await page.getByText(/không phải PDF/).first().waitFor();
    });

    test('a letter that the leader sends back says why, takes another file, and comes to the leader again', { skip }, async () => {
      const title = 'Về việc tăng cường gửi, nhận';
      await sitAt(page, 'commune-leader');
      await openDocument(page, 'Trình ký', title);
      await press(page, 'Trả lại kèm ý kiến');
      await page.getByRole('dialog').getByRole('textbox', { name: 'Ý kiến' }).fill('Bổ sung mục 2');
      await page.getByRole('dialog').getByRole('button', { name: 'Trả lại người soạn' }).click();

      await sitAt(page, 'commune-clerk');
      await openDocument(page, 'Văn bản đi', title);
      await page.getByText('Bổ sung mục 2').first().waitFor();
      await press(page, 'Thay tệp');
      await page.getByRole('dialog').getByLabel('Chọn tệp PDF').setInputFiles(letter);
      await page.getByRole('dialog').getByText('cong-van-xa.pdf', { exact: false }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Dùng tệp này' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await press(page, 'Trình ký');

      await sitAt(page, 'commune-leader');
      await openDocument(page, 'Trình ký', title);
      await press(page, 'Ký');
      await page.getByRole('dialog').getByLabel('Mã PIN').waitFor();
      await page.keyboard.press('Escape');
    });

    test('no screen threw while all this was done', { skip }, () => {
      assert.deepEqual(pageErrors, []);
    });
  });
}

async function compose(on: Page, title: string): Promise<void> {
  await openFolder(on, 'Văn bản đến');
  await on.getByRole('button', { name: 'Soạn văn bản' }).click();
  await on.getByLabel('Chọn tệp PDF').setInputFiles(letter);
  await on.getByRole('textbox', { name: 'Trích yếu' }).fill(title);
  await on.getByRole('textbox', { name: 'Ký hiệu' }).fill('UBND-VP');
  const recipients = on.getByRole('combobox', { name: 'Thêm nơi nhận' });
  await askFor(recipients, 'khoa hoc');
  // Esc leaves the list without leaving the form
  await on.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).first().waitFor();
  await on.keyboard.press('Escape');
  await on.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).waitFor({ state: 'detached' });
  await askFor(recipients, 'so khoa hoc');
  await on.getByRole('option', { name: /Sở Khoa học và Công nghệ/ }).first().click();
  await press(on, 'Trình ký');
  await on.getByRole('textbox', { name: 'Trích yếu' }).waitFor({ state: 'detached' });
}

/** What the department holds, judged by tools that share nothing with us. */
async function judge(o: TestOffice, title: string): Promise<void> {
  const { rows } = await o.ask('department-clerk', 'documents.list', { folder: 'incoming', query: title, offset: 0, limit: 5 });
  const received = rows.find((row) => row.document.title === title);
  assert.ok(received !== undefined);
  const { sha256, sizeBytes } = received.document.content;
  const { bytes } = await o.ask('department-clerk', 'content.read', { sha256, offset: 0, length: Math.min(sizeBytes, 1024 * 1024) });
  assert.equal(bytes.length, sizeBytes);
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-judge-'));
  try {
    const file = join(dir, 'received.pdf');
    await writeFile(file, bytes);
    const signatures = await pdfsig(file);
    assert.deepEqual(signatures.map((s) => s.valid), [true, true]);
    assert.equal(signatures.at(-1)?.coversAll, true);
    assert.ok(await qpdfIsSound(file));
    const pdf = Buffer.from(bytes);
    for (const slice of sliceSignatures(pdf)) assert.ok(await opensslCmsVerifies(slice, o.rootPem));
    const original = await readFile(letter);
    assert.ok(pdf.subarray(0, original.length).equals(original));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
