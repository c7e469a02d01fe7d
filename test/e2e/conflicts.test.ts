import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { Input } from '../../src-shared/contract/index.ts';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { assertNoAxeViolations } from './support/axe.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { networkPill, openDocument, openFolder, setLine, sitAt } from './support/screens.ts';

const first = 'Ban hành Quy chế tiếp nhận';
const second = 'Họp triển khai ký số';
const third = 'Công bố danh mục mã định danh';

/** The leader assigns without a line what the clerk assigns meanwhile with one. */
describe('two who do different things with one document', () => {
  let o: BrowserOffice;
  let page: Page;
  let leader: PersonId;
  let clerk: PersonId;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await sitAt(page, 'commune-clerk');
    const { people } = await o.ask('commune-clerk', 'directory.people', {});
    const idOf = (name: string): PersonId => {
      const found = people.find(({ fullName }) => fullName === name);
      assert.ok(found, name);
      return found.id;
    };
    [leader, clerk] = [idOf('Nguyễn Đức Thắng'), idOf('Trần Thị Mai')];
    for (const title of [first, second, third]) {
      const id = await idOfDocument('commune-clerk', title);
      await o.ask('commune-clerk', 'documents.register', { id, reason: null });
      await o.ask('commune-clerk', 'documents.present', { id, note: '' });
    }
    await sitAt(page, 'commune-leader');
    for (const title of [first, second, third]) await waitForStage('commune-leader', title, 'presented');
    await setLine(page, false);
    await networkPill(page).getByText(/Ngoại tuyến/).waitFor();
    for (const title of [first, second, third]) await assign('commune-leader', title, { lead: clerk, directive: 'Tham mưu văn bản trả lời trước thứ sáu', deadline: '2026-12-25' });
    await sitAt(page, 'commune-clerk');
    for (const title of [first, second, third]) await assign('commune-clerk', title, { lead: leader, directive: 'Tham mưu kế hoạch thực hiện trước thứ sáu', deadline: '2026-12-25' });
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText('Không còn việc nào chờ').waitFor();
    await sitAt(page, 'commune-leader');
    await setLine(page, true);
  });
  after(() => o.close());

  async function idOfDocument(desk: string, title: string): Promise<DocumentId> {
    const { rows } = await o.ask(desk, 'documents.list', { folder: 'incoming', query: title, offset: 0, limit: 1 });
    assert.ok(rows[0], title);
    return rows[0].document.id;
  }

  async function waitForStage(desk: string, title: string, stage: string): Promise<void> {
    await until(async () => (await o.ask(desk, 'documents.read', { id: await idOfDocument(desk, title) })).document.stage === stage, `${title}: ${stage}`);
  }

  async function assign(desk: string, title: string, patch: Pick<Input<'documents.assign'>, 'lead' | 'directive' | 'deadline'>): Promise<void> {
    await o.ask(desk, 'documents.assign', { id: await idOfDocument(desk, title), support: [], inform: [], ...patch });
  }

  /** Asks again with every change on the screen, not by the clock. */
  async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
    for (let asked = 0; asked < 100; asked++) {
      if (await holds()) return;
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await o.ask('commune-leader', 'sync.now', {});
    }
    assert.fail(`never: ${what}`);
  }

  const cardOf = (title: string): Locator => page.getByRole('article', { name: new RegExp(title) });

  test('each waits in a folder of its own, with its number beside the folder, and not among what went wrong', async () => {
    await openFolder(page, 'Chờ bạn chọn');
    await cardOf(third).waitFor();
    assert.equal(await page.getByRole('article').count(), 3);
    const link = page.getByRole('navigation').getByRole('link', { name: 'Chờ bạn chọn' });
    await link.getByText('3', { exact: true }).waitFor();
    assert.equal(await page.getByRole('navigation').getByRole('link', { name: 'Cần xử lý' }).getByText(/\d/).count(), 0);
    await page.getByRole('contentinfo').getByRole('link', { name: '3 văn bản chờ bạn chọn' }).waitFor();
  });

  test('both versions stand side by side with who and when, and only what differs is marked', async () => {
    const card = cardOf(first);
    await card.getByRole('columnheader', { name: /^Của tôi/ }).waitFor();
    await card.getByRole('columnheader', { name: /^Đang có hiệu lực/ }).getByText(/Trần Thị Mai · \d\d:\d\d, /).waitFor();
    const lead = card.getByRole('row', { name: /^Chủ trì/ }).getByRole('cell');
    assert.deepEqual(await lead.allTextContents(), ['khác: Trần Thị Mai', 'khác: Nguyễn Đức Thắng']);
    const marked = card.getByRole('row', { name: /^Chỉ đạo/ }).locator('mark');
    assert.deepEqual(await marked.allTextContents(), ['khác: văn bản trả lời', 'khác: kế hoạch thực hiện']);
    await card.getByRole('row', { name: /^Giống nhau.*hạn xử lý/ }).waitFor();
    assert.equal(await card.getByRole('row', { name: /^Hạn xử lý/ }).count(), 0);
    await assertNoAxeViolations(page, 'two versions');
  });

  test('the document itself says so and leads to its two versions', async () => {
    await openDocument(page, 'Văn bản đến', second);
    await page.getByText(/^Người khác đã làm khác bạn trên văn bản này/).waitFor();
    await page.getByRole('button', { name: 'So sánh hai bản' }).press('Enter');
    await cardOf(second).and(page.locator(':focus')).waitFor();
  });

  test('one’s own is done again over what stands, and the focus goes on with the next', async () => {
    await cardOf(second).getByRole('button', { name: 'Giữ của tôi' }).press('Enter');
    await cardOf(second).waitFor({ state: 'detached' });
    await page.getByText(new RegExp(`^Đã giữ bản của tôi: ${second}`)).waitFor();
    await page.waitForFunction(() => document.activeElement?.classList.contains('clash'));
    await until(async () => (await o.ask('commune-clerk', 'documents.read', { id: await idOfDocument('commune-clerk', second) })).document.assignment?.lead === clerk, 'the clerk’s desk has the leader’s version');
  });

  test('what was accepted can be taken back for a while, and waits again then', async () => {
    await cardOf(first).getByRole('button', { name: 'Chấp nhận' }).press('Enter');
    await cardOf(first).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await cardOf(first).waitFor();
    assert.equal((await o.ask('commune-leader', 'conflicts.list', {})).conflicts.length, 2);
  });

  test('Alt+N goes from one to the next, and round', async () => {
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby') ?? '');
    const seen: string[] = [];
    for (let pressed = 0; pressed < 3; pressed++) {
      await page.keyboard.press('Alt+n');
      seen.push(await focused());
    }
    assert.equal(new Set(seen.slice(0, 2)).size, 2);
    assert.equal(seen[0], seen[2]);
  });

  test('what stands is accepted for good after that while; with the last one settled the folder says so', async () => {
    for (const title of [first, third]) await cardOf(title).getByRole('button', { name: 'Chấp nhận' }).press('Enter');
    await page.getByText('Không có gì phải chọn').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Chờ bạn chọn' }).and(page.locator(':focus')).waitFor();
    await page.getByText(/^Đã chấp nhận bản đang có hiệu lực/).first().waitFor({ state: 'detached' });
    await until(async () => (await o.ask('commune-leader', 'conflicts.list', {})).conflicts.length === 0, 'nothing waits');
    const kept = await o.ask('commune-leader', 'documents.read', { id: await idOfDocument('commune-leader', first) });
    assert.equal(kept.document.assignment?.lead, leader);
    assert.equal(kept.sync, 'synced');
  });

  test('no screen threw while all this was done', () => assert.deepEqual(pageErrors, []));
});
