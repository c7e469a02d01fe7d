import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { addDays } from '../../src-shared/domain/holidays.ts';
import { formatDate, localDay } from '../../src-renderer/i18n/format.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openFolder, setLine, sitAt } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const paper = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

describe('what the office has settled: who acts for whom, its books, its days', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const today = localDay(Date.now());
  const lastDay = addDays(today, 20);
  const lastYear = String(Number(today.slice(0, 4)) + 1);

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    await watchFields(page);
  });
  after(() => o.close());

  const main = (): Locator => page.getByRole('main');
  const dialog = (): Locator => page.getByRole('dialog');
  const confirmed = async (name: string): Promise<void> => {
    await dialog().getByRole('button', { name, exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
  };
  const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click();

  test('a leader gives a clerk authority, with days, capacity, the paper and its number; without them each field says so', async () => {
    await sitAt(page, leader);
    await openFolder(page, 'Cơ quan');
    await main().getByText('Chưa ủy quyền cho ai').waitFor();
    await main().getByRole('button', { name: 'Ủy quyền cho người khác' }).click();
    await dialog().getByLabel('Ký với tư cách').selectOption({ label: 'TUQ. (thừa ủy quyền)' });
    await dialog().getByRole('button', { name: 'Ủy quyền', exact: true }).click();
    await dialog().getByText('Hãy chọn người nhận ủy quyền.').waitFor();
    await dialog().getByText('Thừa ủy quyền phải bằng văn bản', { exact: false }).waitFor();
    await dialog().getByLabel('Người nhận ủy quyền').selectOption(clerk);
    await dialog().getByRole('textbox', { name: 'Từ ngày' }).fill('');
    await quietly(page, dialog().getByRole('textbox', { name: 'Từ ngày' }), formatDate(today));
    await quietly(page, dialog().getByRole('textbox', { name: 'Đến hết ngày' }), formatDate(lastDay));
    await quietly(page, dialog().getByRole('textbox', { name: 'Căn cứ' }), 'Giấy ủy quyền 05/GUQ-UBND');
    await dialog().getByLabel('Chọn tệp PDF').setInputFiles(paper);
    await dialog().getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await confirmed('Ủy quyền');
    await main().getByText('Đang có hiệu lực').waitFor();
    await main().getByText(/theo Giấy ủy quyền 05\/GUQ-UBND/).waitFor();
    const { grants: [grant] } = await o.ask(leader, 'grants.list', {});
    assert.deepEqual([grant?.to, grant?.capacity, grant?.lends, grant?.firstDay, grant?.lastDay, grant?.content?.fileName], [clerk, 'TUQ.', 'leader', today, lastDay, 'cong-van-xa.pdf']);
    await main().getByRole('button', { name: 'Xem giấy ủy quyền' }).click();
    await dialog().locator('canvas').first().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('who holds it sees so at the top of their desk, and no longer once it has ended with a reason', async () => {
    await o.ask(leader, 'sync.now', {});
    await o.ask(clerk, 'sync.now', {});
    await sitAt(page, clerk);
    const bar = page.getByRole('region', { name: 'Bạn đang được ủy quyền' });
    await bar.getByText(new RegExp(`thay Nguyễn Đức Thắng \\(TUQ\\.\\) đến hết ${formatDate(lastDay)}`)).waitFor();
    await bar.getByRole('link', { name: 'Xem ủy quyền' }).click();
    await main().getByText('Đang có hiệu lực').waitFor();
    assert.equal(await main().getByRole('button', { name: 'Thôi ủy quyền' }).count(), 0, 'only the giver or a leader ends it');

    await sitAt(page, leader);
    await openFolder(page, 'Cơ quan');
    await main().getByRole('button', { name: 'Thôi ủy quyền' }).click();
    await dialog().getByRole('button', { name: 'Thôi ủy quyền' }).click();
    await dialog().getByText('Hãy ghi lý do.').waitFor();
    await quietly(page, dialog().getByLabel('Lý do'), 'Đã đi công tác về');
    const last = dialog().getByRole('textbox', { name: 'Ngày cuối còn hiệu lực' });
    assert.equal(await last.inputValue(), formatDate(today), 'today is the last day on which it holds');
    await dialog().getByText('Vẫn có hiệu lực đến hết ngày').waitFor();
    await last.fill('');
    await quietly(page, last, formatDate(addDays(today, -1)));
    await dialog().getByText('Từ lúc này không làm thay được nữa.').waitFor();
    await confirmed('Thôi ủy quyền');
    await main().getByText('Thôi trước hạn: Đã đi công tác về').waitFor();
    await o.ask(leader, 'sync.now', {});
    await o.ask(clerk, 'sync.now', {});
    await sitAt(page, clerk);
    await bar.waitFor({ state: 'detached' });
  });

  test('decisions get a book of their own; without a name or a type it says so, and taken away they go back to the common one', async () => {
    await openFolder(page, 'Cơ quan');
    await tab('Các sổ');
    await main().getByRole('button', { name: 'Thêm sổ riêng' }).click();
    await dialog().getByRole('button', { name: 'Lưu sổ' }).click();
    await dialog().getByText('Hãy ghi tên sổ.').waitFor();
    await dialog().getByText('Hãy chọn ít nhất một loại văn bản.').waitFor();
    await quietly(page, dialog().getByRole('textbox', { name: 'Tên sổ' }), 'Sổ quyết định');
    await dialog().getByRole('checkbox', { name: 'Quyết định' }).check();
    await confirmed('Lưu sổ');
    await main().getByRole('listitem').filter({ hasText: 'Sổ quyết định' }).getByText('Quyết định', { exact: true }).waitFor();
    assert.deepEqual((await o.ask(clerk, 'office.settings', {})).books.find(({ slug }) => slug === 'so-quyet-dinh'), { slug: 'so-quyet-dinh', name: 'Sổ quyết định', kinds: ['quyet-dinh'] });
    await main().getByRole('button', { name: 'Bỏ Sổ quyết định' }).click();
    await main().getByRole('listitem').filter({ hasText: 'Sổ quyết định' }).waitFor({ state: 'detached' });
    assert.deepEqual((await o.ask(clerk, 'office.settings', {})).books.map(({ kinds }) => kinds), [null]);
  });

  test('the year hangs on one wall; a day of the office’s own is set with its reason, and given back to the country’s calendar', async () => {
    await tab('Ngày nghỉ, ngày làm bù');
    await main().getByLabel('Lịch năm').selectOption(lastYear);
    assert.equal(await main().getByRole('table').count(), 12);
    await main().getByRole('button', { name: 'Đặt một ngày' }).click();
    await dialog().getByRole('button', { name: 'Lưu ngày' }).click();
    await dialog().getByText('Hãy ghi lý do, để mọi người biết.').waitFor();
    await quietly(page, dialog().getByRole('textbox', { name: 'Ngày', exact: true }), `10/03/${lastYear}`);
    await quietly(page, dialog().getByRole('textbox', { name: 'Lý do nghỉ hoặc làm bù' }), 'Lễ hội đình làng');
    await confirmed('Lưu ngày');
    const own = main().getByRole('region', { name: 'Ngày riêng của cơ quan' });
    await own.getByText('Cơ quan nghỉ: Lễ hội đình làng').waitFor();
    await main().getByRole('button', { name: `10/03/${lastYear}, Cơ quan nghỉ, Lễ hội đình làng` }).waitFor();
    await own.getByRole('button', { name: `Bỏ 10/03/${lastYear}` }).click();
    await own.getByText(/cơ quan chưa đặt ngày nào/).waitFor();
    assert.deepEqual((await o.ask(clerk, 'office.settings', {})).days, []);
  });

  test('what waits of it in the outbox is told in words, and leads back here', async () => {
    await setLine(page, false);
    await main().getByRole('button', { name: 'Đặt một ngày' }).click();
    await dialog().getByRole('textbox', { name: 'Ngày', exact: true }).fill(`11/03/${lastYear}`);
    await dialog().getByRole('textbox', { name: 'Lý do nghỉ hoặc làm bù' }).fill('Ngày truyền thống của xã');
    await confirmed('Lưu ngày');
    await openFolder(page, 'Hộp chờ gửi');
    const work = main().getByRole('listitem').filter({ hasText: 'Đặt ngày nghỉ, ngày làm bù' });
    await work.getByText('Cơ quan', { exact: true }).waitFor();
    await work.getByRole('button', { name: 'Mở nơi đã làm' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cơ quan' }).waitFor();
    await setLine(page, true);
  });

  test('nothing was written to the console as a fault', () => assert.deepEqual(pageErrors, []));
});
