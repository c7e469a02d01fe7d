import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { bundleRenderer } from '../build/bundle-renderer.ts';
import { findChromium } from '../test/e2e/support/desk.ts';
import { startBrowserShell } from '../test/browser-shell/server.ts';
import { makePagesPdf } from './make-pages.ts';
import { makeScanPdf } from './make-scan.ts';
import { openBenchDesk, type BenchDesk } from './ui-desk.ts';
import { firstLoadKb } from './ui-first-load.ts';
import { measureHour } from './ui-hour.ts';
import { firstPage, markSeen, middle, percentile, pressToPaint, settled, watchPages } from './ui-page.ts';
import { longestTasks } from './ui-trace.ts';

/** One line of JSON a figure, {name, value}; why a figure is what it is goes to stderr. `node ui-measure.ts FOLDER PATTERN` */
const [folder = '', pattern = ''] = process.argv.slice(2);
const wanted = new RegExp(pattern);
const row = 'main [role="listbox"] [role="option"]';
const rowWords = `${row} .row-title`;
const titles = { pages: 'Báo cáo tổng hợp một trăm trang', scan: 'Hồ sơ quét ba trăm megabyte' } as const;
const mb = 1_000_000;
/** Figures that need the store and the browser; making the one takes minutes. */
const beforeTheStore = [
  'ui.usable-inbox-ms', 'ui.usable-inbox-ratio', 'baseline.ui-empty-page-ms', 'baseline.ui-usable-100-ms', 'ui.folder-switch-ms', 'ui.open-100-pages-ms', 'ui.open-300mb-scan-ms',
  'ui.palette-key-ms', 'ui.search-key-ms', 'ui.longest-scroll-task-ms', 'ui.longest-scroll-task-cpu-ms', 'ui.renderer-mb', 'ui.renderer-peak-mb',
] as const;

async function main(): Promise<void> {
  const rendererDir = join(folder, 'renderer');
  // Two programs on one core measure each other
  explain(`load of the machine: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
  await bundleRenderer({ outDir: rendererDir, minify: true });
  if (wants('ui.first-load-kb')) say('ui.first-load-kb', await firstLoadKb(rendererDir));
  if (!wants(...beforeTheStore)) return;
  const desk = await openBenchDesk(join(folder, 'large'), 300_000, rendererDir);
  try {
    await bringDocumentsIn(desk);
    await withBrowser((browser) => measureOpening(browser, desk, rendererDir));
    await withBrowser((browser) => measureDesk(browser, desk));
    if (wants('ui.renderer-mb', 'ui.renderer-peak-mb')) {
      await withBrowser(async (browser) => {
        const { peakMb, afterMb } = await measureHour(browser, await openPage(browser, desk.url()));
        say('ui.renderer-mb', afterMb);
        say('ui.renderer-peak-mb', peakMb);
      });
    }
  } finally {
    await desk.close();
  }
}

/** One browser for each part: windows that were closed leave nothing behind for the next. */
async function withBrowser(measure: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    await measure(browser);
  } finally {
    await browser.close();
  }
}

function wants(...names: readonly string[]): boolean {
  return names.some((name) => wanted.test(name));
}

function say(name: string, value: number): void {
  process.stdout.write(`${JSON.stringify({ name, value })}\n`);
}

function explain(text: string): void {
  process.stderr.write(`  ${text}\n`);
}

/** A browser's own new profile: nothing of an earlier page is cached. */
async function openPage(browser: Browser, url: string, selector = rowWords): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
  await watchPages(context);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(url, { waitUntil: 'commit' });
  await page.evaluate((where) => window.bench.painted(where), selector);
  return page;
}

async function bringDocumentsIn(desk: BenchDesk): Promise<void> {
  const held = await desk.ask('documents.list', { folder: 'outgoing', query: '', offset: 0, limit: 20 });
  if (held.rows.some(({ document }) => document.title === titles.pages)) return;
  const file = join(folder, 'document.pdf');
  for (const [title, make] of [[titles.scan, () => makeScanPdf(file, 60)], [titles.pages, () => makePagesPdf(file)]] as const) {
    make();
    const bytes = await readFile(file);
    if (title === titles.scan && bytes.length < 300 * mb) throw new Error(`a scan of ${bytes.length} bytes`);
    await desk.bringIn(title, bytes);
    await rm(file);
  }
}

/** From the start of the navigation to the first frame that holds rows with their words; beside it a page with one word, and a desk of 100 documents. */
async function measureOpening(browser: Browser, desk: BenchDesk, rendererDir: string): Promise<void> {
  if (!wants('ui.usable-inbox-ms', 'ui.usable-inbox-ratio', 'baseline.ui-empty-page-ms', 'baseline.ui-usable-100-ms')) return;
  const emptyDir = join(folder, 'empty');
  await mkdir(emptyDir, { recursive: true });
  await writeFile(join(emptyDir, 'index.html'), '<!doctype html><html lang="vi"><title>Trống</title><main>Trống</main></html>');
  const silent = { call: () => Promise.resolve({ ok: false, error: { code: 'not-allowed' } } as const), on: () => () => undefined, close: () => undefined };
  const empty = await startBrowserShell({ connect: () => silent, rendererDir: emptyDir });
  const small = await openBenchDesk(join(folder, 'small'), 100, rendererDir);
  try {
    const open = async (url: string, selector: string): Promise<number> => {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
      await watchPages(context);
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'commit' });
      const ms = await page.evaluate((where) => window.bench.painted(where), selector);
      await context.close();
      return ms;
    };
    const times: Record<'empty' | 'small' | 'large', number[]> = { empty: [], small: [], large: [] };
    for (let run = 0; run < 5; run++) {
      times.empty.push(await open(empty.url, 'main'));
      times.small.push(await open(small.url(), rowWords));
      times.large.push(await open(desk.url(), rowWords));
    }
    explain(`usable inbox: ${shown(times.large)}; 100 documents: ${shown(times.small)}; empty page: ${shown(times.empty)}`);
    say('ui.usable-inbox-ms', middle(times.large));
    say('ui.usable-inbox-ratio', middle(times.large) / middle(times.small));
    say('baseline.ui-usable-100-ms', middle(times.small));
    say('baseline.ui-empty-page-ms', middle(times.empty));
  } finally {
    await small.close();
    await empty.close();
  }
}

async function measureDesk(browser: Browser, desk: BenchDesk): Promise<void> {
  if (!wants('ui.folder-switch-ms', 'ui.longest-scroll-task-ms', 'ui.longest-scroll-task-cpu-ms', 'ui.palette-key-ms', 'ui.search-key-ms', 'ui.open-100-pages-ms', 'ui.open-300mb-scan-ms')) return;
  const page = await openPage(browser, desk.url());
  await page.locator(firstPage).waitFor();
  await settled(page);
  if (wants('ui.folder-switch-ms')) await measureFolders(page);
  if (wants('ui.open-100-pages-ms', 'ui.open-300mb-scan-ms')) await measureDocuments(page);
  if (wants('ui.palette-key-ms')) await measurePalette(page);
  if (wants('ui.search-key-ms')) await measureSearch(page);
  if (wants('ui.longest-scroll-task-ms', 'ui.longest-scroll-task-cpu-ms')) await measureScroll(browser, page);
  await page.context().close();
}

async function goToFolder(page: Page, name: string): Promise<number> {
  const link = page.getByRole('navigation').getByRole('link', { name, exact: true });
  const before = await page.evaluate((where) => window.bench.words(where), rowWords);
  return pressToPaint(page, () => link.click(), rowWords, before);
}

/** F5 before each press: what the window kept of the other folder is dropped, so that every switch asks the store. */
async function measureFolders(page: Page): Promise<void> {
  const times: number[] = [];
  for (let at = 0; at < 20; at++) {
    await page.keyboard.press('F5');
    await settled(page);
    times.push(await goToFolder(page, at % 2 === 0 ? 'Văn bản đi' : 'Văn bản đến'));
    await settled(page);
  }
  explain(`folder switch: ${shown(times)}`);
  say('ui.folder-switch-ms', percentile(times, 0.95));
}

/** From the press on the row to its first page's canvas painted. Before each, another document is open. */
async function measureDocuments(page: Page): Promise<void> {
  await goToFolder(page, 'Văn bản đi');
  await page.locator(firstPage).waitFor();
  await markSeen(page);
  const rowOf = (title: string) => page.locator(row).filter({ hasText: title });
  await rowOf(titles.scan).first().click();
  await page.locator(firstPage).waitFor();
  const times: Record<keyof typeof titles, number[]> = { pages: [], scan: [] };
  for (let run = 0; run < 7; run++) {
    for (const which of ['pages', 'scan'] as const) {
      // A letter between, so that neither is on the screen already
      await markSeen(page);
      await page.locator(row).first().click();
      await page.locator(firstPage).waitFor();
      await settled(page);
      await markSeen(page);
      times[which].push(await pressToPaint(page, () => rowOf(titles[which]).first().click(), firstPage));
      await settled(page);
    }
  }
  explain(`100 pages: ${shown(times.pages)}; 300 MB: ${shown(times.scan)}`);
  say('ui.open-100-pages-ms', middle(times.pages));
  say('ui.open-300mb-scan-ms', middle(times.scan));
}

const paletteWords = ['trình ký', 'hộp chờ', 'giao diện', 'văn bản đi', 'báo cáo'] as const;

async function measurePalette(page: Page): Promise<void> {
  const times: number[] = [];
  for (const words of paletteWords) {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await settled(page);
    times.push(...(await typeAndWatch(page, words)));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  explain(`palette: 95th ${percentile(times, 0.95).toFixed(0)}, longest ${Math.max(...times).toFixed(0)} of ${times.length} keys`);
  say('ui.palette-key-ms', percentile(times, 0.95));
}

async function measureSearch(page: Page): Promise<void> {
  const field = page.getByRole('search').locator('input');
  const times: number[] = [];
  for (const words of ['phong chay', 'ngan sach', 'so noi vu']) {
    await field.focus();
    times.push(...(await typeAndWatch(page, words)));
    await settled(page);
    await page.keyboard.press('Escape');
    await settled(page);
  }
  explain(`search: 95th ${percentile(times, 0.95).toFixed(0)}, longest ${Math.max(...times).toFixed(0)} of ${times.length} keys`);
  say('ui.search-key-ms', percentile(times, 0.95));
}

/** Key by key at 60 ms, as a quick hand types. */
async function typeAndWatch(page: Page, words: string): Promise<readonly number[]> {
  await page.evaluate(() => window.bench.watch('keydown'));
  await page.keyboard.type(words, { delay: 60 });
  await settled(page);
  return page.evaluate(() => window.bench.seen());
}

/** Ten seconds of the wheel, and jumps to the end and back; the longest task of the page's main thread, the middle of three runs. */
async function measureScroll(browser: Browser, page: Page): Promise<void> {
  const list = page.locator('main [role="listbox"]');
  await list.hover();
  const longest: number[] = [];
  const longestCpu: number[] = [];
  for (let run = 0; run < 3; run++) {
    await settled(page);
    const { tasks, mostCpuMs } = await longestTasks(browser, page, async () => {
      const until = Date.now() + 10_000;
      for (let turn = 0; Date.now() < until; turn++) {
        for (let notch = 0; notch < 30; notch++) {
          await page.mouse.wheel(0, turn % 4 === 3 ? -700 : 700);
          await page.waitForTimeout(16);
        }
        await list.evaluate((element, end) => element.scrollTo({ top: end ? element.scrollHeight : 0 }), turn % 2 === 0);
        await page.locator(rowWords).first().waitFor();
      }
    });
    for (const { ms, cpuMs, within } of tasks.slice(0, 3)) explain(`scroll task ${ms.toFixed(0)} ms (processor ${cpuMs.toFixed(0)}): ${within.join(', ')}`);
    longest.push(tasks[0]?.ms ?? 0);
    longestCpu.push(mostCpuMs);
  }
  explain(`longest scroll task: ${shown(longest)}; processor: ${shown(longestCpu)}`);
  say('ui.longest-scroll-task-ms', middle(longest));
  say('ui.longest-scroll-task-cpu-ms', middle(longestCpu));
}

function shown(values: readonly number[]): string {
  return values.map((value) => value.toFixed(0)).join(' ');
}

await main();
