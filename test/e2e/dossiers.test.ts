import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { longestKept } from '../../src-shared/domain/deadlines/hand-over.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { formatDate, localDay } from '../../src-renderer/i18n/format.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, openFolder, sitAt } from './support/screens.ts';
import { fieldsNotTyped, quietly, watchFields } from './support/telex-fields.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const schema = fileURLToPath(new URL('../../resources/dossier/dossier.xsd', import.meta.url));
const signed = 'Ban hành Quy chế tiếp nhận';
const invited = 'Tập huấn ký số';
const draft = 'Dự thảo còn dở của hồ sơ';
const title = 'Tiếp nhận, xử lý văn bản điện tử';

/** One dossier's whole way, each field of it typed by Telex (telex.test.ts counts them). */
describe('a dossier, from the year’s list to the archive', () => {
  let o: BrowserOffice;
  let page: Page;
  let dir: string;
  const pageErrors: string[] = [];
  const today = localDay(Date.now());
  const year = today.slice(0, 4);

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'van-thu-e2e-dossier-'));
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await watchFields(page);
    for (const words of [signed, invited]) {
      const id = await idOf('incoming', words);
      await o.ask(clerk, 'documents.register', { id });
    }
    const { document } = await o.ask(clerk, 'documents.read', { id: await idOf('incoming', invited) });
    await o.ask(clerk, 'documents.draft', { title: draft, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: document.content, recipients: [], inReplyTo: null });
  });
  after(async () => {
    await o.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function idOf(folder: 'incoming' | 'outgoing', words: string): Promise<DocumentId> {
    const { rows: [row] } = await o.ask(clerk, 'documents.list', { folder, query: words, offset: 0, limit: 1 });
    assert.ok(row, `no document “${words}”`);
    return row.document.id;
  }

  const main = (): Locator => page.getByRole('main');
  const dialog = (): Locator => page.getByRole('dialog');
  const field = (name: string): Locator => dialog().getByRole('textbox', { name, exact: true });
  const pressed = (name: string | RegExp): Promise<void> => main().getByRole('button', { name }).first().click();
  const confirmed = async (name: string): Promise<void> => {
    await dialog().getByRole('button', { name, exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
  };
  const said = (words: string | RegExp): Promise<void> => page.getByRole('status').getByText(words).first().waitFor();
  const retype = async (at: Locator, text: string): Promise<void> => {
    await at.fill('');
    await quietly(page, at, text);
  };
  /** What a press hands to the browser. */
  async function saved(press: () => Promise<void>): Promise<{ readonly name: string; readonly path: string }> {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    const path = join(dir, download.suggestedFilename());
    await download.saveAs(path);
    return { name: download.suggestedFilename(), path };
  }
  const textOf = (pdf: string): string => execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).normalize('NFC').replaceAll(/\s+/g, ' ');

  test('the clerk makes the year’s list: a heading, and under it what is planned; what is missing is said beside its field', async () => {
    await sitAt(page, clerk);
    await openFolder(page, 'Hồ sơ');
    await main().getByRole('tab', { name: 'Danh mục hồ sơ' }).click();
    await pressed(`Lập danh mục năm ${year}`);
    await main().getByText('Danh mục chưa có mục nào.').waitFor();
    await pressed('Thêm đề mục');
    await quietly(page, field('Số thứ tự đề mục'), 'I');
    await quietly(page, field('Tên đề mục'), 'Văn thư, lưu trữ');
    await confirmed('Lưu mục');
    await pressed('Thêm hồ sơ dự kiến');
    await dialog().getByRole('button', { name: 'Lưu mục' }).click();
    for (const words of ['Hãy ghi số, ký hiệu hồ sơ.', 'Hãy ghi tiêu đề.', 'Hãy chọn thời hạn bảo quản.']) await dialog().getByText(words).waitFor();
    await quietly(page, field('Số, ký hiệu hồ sơ'), '01.VTLT');
    await quietly(page, field('Tiêu đề hồ sơ'), title);
    await quietly(page, field('Ghi chú'), 'Lập trong năm');
    await dialog().getByLabel('Thời hạn bảo quản').selectOption({ label: '20 năm' });
    await confirmed('Lưu mục');
    await main().getByText('Dự kiến, chưa duyệt').waitFor();
    await main().getByRole('row', { name: /01\.VTLT/ }).waitFor();
  });

  test('the leader approves it, and a dossier is opened from its entry with what the entry says', async () => {
    await sitAt(page, leader);
    await openFolder(page, 'Hồ sơ');
    await main().getByRole('tab', { name: 'Danh mục hồ sơ' }).click();
    await pressed('Duyệt danh mục');
    await main().getByText(/^Đã duyệt: /).waitFor();
    await sitAt(page, clerk);
    await openFolder(page, 'Hồ sơ');
    await main().getByRole('tab', { name: 'Danh mục hồ sơ' }).click();
    await main().getByText(/^Đã duyệt: /).waitFor();
    await main().getByRole('row', { name: /01\.VTLT/ }).click();
    await pressed('Mở hồ sơ từ mục này');
    assert.deepEqual([await field('Số, ký hiệu hồ sơ').inputValue(), await field('Tiêu đề').inputValue(), await dialog().getByLabel('Thời hạn bảo quản').inputValue()], ['01.VTLT', title, '20']);
    await retype(field('Số, ký hiệu hồ sơ'), '01.VTLT');
    await retype(field('Tiêu đề'), title);
    await retype(field('Ngày bắt đầu'), `02/01/${year}`);
    await quietly(page, field('Chế độ sử dụng'), 'Sử dụng rộng rãi');
    await retype(field('Ghi chú'), 'Theo danh mục của năm');
    await confirmed('Mở hồ sơ');
    await main().getByRole('heading', { level: 1, name: `01.VTLT · ${title}` }).waitFor();
    await main().getByText(`Theo mục 01.VTLT của danh mục năm ${year}.`).waitFor();
  });

  test('an empty dossier cannot be closed and says why; documents are found by words and put in, and one more from where it is read', async () => {
    await pressed('Kết thúc hồ sơ');
    await main().getByText('Chưa kết thúc được: còn việc phải làm ở dưới.').waitFor();
    await main().getByText('Hồ sơ chưa có văn bản nào', { exact: true }).waitFor();
    await pressed('Thêm văn bản');
    await quietly(page, field('Tìm văn bản để thêm'), signed);
    await dialog().getByRole('checkbox', { name: new RegExp(signed) }).check();
    await retype(field('Tìm văn bản để thêm'), draft);
    await dialog().getByRole('checkbox', { name: new RegExp(draft) }).check();
    await confirmed('Thêm 2 văn bản');
    await said('Đã đưa 2 văn bản vào hồ sơ 01.VTLT.');

    await openDocument(page, 'Văn bản đến', invited);
    await pressed('Đưa vào hồ sơ');
    await dialog().getByRole('button', { name: 'Đưa vào hồ sơ' }).click();
    await dialog().getByText('Hãy chọn một hồ sơ.').waitFor();
    await quietly(page, field('Tìm hồ sơ, không cần dấu'), 'tiep nhan xu ly');
    await dialog().getByText(`01.VTLT · ${title}`).click();
    await confirmed('Đưa vào hồ sơ');
    await said('Đã đưa 1 văn bản vào hồ sơ 01.VTLT.');
    await page.getByRole('button', { name: 'Xem hồ sơ' }).click();
    await main().getByRole('heading', { level: 1, name: `01.VTLT · ${title}` }).waitFor();
    await main().getByRole('grid', { name: 'Văn bản trong hồ sơ' }).getByRole('row', { name: new RegExp(invited) }).waitFor();
  });

  test('a draft stops it: what to do stands beside, and once it is taken out the dossier is closed', async () => {
    await pressed('Kết thúc hồ sơ');
    const checks = main().getByRole('region', { name: 'Kiểm tra trước khi kết thúc' });
    await checks.getByText('1 văn bản còn là dự thảo').waitFor();
    await checks.getByText('Phát hành văn bản, hoặc bỏ dự thảo ra khỏi hồ sơ.').waitFor();
    assert.equal(await dialog().count(), 0);
    await pressed(`Bỏ “${draft}” ra khỏi hồ sơ`);
    await checks.getByText('1 văn bản còn là dự thảo').waitFor({ state: 'detached' });
    // taken out by a slip of the hand, it is put back with a press
    await page.getByRole('button', { name: 'Đưa lại' }).click();
    await checks.getByText('1 văn bản còn là dự thảo').waitFor();
    await pressed(`Bỏ “${draft}” ra khỏi hồ sơ`);
    await checks.getByText('1 văn bản còn là dự thảo').waitFor({ state: 'detached' });

    await pressed('Kết thúc hồ sơ');
    await retype(field('Ngày kết thúc'), `01/01/${year}`);
    await dialog().getByRole('button', { name: 'Kết thúc hồ sơ' }).click();
    await dialog().getByText(`Ngày kết thúc phải từ ngày bắt đầu 02/01/${year} trở đi.`).waitFor();
    await retype(field('Ngày kết thúc'), formatDate(today));
    await quietly(page, field('Số tờ, số trang'), '7');
    await confirmed('Kết thúc hồ sơ');
    await said('Đã kết thúc hồ sơ 01.VTLT.');
    assert.equal(await main().getByRole('button', { name: 'Thêm văn bản' }).count(), 0, 'closed: nothing goes in');
  });

  test('it is opened again for a reason, closed, and kept longer with consent, but not beyond two years', async () => {
    await pressed('Mở lại hồ sơ');
    await quietly(page, field('Lý do mở lại'), 'Bổ sung số trang');
    await confirmed('Mở lại hồ sơ');
    await pressed('Kết thúc hồ sơ');
    await confirmed('Kết thúc hồ sơ');
    const longest = longestKept({ endedOn: today, construction: false });
    await pressed('Giữ lại thêm');
    await quietly(page, field('Giữ đến ngày'), formatDate(addDays(longest, 1)));
    await quietly(page, field('Văn bản đồng ý'), 'Công văn số 15/UBND-VP');
    await dialog().getByRole('button', { name: 'Giữ lại thêm' }).click();
    await dialog().getByText(`Muộn nhất là ${formatDate(longest)}`).waitFor();
    await retype(field('Giữ đến ngày'), formatDate(longest));
    await confirmed('Giữ lại thêm');
    await said(`Đã ghi giữ hồ sơ 01.VTLT đến ${formatDate(longest)}.`);
  });

  test('its package is opened by other programs: valid by its schema, each file as it was, and honest about signatures', async () => {
    const { name, path } = await saved(() => pressed('Xuất gói hồ sơ'));
    assert.equal(name, `ho-so-01-vtlt-${year}.zip`);
    await said(`Đã xuất ${name}`);
    const out = join(dir, 'out');
    execFileSync('unzip', ['-q', path, '-d', out]);
    execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, join(out, 'index.xml')], { stdio: 'pipe' });
    execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'sha256sum.txt'], { cwd: out });
    const xml = readFileSync(join(out, 'index.xml'), 'utf8');
    for (const words of ['<FileNotation>01.VTLT</FileNotation>', `<Title>${title}</Title>`, '<Maintenance>20 năm</Maintenance>', '<DocTotal>2</DocTotal>']) assert.ok(xml.includes(words), words);
    const { document } = await o.ask(clerk, 'documents.read', { id: await idOf('incoming', signed) });
    const file = new RegExp(`<Path>([^<]+)</Path>[^\\n]*<SHA256>${document.content.sha256}</SHA256><Signatures count="\\d+" level="([^"]+)"`).exec(xml);
    assert.ok(file, 'the signed one is there, with the level of its signatures');
    assert.equal(createHash('sha256').update(readFileSync(join(out, file[1] ?? ''))).digest('hex'), document.content.sha256);
    assert.ok(textOf(join(out, 'muc-luc-van-ban.pdf')).includes(file[2] === 'B-LTA' ? 'ở mức B-LTA' : 'chưa đạt mức B-LTA'));
  });

  test('it is handed over: minutes for both sides first, then it cannot be changed any more', async () => {
    await pressed('Nộp lưu');
    await dialog().getByRole('button', { name: 'Ghi đã nộp lưu' }).click();
    await dialog().getByText('Hãy ghi nơi nhận hồ sơ.').waitFor();
    await quietly(page, field('Nơi nhận hồ sơ'), 'Lưu trữ lịch sử tỉnh');
    await retype(field('Ngày giao nhận'), formatDate(today));
    const { path } = await saved(() => dialog().getByRole('button', { name: 'Tạo biên bản giao nhận (PDF)' }).click());
    const text = textOf(path);
    for (const words of ['BIÊN BẢN', 'Lưu trữ lịch sử tỉnh', '01.VTLT', '20 năm']) assert.ok(text.includes(words), words);
    await dialog().getByText(/^Đã tạo biên bản: /).waitFor();
    await confirmed('Ghi đã nộp lưu');
    await main().getByText(`Đã nộp cho Lưu trữ lịch sử tỉnh ngày ${formatDate(today)}`).waitFor();
    for (const name of ['Sửa mô tả hồ sơ', 'Mở lại hồ sơ', 'Nộp lưu']) assert.equal(await main().getByRole('button', { name }).count(), 0, name);
  });

  test('several chosen in a list go into one dossier, and the list finds it by words without marks', async () => {
    await openFolder(page, 'Hồ sơ');
    await pressed('Mở hồ sơ mới');
    await field('Số, ký hiệu hồ sơ').fill('02.VTLT');
    await field('Tiêu đề').fill('Văn bản đến đầu năm');
    await dialog().getByLabel('Thời hạn bảo quản').selectOption({ label: '5 năm' });
    await confirmed('Mở hồ sơ');
    await openDocument(page, 'Văn bản đến', signed);
    await page.getByRole('listbox', { name: 'Văn bản đến' }).focus();
    await page.keyboard.press('Control+a');
    const bar = page.getByRole('group', { name: 'Việc với các văn bản đã chọn' });
    const count = Number(/\d+/.exec((await bar.getByRole('status').textContent()) ?? '')?.[0]);
    assert.ok(count > 1);
    await bar.getByRole('button', { name: 'Đưa vào hồ sơ' }).click();
    await dialog().getByText('02.VTLT · Văn bản đến đầu năm').click();
    await confirmed('Đưa vào hồ sơ');
    await said(`Đã đưa ${count} văn bản vào hồ sơ 02.VTLT.`);
    await openFolder(page, 'Hồ sơ');
    await quietly(page, main().getByRole('textbox', { name: 'Tìm hồ sơ, không cần dấu' }), 'van ban den dau nam');
    await main().getByRole('row', { name: /Văn bản đến đầu năm/ }).getByText(String(count), { exact: true }).waitFor();
  });

  test('no field of a dossier was left untyped, and no page failed', async () => {
    const own = ['Số, ký hiệu hồ sơ', 'Tiêu đề hồ sơ', 'Tiêu đề', 'Ghi chú', 'Chế độ sử dụng', 'Ngày bắt đầu', 'Ngày kết thúc', 'Số tờ, số trang', 'Lý do mở lại', 'Giữ đến ngày', 'Văn bản đồng ý', 'Nơi nhận hồ sơ', 'Ngày giao nhận', 'Tìm văn bản để thêm', 'Tìm hồ sơ, không cần dấu', 'Số thứ tự đề mục', 'Tên đề mục'];
    const left = await fieldsNotTyped(page);
    assert.deepEqual(left.filter((name) => own.includes(name)), []);
    assert.deepEqual(pageErrors, []);
  });
});
