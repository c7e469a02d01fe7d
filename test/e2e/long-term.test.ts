import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { assertNoClippedText } from './support/clipped.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, openFolder, pinOf } from './support/screens.ts';

const [clerk, leader] = ['commune-clerk', 'commune-leader'];
const title = 'Về việc tăng cường gửi, nhận';

describe('a signature that waits for its time-stamp', () => {
  let o: BrowserOffice;
  let page: Page;
  let id: DocumentId;
  const pageErrors: string[] = [];
  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    // nobody listens at this address
    await o.ask(clerk, 'signing.setPolicy', { level: 'B-T', digest: 'sha256', tsaUrl: 'http://127.0.0.1:9/', proxyUrl: '' });
    await issue();
  });
  after(async () => { await o.close(); });

  async function thumbprintAt(desk: string): Promise<string> {
    const found = (await o.ask(desk, 'tokens.list', {})).tokens.flatMap((token) => token.certificates).find((one) => one.hasPrivateKey);
    assert.ok(found);
    return found.thumbprint;
  }

  /** The leader signs the letter that waits, the clerk numbers and seals it. */
  async function issue(): Promise<void> {
    const { rows } = await o.ask(leader, 'documents.list', { folder: 'signing', query: title, offset: 0, limit: 1 });
    const [row] = rows;
    assert.ok(row);
    id = row.document.id;
    const { signature } = await o.ask(leader, 'signing.propose', { id });
    assert.ok(signature);
    await o.ask(leader, 'signing.approve', { id, thumbprint: await thumbprintAt(leader), pin: pinOf(leader), placement: { page: signature.page, rect: signature.rect } });
    await openDocument(page, 'Phát hành', title);
    const { seal } = await o.ask(clerk, 'signing.propose', { id });
    assert.ok(seal);
    const book = await o.ask(clerk, 'issuing.propose', { id });
    assert.ok(book.number);
    await o.ask(clerk, 'issuing.issue', { id, thumbprint: await thumbprintAt(clerk), pin: pinOf(clerk), number: book.number, notation: book.notation, date: book.date, placement: { page: seal.page, rect: seal.rect }, recipients: [], send: false });
  }

  const part = (): Locator => page.getByRole('region', { name: 'Văn bản đang được bổ sung' });
  const tries = async (): Promise<number> => (await o.ask(clerk, 'augmentation.list', {})).items[0]?.attempts ?? 0;

  test('the outbox says quietly how many, and on demand which, why and when the next try is', async () => {
    await openFolder(page, 'Hộp chờ gửi');
    await part().getByText('Đang bổ sung dữ liệu lâu dài: 1 văn bản').click();
    await part().getByRole('link', { name: new RegExp(title) }).waitFor();
    await part().getByText(/^Chưa có dấu thời gian \(mức B-B\) · đã thử \d+ lần · thử lại lúc/).waitFor();
    await part().getByText(/máy chủ dấu thời gian/).waitFor();
    await assertNoAxeViolations(page, 'long-term data', { include: 'main' });
    await assertNoClippedText(page, 'long-term data', { within: 'main' });
  });

  test('it is tried at once when that is asked', async () => {
    const before = await tries();
    await part().getByRole('button', { name: 'Thử ngay' }).click();
    await part().getByText(new RegExp(`đã thử ${before + 1} lần`)).waitFor();
  });

  test('the document itself says so beside its signatures, in words', async () => {
    await part().getByRole('link', { name: new RegExp(title) }).click();
    await page.getByText(/^Đang bổ sung dữ liệu lâu dài cho văn bản này\./).waitFor();
    const card = page.getByRole('article', { name: 'Ủy ban nhân dân xã Sơn Tịnh' });
    await card.getByText('Chi tiết', { exact: true }).click();
    await card.getByText('Chưa có dấu thời gian (mức B-B)').waitFor();
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
