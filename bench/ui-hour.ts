import { existsSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { firstPage, markSeen, settled } from './ui-page.ts';

const documents = 400;
const perFolder = 40;
const mb = 1_000_000;

/** As long as somebody takes who reads a page; the engine then collects what it did not find time for. */
const pauseMs = 30_000;

/** An hour's work at the clerk's desk, as fast as the screen follows; private memory of the page's process, MB: the highest on the way, and after a pause at the end. */
export async function measureHour(browser: Browser, page: Page): Promise<{ readonly peakMb: number; readonly afterMb: number }> {
  let peakMb = 0;
  const list = page.locator('main [role="listbox"]');
  for (let opened = 0; opened < documents; opened += perFolder) {
    await page.getByRole('navigation').getByRole('link', { name: (opened / perFolder) % 2 === 0 ? 'Văn bản đến' : 'Văn bản đi', exact: true }).click();
    await list.locator('[role="option"]').first().waitFor();
    await list.hover();
    for (let notch = 0; notch < 30; notch++) await page.mouse.wheel(0, 1500);
    await list.evaluate((element) => element.scrollTo({ top: 0 }));
    await list.focus();
    await page.keyboard.press('Home');
    for (let at = 0; at < perFolder; at++) {
      await markSeen(page);
      await page.keyboard.press('ArrowDown');
      await page.locator(firstPage).waitFor();
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('bao cao');
    await settled(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const now = await privateMb(browser);
    peakMb = Math.max(peakMb, now);
    process.stderr.write(`  after ${opened + perFolder} documents: ${now.toFixed(0)} MB\n`);
  }
  await page.waitForTimeout(pauseMs);
  const afterMb = await privateMb(browser);
  await explainHeap(browser, page);
  return { peakMb, afterMb };
}

/** How much of it is only waiting to be collected: to stderr, for whoever looks for a leak. */
async function explainHeap(browser: Browser, page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<string> => {
    const { usedSize, totalSize } = await session.send('Runtime.getHeapUsage');
    const { nodes, documents: pages, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return `heap ${(usedSize / mb).toFixed(0)} of ${(totalSize / mb).toFixed(0)} MB, ${nodes} nodes, ${pages} documents, ${jsEventListeners} listeners, private ${(await privateMb(browser)).toFixed(0)} MB`;
  };
  process.stderr.write(`  at the end: ${await heap()}\n`);
  await session.send('HeapProfiler.collectGarbage');
  process.stderr.write(`  collected: ${await heap()}\n`);
  await session.detach();
}

/** Memory that no other process shares; of several renderers, the desk's is the largest. */
async function privateMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => readPrivate(id));
  return Math.max(...sizes) / mb;
}

function readPrivate(pid: number): number {
  const file = `/proc/${pid}/smaps_rollup`;
  if (!existsSync(file)) return 0;
  return [...readFileSync(file, 'utf8').matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].reduce((sum, [, kb]) => sum + Number(kb) * 1024, 0);
}
