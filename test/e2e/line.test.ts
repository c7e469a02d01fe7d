import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import { localDay } from '../../src-renderer/i18n/format.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { ago, clashesOn, lineOf, monthOfUse, officesAround, worksOn } from './support/line-states.ts';
import { watchErrors } from './support/page-errors.ts';
import { askFor, networkPill, openDocument, openFolder, rowOf, setLine } from './support/screens.ts';
import { standBetween, type Told } from './support/told.ts';

const letter = 'Ban hành Quy chế tiếp nhận';

describe('the line, honestly', () => {
  let o: BrowserOffice;
  let page: Page;
  let told: Told;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    told = await standBetween(page);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
  });
  after(() => o.close());

  const pill = (): Locator => networkPill(page).getByRole('button');
  const details = (): Locator => page.getByRole('dialog');

  function is(patch: Partial<SyncStatus>): void {
    told.say('sync.status', lineOf(patch));
    told.tell('sync.status', lineOf(patch));
  }

  test('a cut line is told with its hour, in words, and what that means', async () => {
    await setLine(page, false);
    await networkPill(page).filter({ hasText: /^Ngoại tuyến từ \d\d:\d\d — vẫn làm việc được, việc mới sẽ tự gửi khi có mạng$/ }).waitFor();
    await pill().press('Enter');
    await details().getByRole('heading', { name: /^Ngoại tuyến từ/ }).waitFor();
    await details().getByText('Không liên lạc được với máy chủ.').waitFor();
    await details().getByText('0 việc', { exact: true }).waitFor();
    await assertNoAxeViolations(page, 'the line’s details', { without: ['region'] });
    await page.keyboard.press('Escape');
    await details().waitFor({ state: 'detached' });
    await pill().and(page.locator(':focus')).waitFor();
    await setLine(page, true);
    await networkPill(page).getByText('Trực tuyến', { exact: true }).waitFor();
  });

  test('each state has words of its own', async () => {
    for (const [patch, words] of [
      [{ line: 'slow', pending: 3 }, 'Trực tuyến, mạng yếu — đang gửi 3 việc'],
      [{ line: 'portal', online: false, pending: 2 }, 'Mạng đang đòi đăng nhập Wi-Fi — 2 việc được giữ, sẽ tự gửi'],
      [{ line: 'signed-out', signedIn: false, pending: 1 }, 'Cần đăng nhập lại — 1 việc được giữ, sẽ tự gửi'],
    ] as const) {
      is(patch);
      await networkPill(page).filter({ hasText: words }).waitFor();
    }
    is({ line: 'busy', online: false, busyUntil: ago(-5) });
    await networkPill(page).filter({ hasText: /^Máy chủ bận đến \d\d:\d\d — vẫn làm việc được$/ }).waitFor();
  });

  test('the details say what waits, and lead to the outbox and the settings', async () => {
    is({ line: 'portal', online: false, pending: 2, files: { waiting: 12, waitingBytes: 34_000_000, held: 9 } });
    await pill().click();
    await details().getByText(/Hãy mở trình duyệt, vào một trang bất kỳ và đăng nhập/).waitFor();
    await details().getByText('2 việc', { exact: true }).waitFor();
    await details().getByText('9 tệp để dành theo cài đặt').waitFor();
    await details().getByRole('button', { name: 'Mở hộp chờ gửi' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Hộp chờ gửi' }).waitFor();
    await pill().click();
    await details().getByRole('button', { name: 'Cài đặt đường truyền' }).click();
    await page.getByRole('region', { name: 'Đường truyền' }).waitFor();
    is({});
  });

  test('a desk that is being filled says how far it is, and is not read aloud with every document', async () => {
    is({ filling: { done: 340, total: 1000 } });
    const progress = page.getByRole('progressbar', { name: 'Đang nhận văn bản về máy này' });
    await progress.waitFor();
    assert.equal(await progress.evaluate((bar: HTMLProgressElement) => bar.value / bar.max), 0.34);
    await page.getByText('Đang nhận văn bản: 340/1.000, hộp văn bản dùng được ngay').waitFor();
    assert.doesNotMatch(await networkPill(page).innerText(), /340/);
    is({});
    await progress.waitFor({ state: 'detached' });
    told.unsay('sync.status');
  });

  test('the outbox explains what is being confirmed, and what stands behind what', async () => {
    const { rows } = await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 4 });
    told.say('outbox.list', { rows: worksOn(rows.map(({ document }) => document)) });
    is({ line: 'down', online: false, pending: 5, problems: 1 });
    await openFolder(page, 'Hộp chờ gửi');
    const works = page.getByRole('main').getByRole('listitem');
    await works.nth(4).waitFor();
    assert.deepEqual((await works.allInnerTexts()).map((text) => text.split('\n')[0]?.trim().split(' ').slice(0, 2).join(' ')), ['Vào sổ', 'Trình lãnh', 'Ký duyệt', 'Gửi văn', 'Gửi văn']);
    await works.nth(0).getByText(/Chương trình đang hỏi lại máy chủ; việc này không bị làm hai lần/).waitFor();
    await works.nth(1).getByText('Gửi sau việc ở trên, cùng văn bản').waitFor();
    await works.nth(2).getByText('Đang gửi 40 %').waitFor();
    await works.nth(4).getByText('Đợi bạn xử lý việc trước của văn bản này.').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Thử gửi ngay' }).waitFor();
    await works.nth(4).getByRole('link', { name: 'Xem việc cần xử lý' }).click();
    await page.getByRole('main').getByText('Vai trò của bạn không còn được làm việc này.').waitFor();
    assert.equal(await page.getByRole('main').getByRole('listitem').count(), 1);
    told.unsay('outbox.list');
    await page.getByRole('main').getByRole('button', { name: 'Bỏ khỏi danh sách' }).press('Enter');
    await page.getByText('Mọi việc đều ổn').waitFor();
    told.unsay('sync.status');
  });

  test('a draft that forked is kept twice only where that is offered, and a newer signature leads to the newest version', async () => {
    const { rows } = await o.ask('commune-clerk', 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 3 });
    const { people } = await o.ask('commune-clerk', 'directory.people', {});
    const conflicts = clashesOn(rows.map(({ document }) => document), people);
    told.say('conflicts.list', { conflicts });
    told.tell('conflicts.changed', { count: conflicts.length });
    await openFolder(page, 'Chờ bạn chọn');
    const cards = page.getByRole('article');
    await cards.nth(2).waitFor();
    assert.deepEqual(await Promise.all([0, 1, 2].map((at) => cards.nth(at).getByRole('button', { name: 'Giữ cả hai' }).count())), [0, 1, 0]);
    await cards.nth(1).getByRole('columnheader', { name: /^Bản dự thảo của tôi/ }).waitFor();
    assert.equal(await cards.nth(2).getByRole('button', { name: 'Giữ của tôi' }).count(), 0);
    await cards.nth(2).getByText('Tài liệu đã có chữ ký mới').waitFor();
    await cards.nth(2).getByRole('button', { name: 'Mở bản mới nhất' }).click();
    await rowOf(page, rows[2]?.document.title ?? '').and(page.locator('[aria-selected="true"]')).waitFor();
    told.unsay('conflicts.list');
    told.tell('conflicts.changed', { count: 0 });
  });

  test('what the line was used for is a picture with its words, and a table behind it', async () => {
    told.say('line.usage', { days: monthOfUse(localDay(Date.now())) });
    await page.reload();
    await openFolder(page, 'Cài đặt');
    const line = page.getByRole('region', { name: 'Đường truyền' });
    await line.getByRole('img', { name: /^Dung lượng mỗi ngày, 31 ngày gần đây\. Nhiều nhất \d+\sMB vào ngày \d\d\/\d\d\/\d{4}\.$/ }).waitFor();
    await line.getByText('Xem bằng bảng').click();
    assert.equal(await line.getByRole('row').count(), 32);
    told.unsay('line.usage');
  });

  test('which files come by themselves is chosen in words, in force at once, and taken back', async () => {
    await openFolder(page, 'Cài đặt');
    const line = page.getByRole('region', { name: 'Đường truyền' });
    await line.locator('label').filter({ hasText: 'Chỉ tệp của tôi và văn bản khẩn' }).click();
    await page.getByText('Đã đổi cách dùng đường truyền.').waitFor();
    assert.equal((await o.ask('commune-clerk', 'line.policy', {})).contents, 'mine');
    await page.getByRole('button', { name: /^Hoàn tác/ }).first().click();
    await line.getByRole('radio', { name: /^Tất cả/, checked: true }).waitFor();
    assert.equal((await o.ask('commune-clerk', 'line.policy', {})).contents, 'all');
    await line.getByText('Giới hạn dung lượng tự tải mỗi ngày', { exact: true }).click();
    const field = line.getByRole('textbox', { name: 'Mỗi ngày (MB)' });
    await field.fill('350');
    await field.press('Enter');
    await line.getByText('Chỉ tự tải trong một khoảng giờ', { exact: true }).click();
    await line.getByLabel('Từ', { exact: true }).selectOption('20:30');
    await line.getByText('Đang dùng mạng tính tiền theo dung lượng', { exact: true }).click();
    await line.getByText(/^Đang bật mạng tính tiền/).waitFor();
    assert.deepEqual(await o.ask('commune-clerk', 'line.policy', {}), { contents: 'all', dailyMb: 350, bulkHours: { from: '20:30', until: '06:00' }, metered: true });
  });

  test('a file that was not to come by itself says why, and comes when it is asked for', async () => {
    await o.ask('commune-clerk', 'line.setPolicy', { contents: 'on-opening', dailyMb: null, bulkHours: null, metered: false });
    await page.reload();
    await o.deliver('Báo cáo quý để thử đường truyền');
    await openDocument(page, 'Văn bản đến', 'Báo cáo quý để thử đường truyền');
    await page.getByText(/^Tệp \(\d+\sKB\) chưa tải: cài đặt chọn không tự tải\.$/).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Tải ngay' }).press('Enter');
    await page.locator('canvas').first().waitFor();
    await o.ask('commune-clerk', 'line.setPolicy', { contents: 'all', dailyMb: null, bulkHours: null, metered: false });
  });

  test('without a line nobody is offered what cannot be done', async () => {
    told.say('content.info', { sizeBytes: 250_000, here: false });
    is({ line: 'down', online: false });
    await page.reload();
    await openDocument(page, 'Văn bản đến', letter);
    await page.getByText(/Đang mất mạng; tệp sẽ tự tải khi có mạng lại/).waitFor();
    assert.equal(await page.getByRole('main').getByRole('button', { name: 'Tải ngay' }).count(), 0);
    told.unsay('sync.status');
  });

  test('a file on its way says how much of it has come', async () => {
    told.say('content.info', { sizeBytes: 250_000, here: false, received: 100_000 });
    await page.reload();
    await openDocument(page, 'Văn bản đến', letter);
    const progress = page.getByRole('main').getByRole('progressbar', { name: 'Đang tải tệp' });
    await progress.waitFor();
    assert.match(await progress.getAttribute('aria-valuetext') ?? '', /^98\sKB \/ \d+\sKB$/);
    // asked again by itself: nobody tells of bytes
    told.unsay('content.info');
    await page.locator('canvas').first().waitFor();
  });

  test('an office that ceased cannot be chosen; those who came after it can, by the arrow keys', async () => {
    told.say('directory.organizations', { organizations: officesAround() });
    await page.getByRole('button', { name: 'Soạn văn bản' }).click();
    await askFor(page.getByRole('combobox', { name: 'Thêm nơi nhận' }), 'huyện');
    const ceased = page.getByRole('option', { name: /^UBND huyện Sơn Tịnh/ });
    await ceased.getByText('Đã ngừng hoạt động, ngày cuối 30/06/2025. Nay gửi: UBND xã Trường Giang, UBND xã Thọ Phong').waitFor();
    assert.equal(await ceased.getAttribute('aria-disabled'), 'true');
    await page.getByRole('option', { name: /^UBND xã Trường Giang/ }).getByText('H48.301 · 000.01.30.H48').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Bỏ UBND xã Trường Giang' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Bỏ UBND huyện Sơn Tịnh' }).count(), 0);
    told.unsay('directory.organizations');
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
