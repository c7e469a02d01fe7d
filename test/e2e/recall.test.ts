import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { approveByDoor, awaitStage, awaitTitle, issueByDoor, submitByDoor } from './support/issue-by-door.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, press, sitAt } from './support/screens.ts';
import { quietly, watchFields } from './support/telex-fields.ts';

const { department, province } = practiceUnits;
const clerk = 'commune-clerk';
const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

describe('what has gone out, and is asked back, put right, replaced or made void', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    // the forms of this spec are typed into as UniKey does (telex.test.ts counts them)
    await watchFields(page);
  });
  after(async () => o.close());

  const dialog = (): Locator => page.getByRole('dialog');
  const side = (): Locator => page.getByRole('complementary');
  const gone = (): Promise<void> => dialog().waitFor({ state: 'detached' });
  const said = (words: string | RegExp): Promise<void> => page.getByRole('status').getByText(words).first().waitFor();

  async function sentLetter(title: string, to = [department, province]): Promise<DocumentId> {
    const id = await submitByDoor(o, title, to);
    await approveByDoor(o, id);
    await issueByDoor(o, id, to, true);
    await awaitStage(o, clerk, id, 'sent');
    return id;
  }

  test('a number that was given is made void with a reason, and the document does not go out', async () => {
    const id = await submitByDoor(o, 'Thư chờ cấp số', [department]);
    await approveByDoor(o, id);
    assert.equal(await issueByDoor(o, id, [department], false), 15);
    await openDocument(page, 'Văn bản đi', 'Thư chờ cấp số');
    await press(page, 'Hủy số');
    await dialog().getByText(/ở lại trong sổ và ghi là đã hủy/).waitFor();
    await dialog().getByRole('button', { name: 'Hủy số 15/UBND-VP' }).click();
    await dialog().getByText('Hãy ghi lý do: sổ đăng ký phải nói rõ vì sao hủy.').waitFor();
    await quietly(page, dialog().getByLabel('Lý do'), 'Ký nhầm bản dự thảo, đường thủy');
    await dialog().getByRole('button', { name: 'Hủy số 15/UBND-VP' }).click();
    await gone();
    await said('Đã hủy số 15/UBND-VP.');
    await side().getByText('Ký nhầm bản dự thảo, đường thủy').first().waitFor();
    assert.deepEqual((await o.ask(clerk, 'documents.read', { id })).actions.filter((name) => name === 'send' || name === 'voidNumber'), []);
  });

  test('an update goes to those who have it; while it waits, a recall can still be asked', async () => {
    const id = await sentLetter('Thư gửi hai nơi');
    await openDocument(page, 'Văn bản đi', 'Thư gửi hai nơi');
    await press(page, 'Cập nhật');
    await quietly(page, dialog().getByLabel('Lý do'), 'Sai trích yếu, khuyết tật');
    await dialog().getByRole('button', { name: 'Gửi cập nhật tới 2 nơi nhận' }).click();
    await dialog().getByText('Chưa có gì khác: hãy sửa trích yếu hoặc độ khẩn.').waitFor();
    await quietly(page, dialog().getByLabel('Trích yếu'), ' đã sửa');
    await dialog().getByRole('button', { name: 'Bỏ chọn' }).click();
    await dialog().getByRole('checkbox', { name: new RegExp(province.name) }).check();
    await dialog().getByRole('button', { name: 'Gửi cập nhật tới 1 nơi nhận' }).click();
    await gone();
    await said('Đã gửi cập nhật; từng nơi nhận sẽ trả lời.');
    await side().getByText('Đã gửi cập nhật, chờ trả lời').waitFor();
    const { document: { title, recipients } } = await o.ask(clerk, 'documents.read', { id });
    assert.equal(title, 'Thư gửi hai nơi đã sửa');
    assert.deepEqual(recipients.filter(({ status }) => status === '13').map(({ organization }) => organization.code), [province.code]);
    await page.getByRole('button', { name: 'Thu hồi', exact: true }).waitFor();
  });

  test('a letter is recalled: one receiver agrees, one does not, and the table says which', async () => {
    const id = await awaitTitle(o, clerk, 'outgoing', 'Thư gửi hai nơi đã sửa');
    await press(page, 'Thu hồi');
    await dialog().getByText(/^Mọi nơi đã nhận được đề nghị hủy bỏ văn bản/).waitFor();
    await quietly(page, dialog().getByLabel('Lý do'), 'Gửi nhầm bản chưa rà soát');
    await dialog().getByRole('button', { name: 'Thu hồi từ 2 nơi nhận' }).click();
    await gone();
    await said('Đã đề nghị thu hồi; từng nơi nhận sẽ trả lời.');
    await side().getByText('Đã thu hồi', { exact: true }).first().waitFor();

    await answer('province-clerk', false);
    await sitAt(page, 'department-clerk');
    await openDocument(page, 'Văn bản đến', 'Thư gửi hai nơi');
    await page.getByText('Lý do: Gửi nhầm bản chưa rà soát').waitFor();
    await page.getByRole('button', { name: 'Đồng ý thu hồi' }).click();
    await said('Đã đồng ý thu hồi; nơi gửi sẽ được báo.');
    await o.ask('department-clerk', 'sync.now', {});

    await sitAt(page, clerk);
    await openDocument(page, 'Văn bản đi', 'Thư gửi hai nơi đã sửa');
    await o.ask(clerk, 'sync.now', {});
    await side().getByText('Đã đồng ý thu hồi').waitFor();
    await side().getByText('Lý do: Văn bản đã được thi hành').waitFor();
    await side().getByRole('button', { name: 'Theo dõi nơi nhận' }).click();
    const rows = dialog().getByRole('row');
    await rows.filter({ hasText: department.name }).getByText('Đã đồng ý thu hồi').waitFor();
    await rows.filter({ hasText: province.name }).getByText('Không đồng ý thu hồi').waitFor();
    await dialog().getByLabel('Chỉ hiện').selectOption({ label: 'Từ chối, chuyển trả (0)' });
    await dialog().getByText('Không có nơi nhận nào như vậy.').waitFor();
    await dialog().getByLabel('Chỉ hiện').selectOption({ label: 'Thu hồi, cập nhật (2)' });
    assert.equal(await rows.count(), 3);
    await page.keyboard.press('Escape');
    await gone();
    // who did not agree can be asked again, and whoever did is not
    await press(page, 'Thu hồi');
    await dialog().getByRole('button', { name: 'Thu hồi từ 1 nơi nhận' }).waitFor();
    await page.keyboard.press('Escape');
    await gone();
    assert.equal((await o.ask(clerk, 'documents.read', { id })).document.stage, 'recalled');
  });

  /** A receiver answers at its own desk what it was asked last. */
  async function answer(desk: string, agree: boolean): Promise<void> {
    const theirs = await awaitTitle(o, desk, 'incoming', 'Thư gửi hai nơi');
    for (const end = Date.now() + 20_000; ; await o.ask(desk, 'sync.now', {})) {
      const { asked } = (await o.ask(desk, 'documents.read', { id: theirs })).document;
      if (asked?.change === 'recall') {
        await o.ask(desk, 'documents.answerChange', { id: theirs, request: asked.request, agree, reason: agree ? '' : 'Văn bản đã được thi hành' });
        return void (await o.ask(desk, 'sync.now', {}));
      }
      assert.ok(Date.now() < end, 'it was not asked');
    }
  }

  test('a letter is replaced by another: begun from it as it was, and once sent each leads to the other, here and at the receiver', async () => {
    const older = await sentLetter('Thư sai nội dung', [department]);
    await openDocument(page, 'Văn bản đi', 'Thư sai nội dung');
    await press(page, 'Thay thế');
    await page.getByRole('heading', { level: 1, name: 'Soạn văn bản thay thế' }).waitFor();
    await page.getByText(/^Thay thế văn bản \d+\/UBND-VP: Thư sai nội dung$/).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Trích yếu' }).inputValue(), 'Thư sai nội dung');
    await page.getByRole('button', { name: `Bỏ ${department.name}` }).waitFor();
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill('Thư đúng nội dung');
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await press(page, 'Trình ký');
    await said('Đã trình ký.');
    const newer = await awaitTitle(o, clerk, 'outgoing', 'Thư đúng nội dung');
    await approveByDoor(o, newer);
    await issueByDoor(o, newer, [department], true);
    await awaitStage(o, clerk, older, 'replaced');

    await openDocument(page, 'Văn bản đi', 'Thư sai nội dung');
    await side().getByRole('link', { name: /Thư đúng nội dung$/ }).click();
    await side().getByText('Thay thế văn bản', { exact: true }).waitFor();
    await side().getByRole('link', { name: /Thư sai nội dung$/ }).click();
    await side().getByRole('link', { name: /Thư đúng nội dung$/ }).waitFor();

    const theirs = await awaitTitle(o, 'department-clerk', 'incoming', 'Thư sai nội dung');
    await awaitStage(o, 'department-clerk', theirs, 'replaced');
    await sitAt(page, 'department-clerk');
    await openDocument(page, 'Văn bản đến', 'Thư sai nội dung');
    await side().getByRole('link', { name: /Thư đúng nội dung$/ }).waitFor();
  });

  test('nothing was written to the console as a fault', () => {
    assert.deepEqual(pageErrors, []);
  });
});

