import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import type { DocumentDetail } from '../../src-shared/contract/documents.ts';
import { addWorkingDays } from '../../src-shared/domain/holidays.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { formatDate, localDay } from '../../src-renderer/i18n/format.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { watchErrors } from './support/page-errors.ts';
import { askFor, networkPill, openFolder, pinOf, press, rowOf, setLine, signWithPin, sitAt } from './support/screens.ts';

const schema = fileURLToPath(new URL('../../resources/dossier/dossier.xsd', import.meta.url));
const letter = fileURLToPath(new URL('../fixtures/pdf/cong-van-xa.pdf', import.meta.url));
const [clerk, leader, department] = ['commune-clerk', 'commune-leader', 'department-clerk'];

/** What comes in this week. */
const assigned = ['Rà soát chứng thư số của công chức', 'Kiểm kê máy quét tài liệu', 'Khảo sát đường truyền tới thôn', 'Đăng ký tập huấn an toàn thông tin', 'Góp ý dự thảo quy chế lưu trữ', 'Thống kê hồ sơ điện tử', 'Cử đầu mối chuyển đổi số'] as const;
const forInformation = ['Thông tin về lịch bảo trì trục liên thông', 'Giới thiệu mẫu con dấu mới', 'Hướng dẫn đặt tên tệp'] as const;
const notOurs = 'Đề nghị cấp phép xây dựng cầu cảng';
const askedBack = 'Chỉ tiêu hạ tầng số năm 2027';
const [certificates, scanners, lines, training, regulation, dossiers, contact] = assigned;
/** Given back by whoever got them; done late; answered, the last one on the day after the line came back. */
const returned: readonly string[] = [training, regulation];
const answered = [certificates, scanners, lines, training, dossiers, contact];
/** What takes the place of the answer that was wrong. */
const corrected = 'Phân công người phụ trách chữ ký số';
const answerTo = (title: string): string => `Trả lời: ${title}`;

describe('a week in a commune’s office', () => {
  let o: BrowserOffice;
  let page: Page;
  let dir = '';
  const pageErrors: string[] = [];
  const deadline = addWorkingDays(localDay(Date.now()), 5);

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'van-thu-e2e-week-'));
    o = await openInBrowser();
    page = o.page;
    // one that is not there ends the week; there is no second wait for it
    page.setDefaultTimeout(60_000);
    watchErrors(page, pageErrors);
  });
  after(async () => {
    await o.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** A day that went wrong ends the week: what comes after it would only wait for what is not there. */
  let wrong = '';
  function day(name: string, run: () => Promise<void>): void {
    test(name, async () => {
      assert.equal(wrong, '', 'an earlier day went wrong');
      wrong = name;
      await run();
      wrong = '';
    });
  }

  async function read(desk: string, folder: 'incoming' | 'outgoing', title: string): Promise<DocumentDetail> {
    const { rows } = await o.ask(desk, 'documents.list', { folder, query: '', offset: 0, limit: 100 });
    const row = rows.find(({ document }) => document.title === title);
    assert.ok(row, `no document “${title}” at ${desk}`);
    return o.ask(desk, 'documents.read', { id: row.document.id });
  }
  const idOf = async (desk: string, folder: 'incoming' | 'outgoing', title: string): Promise<DocumentId> => (await read(desk, folder, title)).document.id;
  const mine = (): Locator => page.getByRole('region', { name: 'Ai làm gì' });
  const dialog = (): Locator => page.getByRole('dialog');
  const said = (words: string | RegExp): Promise<void> => page.getByRole('status').getByText(words).first().waitFor();
  const closed = (): Promise<void> => dialog().waitFor({ state: 'detached' });
  const offline = (): Promise<void> => networkPill(page).getByText(/Ngoại tuyến/).waitFor();
  const online = (): Promise<void> => networkPill(page).getByText(/Trực tuyến/).waitFor();

  /** By its name, as whoever looks for one among many does. */
  async function openOf(folder: string, title: string): Promise<void> {
    await openFolder(page, folder);
    const field = page.getByRole('search').getByRole('textbox');
    if (await field.inputValue() !== title) await field.fill(title);
    await rowOf(page, title).click();
  }

  async function task(name: string): Promise<void> {
    await mine().getByRole('button', { name: 'Việc khác' }).click();
    await page.getByRole('menuitem', { name }).click();
  }

  /** What a press hands to the browser: its path. */
  async function saved(run: () => Promise<void>): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), run()]);
    const path = join(dir, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }
  /** A narrow column breaks its words wherever it must. */
  const squeezed = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, '');
  const textOf = (pdf: string): string => squeezed(execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' }));

  async function answer(title: string): Promise<void> {
    await openOf('Văn bản đến', title);
    await page.getByRole('button', { name: /^Soạn trả lời/ }).click();
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill(answerTo(title));
    await page.getByRole('textbox', { name: 'Ký hiệu' }).fill('UBND-VP');
    await press(page, 'Trình ký');
    await page.getByRole('textbox', { name: 'Trích yếu' }).waitFor({ state: 'detached' });
  }

  /** The leader reads each and signs all that were read under one PIN. */
  async function signAll(titles: readonly string[]): Promise<void> {
    for (const title of titles) {
      await openOf('Trình ký', answerTo(title));
      await rowOf(page, answerTo(title)).getByText('Đã đọc').waitFor();
    }
    await page.getByRole('search').getByRole('textbox').fill('');
    await page.getByRole('button', { name: `Ký ${titles.length} văn bản đã đọc` }).click();
    await dialog().getByLabel('Mã PIN').fill(pinOf(leader));
    await dialog().getByRole('button', { name: `Ký ${titles.length} văn bản` }).click();
    await page.getByRole('list', { name: 'Từng văn bản của đợt ký' }).getByRole('listitem').filter({ hasText: 'Đã ký' }).nth(titles.length - 1).waitFor();
    await press(page, 'Về hàng chờ');
  }

  async function issue(title: string, number: number): Promise<void> {
    await openOf('Phát hành', answerTo(title));
    await press(page, new RegExp(`^Ký, cấp số ${number} và gửi`));
    await signWithPin(page, pinOf(clerk));
    await closed();
  }

  day('Monday: twelve documents come in', async () => {
    await sitAt(page, clerk);
    for (const title of [...assigned, ...forInformation, notOurs, askedBack]) await o.deliver(title);
    await openFolder(page, 'Văn bản đến');
    await page.locator('[role="option"][aria-setsize="18"]').first().waitFor();
  });

  day('one is not for this office: it goes back with a reason, which its sender reads', async () => {
    await openOf('Văn bản đến', notOurs);
    await press(page, 'Từ chối');
    await dialog().getByRole('textbox', { name: 'Lý do' }).fill('Thẩm quyền của Sở Xây dựng');
    await dialog().getByRole('button', { name: 'Từ chối và báo nơi gửi' }).click();
    await closed();
    await sitAt(page, department);
    await openOf('Văn bản đi', notOurs);
    await page.getByText('Thẩm quyền của Sở Xây dựng').first().waitFor();
  });

  day('eleven are entered and laid before the leader with one key each, under numbers without a gap', async () => {
    await sitAt(page, clerk);
    for (const title of [...assigned, ...forInformation, askedBack]) {
      await openOf('Văn bản đến', title);
      await page.getByRole('button', { name: /^Vào sổ và trình/ }).waitFor();
      await page.keyboard.press('Control+Enter');
      await said(/^Đã vào sổ, số đến \d+, và trình lãnh đạo\.$/);
      await page.getByRole('button', { name: /^Vào sổ và trình/ }).waitFor({ state: 'detached' });
    }
    const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 100 });
    const numbers = rows.flatMap(({ document }) => (document.direction === 'incoming' && document.arrival !== null ? [document.arrival.number] : [])).sort((a, b) => a - b);
    assert.deepEqual(numbers, Array.from({ length: 11 }, (_, index) => 418 + index));
  });

  day('one is asked back by its sender and given back', async () => {
    const sent = await idOf(department, 'outgoing', askedBack);
    await o.ask(department, 'documents.askChange', { id: sent, change: 'recall', reason: 'Nhầm phụ lục' });
    await o.ask(department, 'sync.now', {});
    await openOf('Văn bản đến', askedBack);
    await page.getByText('Lý do: Nhầm phụ lục').waitFor();
    await page.getByRole('button', { name: 'Đồng ý thu hồi' }).click();
    await said('Đã đồng ý thu hồi; nơi gửi sẽ được báo.');
    await page.getByRole('complementary').getByText('Đã thu hồi').first().waitFor();
  });

  day('the leader gives out seven at once', async () => {
    await sitAt(page, leader);
    // a desk screen that stands upright shows the whole day
    await page.setViewportSize({ width: 1366, height: 1600 });
    await openFolder(page, 'Văn bản đến');
    for (const [index, title] of assigned.entries()) await rowOf(page, title).click(index === 0 ? {} : { modifiers: ['Control'] });
    const bulk = page.getByRole('group', { name: 'Việc với các văn bản đã chọn' });
    await bulk.getByText('Đã chọn 7', { exact: true }).waitFor();
    await bulk.getByRole('button', { name: 'Phân công' }).click();
    const lead = dialog().getByRole('combobox', { name: 'Chủ trì' });
    await lead.selectOption({ label: await lead.locator('option', { hasText: 'Trần Thị Mai' }).first().textContent() ?? '' });
    await dialog().getByRole('textbox', { name: 'Ý kiến chỉ đạo' }).fill('Tham mưu văn bản trả lời');
    await dialog().getByRole('textbox', { name: 'Hạn xử lý', exact: true }).fill(formatDate(deadline));
    await dialog().getByRole('button', { name: 'Giao việc' }).click();
    await closed();
    await said('Đã phân công 7 văn bản.');
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  day('Tuesday, without a line: the clerk takes up five, gives two back and asks for more time for one', async () => {
    await sitAt(page, clerk);
    for (const title of assigned) {
      await openOf('Văn bản đến', title);
      await mine().getByRole('button', { name: /^Nhận việc/ }).waitFor();
    }
    await setLine(page, false);
    await offline();
    for (const title of assigned) {
      await openOf('Văn bản đến', title);
      await mine().getByRole('button', { name: /^Nhận việc/ }).waitFor();
      if (returned.includes(title)) {
        await task('Trả lại việc');
        await dialog().getByLabel('Lý do').fill('Cần ý kiến của lãnh đạo trước');
        await dialog().getByRole('button', { name: 'Trả lại việc' }).click();
        await closed();
        continue;
      }
      await page.keyboard.press('Control+Enter');
      await mine().getByText('Đang làm').waitFor();
    }
    await openOf('Văn bản đến', lines);
    await task('Xin gia hạn');
    await dialog().getByRole('button', { name: /^10 ngày làm việc/ }).click();
    await dialog().getByLabel('Lý do').fill('Chờ số liệu của ba thôn');
    await dialog().getByRole('button', { name: 'Gửi xin gia hạn' }).click();
    await closed();
  });

  day('and drafts three answers, which wait with the rest; in the evening the line is back and all of it goes', async () => {
    for (const title of [certificates, scanners, dossiers]) await answer(title);
    await openFolder(page, 'Hộp chờ gửi');
    await page.getByText(answerTo(dossiers)).first().waitFor();
    await setLine(page, true);
    await online();
    await sitAt(page, leader);
    for (const title of [certificates, scanners, dossiers]) await openOf('Trình ký', answerTo(title));
  });

  day('Wednesday, without a line again: the leader signs three under one PIN, gives more time, and gives out anew what came back', async () => {
    const later = addWorkingDays(localDay(Date.now()), 10);
    await openOf('Văn bản đến', lines);
    await mine().getByRole('button', { name: `Cho đến ${formatDate(later)}` }).waitFor();
    await setLine(page, false);
    await offline();
    await signAll([certificates, scanners, dossiers]);
    await openOf('Văn bản đến', lines);
    await mine().getByRole('button', { name: `Cho đến ${formatDate(later)}` }).click();
    await mine().getByText(`Đã được gia hạn đến ${formatDate(later)}`).waitFor();
    for (const title of returned) {
      await openOf('Văn bản đến', title);
      await mine().getByText('Trả lại vì: Cần ý kiến của lãnh đạo trước').waitFor();
      await press(page, 'Phân công');
      const lead = dialog().getByRole('combobox', { name: 'Chủ trì' });
      await lead.selectOption({ label: await lead.locator('option', { hasText: 'Trần Thị Mai' }).first().textContent() ?? '' });
      await dialog().getByRole('textbox', { name: 'Ý kiến chỉ đạo' }).fill('Đồng ý chủ trương, soạn văn bản');
      await dialog().getByRole('button', { name: 'Giao việc' }).click();
      await closed();
    }
    await setLine(page, true);
    await online();
  });

  day('Thursday: three more answers are drafted and signed', async () => {
    await sitAt(page, clerk);
    for (const title of [lines, training, contact]) await answer(title);
    await sitAt(page, leader);
    await signAll([lines, training, contact]);
  });

  day('six answers get their numbers and the seal in the order of the day, and arrive', async () => {
    await sitAt(page, clerk);
    for (const [index, title] of answered.entries()) await issue(title, 15 + index);
    await sitAt(page, department);
    for (const title of answered) await openOf('Văn bản đến', answerTo(title));
    const numbers = await Promise.all(answered.map(async (title) => (await read(department, 'incoming', answerTo(title))).document.number));
    assert.deepEqual(numbers, answered.map((_, index) => 15 + index));
  });

  day('Friday: one answer was wrong; another takes its place, and each leads to the other', async () => {
    await sitAt(page, clerk);
    await openOf('Văn bản đi', answerTo(contact));
    await press(page, 'Thay thế');
    await page.getByRole('heading', { level: 1, name: 'Soạn văn bản thay thế' }).waitFor();
    await page.getByRole('textbox', { name: 'Trích yếu' }).fill(answerTo(corrected));
    await page.getByLabel('Chọn tệp PDF').setInputFiles(letter);
    await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
    await press(page, 'Trình ký');
    await page.getByRole('textbox', { name: 'Trích yếu' }).waitFor({ state: 'detached' });
    await sitAt(page, leader);
    await signAll([corrected]);
    await sitAt(page, clerk);
    await issue(corrected, 21);
    await openOf('Văn bản đi', answerTo(contact));
    await page.getByRole('complementary').getByRole('link', { name: new RegExp(`${answerTo(corrected)}$`) }).waitFor();
    await sitAt(page, department);
    await openOf('Văn bản đến', answerTo(corrected));
    await openOf('Văn bản đến', answerTo(contact));
    await page.getByRole('complementary').getByRole('link', { name: new RegExp(`${answerTo(corrected)}$`) }).waitFor();
  });

  day('each piece of work is reported done with the letter that answers it', async () => {
    await sitAt(page, clerk);
    for (const title of answered) {
      await openOf('Văn bản đến', title);
      const begin = mine().getByRole('button', { name: /^Nhận việc/ });
      const finish = mine().getByRole('button', { name: /^Báo hoàn thành/ });
      await begin.or(finish).first().waitFor();
      if (await begin.count() > 0) await begin.click();
      await finish.click();
      await askFor(dialog().getByRole('combobox', { name: 'Văn bản trả lời (nếu có)' }), answerTo(title));
      await page.getByRole('option', { name: new RegExp(`^${answerTo(title)}`) }).click();
      await dialog().getByLabel('Kết quả').fill('Đã trả lời bằng văn bản');
      await dialog().getByRole('button', { name: 'Báo hoàn thành' }).click();
      await closed();
      await mine().getByRole('link', { name: new RegExp(`${answerTo(title)}$`) }).waitFor();
    }
    // of what came this week, one piece of work is still open
    const { rows } = await o.ask(leader, 'tasks.board', { person: null, state: 'open', offset: 0, limit: 100 });
    assert.deepEqual(rows.map(({ document }) => document.title), [regulation]);
  });

  day('the register of the year is printed, and another program reads every number of the week in it', async () => {
    await openFolder(page, 'Sổ văn bản');
    const book = page.getByRole('combobox', { name: 'Sổ', exact: true });
    await book.selectOption({ label: await book.locator('option', { hasText: 'Sổ đăng ký văn bản đi' }).first().textContent() ?? '' });
    await page.getByRole('button', { name: 'In sổ' }).click();
    await page.getByRole('region', { name: 'In sổ' }).locator('.viewer-pages').waitFor();
    await page.getByRole('button', { name: 'Về sổ' }).click();
    const text = textOf(await saved(() => page.getByRole('button', { name: 'Lưu PDF' }).click()));
    for (const number of [15, 16, 17, 18, 19, 20, 21]) assert.ok(text.includes(`${number}/UBND-VP`), `number ${number}`);
    assert.ok(text.includes(squeezed(answerTo(corrected))));
  });

  day('the week’s papers go into a dossier, which is closed, and its package opens elsewhere', async () => {
    await openFolder(page, 'Hồ sơ');
    await press(page, 'Mở hồ sơ mới');
    await dialog().getByRole('textbox', { name: 'Số, ký hiệu hồ sơ', exact: true }).fill('07.VP');
    await dialog().getByRole('textbox', { name: 'Tiêu đề', exact: true }).fill('Chuyển đổi số của xã');
    await dialog().getByLabel('Thời hạn bảo quản').selectOption({ label: '20 năm' });
    await dialog().getByRole('button', { name: 'Mở hồ sơ', exact: true }).click();
    await closed();
    await press(page, 'Thêm văn bản');
    const words = dialog().getByRole('textbox', { name: 'Tìm văn bản để thêm', exact: true });
    for (const title of [certificates, scanners]) {
      for (const [pattern, name] of [[title, new RegExp(`^(?!Trả lời).*${title}`)], [answerTo(title), new RegExp(answerTo(title))]] as const) {
        await words.fill(pattern);
        await dialog().getByRole('checkbox', { name }).check();
      }
    }
    await dialog().getByRole('button', { name: 'Thêm 4 văn bản' }).click();
    await closed();
    await press(page, 'Kết thúc hồ sơ');
    await dialog().getByRole('button', { name: 'Kết thúc hồ sơ', exact: true }).click();
    await closed();
    const zip = await saved(() => press(page, 'Xuất gói hồ sơ'));
    const out = join(dir, 'dossier');
    execFileSync('unzip', ['-q', zip, '-d', out]);
    execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, join(out, 'index.xml')], { stdio: 'pipe' });
    execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'sha256sum.txt'], { cwd: out });
  });

  day('nothing waits any more, and no number was given twice', async () => {
    assert.equal((await o.ask(clerk, 'outbox.list', {})).rows.length, 0);
    const { rows } = await o.ask(clerk, 'documents.list', { folder: 'outgoing', query: '', offset: 0, limit: 100 });
    const numbers = rows.flatMap(({ document: { number } }) => (number === null ? [] : [number])).sort((a, b) => a - b);
    assert.deepEqual(numbers, [15, 16, 17, 18, 19, 20, 21]);
  });

  test('nothing was written to the console as a fault', () => {
    assert.deepEqual(pageErrors, []);
  });
});
