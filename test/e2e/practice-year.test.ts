import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { longDay } from '../../src-renderer/app/long-day.ts';
import { createCalendar } from '../../src-shared/domain/calendar.ts';
import { practiceGoal } from '../../src-shared/domain/practice-clock.ts';
import { formatDate, localDay } from '../../src-renderer/i18n/format.ts';
import { axeViolations } from './support/axe.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { keysOf } from './support/keys.ts';
import { watchErrors } from './support/page-errors.ts';
import { rowOf, sitAt } from './support/screens.ts';

/** By how much the practice's clock is ahead, read at its door. */
async function presentOf(o: BrowserOffice): Promise<{ readonly now: string; readonly lastDay: string }> {
  const { practice } = await o.ask('commune-clerk', 'app.state', {});
  if (practice === null) throw new Error('no practice');
  return { now: new Date(Date.now() + practice.clock.shiftMs).toISOString(), lastDay: practice.clock.lastDay };
}

describe('the practice goes on to other days', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];
  const said = (day: string) => page.getByText(`Hôm nay trong luyện tập: ${longDay(day, 'vi')}`, { exact: true });

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
  });
  after(() => o.close());

  test('by the keyboard alone, week after week, until a letter has come; the day, the list and what came are told', { timeout: 300_000 }, async () => {
    const keys = keysOf(page);
    await said(localDay((await presentOf(o)).now)).waitFor();
    // in some weeks nothing comes; in no six of them
    for (let week = 0; week < 6; week += 1) {
      const { now, lastDay } = await presentOf(o);
      const goal = practiceGoal('next-week', now, lastDay, createCalendar());
      assert.ok(goal !== null);
      await keys.tabTo(page.getByRole('button', { name: 'Đi tới…' }));
      await keys.press('Enter');
      await page.getByRole('menuitem', { name: /^Sáng ngày làm việc tới/ }).waitFor();
      await keys.press('ArrowDown');
      await keys.press('Enter');
      await page.getByRole('status').filter({ hasText: `đến ${formatDate(localDay(goal))}` }).waitFor({ timeout: 120_000 });
      await said(localDay(goal)).waitFor();
      if (await page.getByRole('button', { name: 'Xem từng việc' }).isVisible()) break;
    }
    const see = page.getByRole('button', { name: 'Xem từng việc' });
    await keys.tabTo(see, { back: true, most: 20 }).catch(() => keys.tabTo(see));
    await keys.press('Enter');
    const title = await page.getByRole('dialog').locator('li strong').first().innerText();
    assert.deepEqual(await axeViolations(page, { without: ['region'] }), []);
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await rowOf(page, title.slice(0, 40)).first().waitFor();
    assert.deepEqual(await axeViolations(page), []);
  });

  test('the leader’s desk stands on the same day, and so does the practice when it is opened again', { timeout: 60_000 }, async () => {
    const day = localDay((await presentOf(o)).now);
    await sitAt(page, 'commune-leader');
    await said(day).waitFor();
    // What the page still fetches would end with the program, and be an error of the page
    await page.waitForLoadState('networkidle');
    await o.restart();
    await said(day).waitFor();
    assert.deepEqual(pageErrors, []);
  });
});
