import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { runFigures } from '../../src-server/features/figures-run.ts';
import { createServer, type Server } from '../../src-server/server.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { figureWords } from '../../src-shared/domain/figures/words.ts';
import { commune, department, password, people, seed, type Who } from '../server/office.ts';
import { madeProvince, madeUnits, putProvince } from '../support/made-province.ts';
import { findChromium } from './support/desk.ts';
import { faultsOf } from './support/looks.ts';
import { watchErrors } from './support/page-errors.ts';

const now = new Date('2026-11-18T03:00:00Z');
const others = madeUnits(14);
const units = [commune, department, ...others];

describe('the province’s page of figures', () => {
  let dir: string;
  let server: Server;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];
  const faults: string[] = [];

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'van-thu-page-'));
    const storage = openSqlite({ file: join(dir, 'server.db') });
    await putProvince(storage, others, madeProvince({ units, documents: 1_600, from: '2025-11-01', to: '2026-11-18', seed: 7 }));
    await runFigures({ storage, now: () => now.getTime(), node: 'a', log: () => undefined });
    await storage.close();
    server = await createServer({ dir, clock: () => now });
    await seed(server);
    browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
    page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN', reducedMotion: 'reduce' });
    page.setDefaultTimeout(20_000);
    watchErrors(page, errors);
    page.on('console', (message) => { if (message.text().includes('Content Security Policy')) errors.push(message.text()); });
  });
  after(async () => {
    await browser.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  const look = async (where: string): Promise<void> => void faults.push(...(await faultsOf(page, where)));
  const table = (name: string): Locator => page.getByRole('table', { name, exact: true });

  async function signIn(who: Who, typed = password): Promise<void> {
    await page.getByLabel('Tên đăng nhập').fill(people[who].user);
    await page.getByLabel('Mật khẩu').fill(typed);
    await page.keyboard.press('Enter');
  }

  test('asks who one is, says what was wrong, and keeps the name that was typed', async () => {
    await page.goto(`${server.url}/figures`);
    await look('province page, signing in');
    await signIn('communeLeader', 'sai mật khẩu');
    await page.getByRole('alert').getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor();
    assert.equal(await page.getByLabel('Tên đăng nhập').inputValue(), people.communeLeader.user);
    await look('province page, a wrong password');
  });

  test('shows a commune’s leader the commune and the average, and no other office', async () => {
    await signIn('communeLeader');
    await page.getByRole('heading', { level: 1, name: commune.name }).waitFor();
    await page.getByText(`Tháng 11/2026, tính đến ngày 18/11/2026 · trung bình của ${units.length} đơn vị trong tỉnh`).waitFor();
    await page.getByRole('link', { name: 'Năm nay' }).click();
    await page.getByText('Từ tháng 01/2026 đến tháng 11/2026').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Năm nay' }).getAttribute('aria-current'), 'page');
    await look('province page, a commune');
    assert.equal(await table('Các đơn vị trong tỉnh').count(), 0);
    for (const { name } of others) assert.equal(await page.getByText(name).count(), 0, name);
    await page.goto(`${server.url}/figures?unit=${department.code}`);
    await page.getByRole('alert').waitFor();
    await page.goto(`${server.url}/figures?period=year`);
  });

  test('draws the months, and says the same in a table', async () => {
    const chart = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Văn bản đến và đi theo tháng' }) });
    await chart.getByRole('img').locator('svg').waitFor();
    await chart.getByText('Xem bằng bảng').click();
    const rows = await chart.getByRole('row').count();
    assert.equal(rows, 13);
    const october = await chart.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '10/2026' }) }).getByRole('cell').allInnerTexts();
    assert.ok(Number(october[0]) > 0 && Number(october[1]) > 0, october.join(' '));
    await look('province page, a chart as a table');
  });

  test('ranks all offices for the province, by the figure that is asked for, and opens each', async () => {
    await page.getByRole('button', { name: 'Đăng xuất' }).click();
    await page.getByRole('heading', { name: 'Xem số liệu' }).waitFor();
    await signIn('provinceLeader');
    await page.getByRole('link', { name: 'Năm nay' }).click();
    const ranking = table('Các đơn vị trong tỉnh');
    await ranking.waitFor();
    assert.equal(await ranking.getByRole('row').count(), units.length + 1);
    const percents = async (): Promise<number[]> => (await ranking.getByRole('row').locator('td:nth-child(3)').allInnerTexts()).map((text) => Number(text.replace(',', '.')));
    const best = await percents();
    assert.deepEqual(best, best.toSorted((a, b) => b - a), 'the best first');
    await ranking.scrollIntoViewIfNeeded();
    await look('province page, all offices');
    await page.getByLabel('Xếp theo').selectOption({ label: figureWords.overdue });
    await page.getByRole('button', { name: 'Xếp', exact: true }).click();
    await ranking.getByRole('columnheader', { name: `${figureWords.overdue} (việc)` }).waitFor();
    const least = await percents();
    assert.deepEqual(least, least.toSorted((a, b) => a - b), 'of what is overdue the least first');
    await page.getByText('Từ tháng 01/2026').waitFor();
    await ranking.getByRole('link', { name: commune.name }).click();
    await page.getByRole('heading', { level: 1, name: commune.name }).waitFor();
    await page.getByRole('link', { name: `← Về ${people.provinceLeader.unit.name}` }).click();
    await page.getByRole('heading', { level: 1, name: people.provinceLeader.unit.name }).waitFor();
  });

  test('gives what it shows as a file for a spreadsheet', async () => {
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Tải về dạng CSV' }).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), 'so-lieu-2026-01-2026-11.csv');
    const lines = (await readFile(await download.path(), 'utf8')).slice(0, -2).split('\r\n');
    assert.equal(lines.length, units.length + 2);
    assert.ok(lines[0]?.startsWith('\uFEFFMã,Đơn vị,'));
    assert.ok(lines.some((line) => line.startsWith(`${commune.code},${commune.name},`)));
    assert.ok(lines.at(-1)?.startsWith(',Trung bình,'));
  });

  test('is read on a narrow screen too', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await look('province page, a telephone');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing stands out at the side');
  });

  test('no fault for axe, no text cut, no script error, and nothing refused by the page’s policy', () => {
    assert.deepEqual(faults, []);
    assert.deepEqual(errors, []);
  });
});
