import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfText, withEntries } from '../../src-main/pdf/index.ts';
import { updatePdf } from '../unit/verification/make-pdf.ts';
import { arrive } from './support/arrive.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, pinOf, press, setLine } from './support/screens.ts';

const clerk = 'commune-clerk';
const title = 'Đã thêm nội dung sau khi ký';

describe('a document that was changed after somebody signed it', () => {
  let o: BrowserOffice;
  let page: Page;
  let id: DocumentId;
  const pageErrors: string[] = [];
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    const signed = await signedDecision();
    await o.restart(async (storeOf, serverDir) => {
      id = await arrive(storeOf(clerk), serverDir, title, withNote(signed));
    });
    // what is done with it stays here
    await setLine(page, false);
  });
  after(async () => { await o.close(); });

  /** What the province sent, truly signed. */
  async function signedDecision(): Promise<Uint8Array> {
    const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'Ban hành Quy chế tiếp nhận', offset: 0, limit: 1 });
    const [row] = rows;
    assert.ok(row);
    const { sha256, sizeBytes } = row.document.content;
    const { bytes } = await o.ask(clerk, 'content.read', { sha256, offset: 0, length: Math.min(sizeBytes, 1024 * 1024) });
    assert.equal(bytes.length, sizeBytes);
    return bytes;
  }

  const dialog = (): Locator => page.getByRole('dialog');
  const box = (): Locator => page.getByRole('checkbox', { name: /^Tôi đã xem thay đổi sau chữ ký của .+ và vẫn ký$/ });
  const marks = async (): Promise<number> => (await o.ask(clerk, 'documents.read', { id })).history.filter(({ type }) => type === 'marked').length;

  test('who signed it and what was changed is told before anything is signed', async () => {
    await openDocument(page, 'Văn bản đến', title);
    await press(page, 'Vào sổ');
    await dialog().getByRole('textbox', { name: 'Lý do vào sổ' }).fill('Đã gọi điện cho nơi gửi.');
    await dialog().getByRole('button', { name: 'Vào sổ kèm lý do' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press(page, 'Đóng dấu đến');
    const { changedSince } = await o.ask(clerk, 'signing.inspect', { id });
    assert.ok(changedSince);
    await page.getByText(`Văn bản đã thay đổi sau chữ ký của ${changedSince.signer}`).waitFor();
    for (const detail of changedSince.details) await page.getByRole('listitem').filter({ hasText: detail }).first().waitFor();
    assert.equal(await box().isChecked(), false);
    await page.locator('.preview-layer[data-ready]').waitFor();
    await assertNoAxeViolations(page, 'changed since', { include: 'main' });
    await assertNoClippedText(page, 'changed since', { within: 'main' });
  });

  test('without the person’s word no PIN is asked; the box is brought before them and says why', async () => {
    await press(page, 'Ký và đóng dấu đến');
    await page.getByRole('alert').filter({ hasText: 'Hãy xem các thay đổi trên và đánh dấu vào ô này, rồi ký lại.' }).waitFor();
    assert.equal(await dialog().count(), 0);
    assert.equal(await box().evaluate((element) => element === document.activeElement), true);
  });

  test('ticked by the key, it is signed; only the signature that was named is passed over', async () => {
    await page.keyboard.press('Space');
    assert.equal(await box().isChecked(), true);
    await page.keyboard.press('Control+Enter');
    await dialog().getByLabel('Mã PIN').fill(pinOf(clerk));
    await dialog().getByRole('button', { name: 'Ký và đóng dấu đến' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Xử lý' }).getByText('Đóng dấu đến').waitFor();
    assert.equal(await marks(), 1);
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});

/** The same file with a note over its first page, added after everybody had signed. */
function withNote(bytes: Uint8Array): Uint8Array {
  return updatePdf(bytes, (file, update) => {
    const page = file.findPage(0);
    assert.ok(page);
    const note = update.allocate();
    update.put(note, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('FreeText'), Rect: pdfArray([0, 0, 300, 300].map(pdfNumber)), Contents: pdfText('Số tiền: 900 triệu') }));
    const present = file.get(page.dict, 'Annots');
    update.put(page.num, 0, withEntries(page.dict, { Annots: pdfArray([...(present.kind === 'array' ? present.items : []), pdfRef(note)]) }));
  });
}
