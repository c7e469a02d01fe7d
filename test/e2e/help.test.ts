import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { tours, type Stop } from '../../src-renderer/features/tour/stops.ts';
import { tourWords } from '../../src-renderer/i18n/vi/tour-words.ts';
import { openInBrowser, type BrowserOffice } from './support/desk.ts';
import { lookAtHelp } from './support/help-looks.ts';
import { drawn, faultsOf, looks, plain } from './support/looks.ts';
import { watchErrors } from './support/page-errors.ts';
import { openDocument, openFolder, sitAt } from './support/screens.ts';

type Refusals = { refused: string[] };

/** What the content policy refused, from here on, also in the pages that this one becomes. */
async function watchPolicy(page: Page): Promise<void> {
  const watch = (): void => {
    const all = window as unknown as Partial<Refusals>;
    if (all.refused) return;
    const refused: string[] = (all.refused = []);
    // zod asks once whether it may compile, takes the no, and goes on without
    document.addEventListener('securitypolicyviolation', (event) => event.blockedURI !== 'eval' && refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  };
  await page.addInitScript(watch);
  await page.evaluate(watch);
}

describe('help and the tour', () => {
  let o: BrowserOffice;
  let page: Page;
  const pageErrors: string[] = [];

  before(async () => {
    o = await openInBrowser();
    page = o.page;
    watchErrors(page, pageErrors);
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    await watchPolicy(page);
  });
  after(() => o.close());
  // what a test that failed left open is not the next one's
  afterEach(() => page.keyboard.press('Escape'));

  const help = (): Locator => page.getByRole('complementary', { name: 'Trợ giúp' });
  const popover = (): Locator => page.getByRole('dialog');
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
  const hasFocus = async (target: Locator): Promise<void> => {
    const handle = await target.elementHandle();
    await page.waitForFunction((element) => element === document.activeElement || (element?.contains(document.activeElement) ?? false), handle);
  };

  test('F1 opens the page of the screen one is on, on every screen', async () => {
    const screens = ['Văn bản đến', 'Trình ký', 'Phát hành', 'Văn bản đi', 'Công việc', 'Sổ văn bản', 'Hồ sơ', 'Hộp chờ gửi', 'Chờ bạn chọn', 'Cần xử lý', 'Cơ quan', 'Thiết bị ký', 'Cài đặt'];
    for (const name of screens) {
      await openFolder(page, name);
      await page.keyboard.press('F1');
      await help().getByRole('heading', { level: 2, name: new RegExp(`^${name}`) }).waitFor();
      await help().getByRole('heading', { level: 3, name: 'Làm thế nào' }).waitFor();
      await page.keyboard.press('Escape');
      await help().waitFor({ state: 'detached' });
    }
    for (const [hash, name] of [['#/draft', 'Soạn văn bản'], ['#/paper', 'Tiếp nhận văn bản giấy']] as const) {
      await page.goto(new URL(hash, page.url()).href);
      await page.keyboard.press('F1');
      await help().getByRole('heading', { level: 2, name }).waitFor();
      await page.keyboard.press('Escape');
      await help().waitFor({ state: 'detached' });
    }
  });

  test('it stands beside the work, follows to the next screen, and gives the focus back', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    const list = page.getByRole('listbox', { name: 'Văn bản đến' });
    await list.focus();
    await page.keyboard.press('F1');
    const heading = help().getByRole('heading', { level: 2, name: 'Văn bản đến' });
    await hasFocus(heading);
    assert.ok(await list.isVisible());
    // the keys that the open document has now
    await help().getByText('Vào sổ và trình', { exact: true }).first().waitFor();
    await help().getByText('Ctrl+Enter', { exact: true }).waitFor();
    await page.keyboard.press('Alt+4');
    await help().getByRole('heading', { level: 2, name: 'Văn bản đi' }).waitFor();
    await page.keyboard.press('Alt+1');
    await list.focus();
    await page.keyboard.press('F1');
    await hasFocus(heading);
    await page.keyboard.press('Escape');
    await help().waitFor({ state: 'detached' });
    await hasFocus(list);
  });

  test('the button of the top bar and the palette open it too', async () => {
    await page.getByRole('banner').getByRole('button', { name: /^Trợ giúp/ }).click();
    await help().getByRole('button', { name: 'Đóng trợ giúp' }).click();
    await help().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('tro giup');
    await page.keyboard.press('Enter');
    await help().getByRole('heading', { level: 2, name: 'Văn bản đến' }).waitFor();
    await help().getByRole('button', { name: /^Bảng phím tắt/ }).click();
    await page.getByRole('dialog', { name: 'Bảng phím tắt' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Bảng phím tắt' }).waitFor({ state: 'detached' });
  });

  test('search finds “dau den” without marks, and a page that was found leads back to this screen', async () => {
    await openFolder(page, 'Văn bản đi');
    await page.keyboard.press('F1');
    await help().getByRole('heading', { level: 2, name: 'Văn bản đi' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const field = help().getByRole('textbox', { name: 'Tìm trong trợ giúp' });
    await hasFocus(field);
    await page.keyboard.type('dau den');
    const first = help().getByRole('listitem').first().getByRole('button');
    await help().getByText(/Đóng dấu đến/).first().waitFor();
    assert.match((await first.textContent()) ?? '', /^Văn bản đến/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await hasFocus(first);
    await page.keyboard.press('Enter');
    await help().getByRole('heading', { level: 2, name: 'Văn bản đến' }).waitFor();
    await help().getByRole('button', { name: 'Về màn hình đang mở: Văn bản đi' }).click();
    await help().getByRole('heading', { level: 2, name: 'Văn bản đi' }).waitFor();
    await field.fill('xyzzy');
    await help().getByText(/^Không có trang nào khớp/).waitFor();
    await field.press('Escape');
    assert.equal(await field.inputValue(), '');
    await field.press('Escape');
    await help().waitFor({ state: 'detached' });
  });

  test('where the focus comes to lie beneath it, it steps aside', async () => {
    await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
    const beneath = page.getByRole('complementary', { name: 'Thông tin văn bản' }).getByRole('button').first();
    await beneath.waitFor();
    await page.keyboard.press('F1');
    await help().getByRole('heading', { level: 2, name: 'Văn bản đến' }).waitFor();
    await beneath.focus();
    await help().waitFor({ state: 'detached' });
    await hasFocus(beneath);
  });

  /** Waits for a stop, and for “next” to have the focus. */
  async function stopAt(stop: Stop): Promise<void> {
    await popover().getByText(headingOf(stop), { exact: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.classList.contains('driver-popover-next-btn'));
    // a part that came anew over the line is lit anew
    await page.waitForFunction((anchor) => document.querySelector('.driver-active-element')?.getAttribute('data-tour') === anchor, stop.anchor);
  }

  test('a clerk is asked once, walks the tour by keys from end to end, and is not asked again', async () => {
    await o.ask('commune-clerk', 'forms.drop', { key: 'tour:clerk' });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const offer = page.getByRole('region', { name: 'Đi một vòng' });
    await offer.getByRole('button', { name: 'Đi một vòng' }).press('Enter');
    for (const stop of tours.clerk) {
      await stopAt(stop);
      await page.keyboard.press('Enter');
    }
    await popover().waitFor({ state: 'detached' });
    await page.getByRole('status').getByText(/^Đã đi hết một vòng/).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement === document.body), false);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.keyboard.press('F1');
    await help().getByRole('button', { name: 'Đi một vòng' }).waitFor();
    assert.equal(await offer.count(), 0);
    await page.keyboard.press('Escape');
  });

  test('a tour that was left with Esc goes on from there, also after a new start of the program', async () => {
    await openFolder(page, 'Văn bản đến');
    await page.keyboard.press('F1');
    await help().getByRole('button', { name: 'Đi một vòng' }).press('Enter');
    const [one, two, three] = tours.clerk;
    await stopAt(one);
    await page.keyboard.press('ArrowRight');
    await stopAt(two);
    await page.keyboard.press('ArrowRight');
    await stopAt(three);
    await page.keyboard.press('ArrowLeft');
    await stopAt(two);
    await page.keyboard.press('ArrowRight');
    await stopAt(three);
    await page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
    await page.getByText(/^Đã dừng ở chặng 3\/9/).waitFor();
    assert.notEqual(await focused(), '');
    await o.restart();
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('di tiep mot vong');
    await page.keyboard.press('Enter');
    await stopAt(three);
    await page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
  });

  test('a leader walks theirs, over the queue, the work and the token', async () => {
    await o.ask('commune-leader', 'forms.drop', { key: 'tour:leader' });
    await sitAt(page, 'commune-leader');
    await page.getByRole('region', { name: 'Đi một vòng' }).getByRole('button', { name: 'Đi một vòng' }).press('Enter');
    const seen: string[] = [];
    for (;;) {
      await page.waitForFunction(() => document.activeElement?.classList.contains('driver-popover-next-btn'));
      const heading = (await popover().locator('header').textContent()) ?? '';
      if (seen.at(-1) !== heading) seen.push(heading);
      await page.keyboard.press('Enter');
      if (heading === headingOf(tours.leader.at(-1)!)) break;
      await popover().getByText(heading, { exact: true }).waitFor({ state: 'detached' });
    }
    await popover().waitFor({ state: 'detached' });
    // where no document waits for a signature there is nothing to light for signing many
    const every = tours.leader.map(headingOf);
    assert.deepEqual(seen, every.filter((heading) => seen.includes(heading)));
    assert.ok(seen.length >= every.length - 2, seen.join(', '));
  });

  test('a stop whose part is not on the screen is passed over, both ways', async () => {
    await o.ask('commune-leader', 'forms.keep', { key: 'tour:leader', value: '{"at":0}' });
    await openFolder(page, 'Trình ký');
    await page.evaluate(() => {
      const hidden = new CSSStyleSheet();
      hidden.replaceSync('[data-tour="deeds"], [data-tour="sign-many"] { display: none; }');
      document.adoptedStyleSheets = [hidden];
    });
    await page.keyboard.press('F1');
    await help().getByRole('button', { name: /^Đi (tiếp )?một vòng/ }).press('Enter');
    await stopAt(tours.leader[0]);
    await page.keyboard.press('Enter');
    await stopAt(tours.leader[3]);
    await page.keyboard.press('ArrowLeft');
    await stopAt(tours.leader[0]);
    await page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
  });

  test('with reduced motion nothing moves, and the lit part is not pressed by accident', async () => {
    await sitAt(page, 'commune-clerk');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openFolder(page, 'Văn bản đến');
    await o.ask('commune-clerk', 'forms.keep', { key: 'tour:clerk', value: '{"at":0}' });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Văn bản đến' }).waitFor();
    await page.keyboard.press('F1');
    await help().getByRole('button', { name: 'Đi một vòng' }).press('Enter');
    await stopAt(tours.clerk[0]);
    assert.equal(await page.evaluate(() => document.body.classList.contains('driver-simple')), true);
    assert.equal(await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length), 0);
    const address = page.url();
    const box = await page.getByRole('link', { name: /^Văn bản đi/ }).boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 10, box.y + 10);
    assert.equal(page.url(), address);
    await page.keyboard.press('Escape');
    await popover().waitFor({ state: 'detached' });
  });

  test('help and a stop of the tour have no fault for axe and no text cut, in light, dark, high contrast and at 175 %', async () => {
    const faults: string[] = [];
    await lookAtHelp(o, async (where) => {
      for (const { name, settings } of looks.filter((one) => ['light', 'dark, compact', 'high contrast', '175 %'].includes(one.name))) {
        await o.ask('commune-clerk', 'settings.write', settings);
        await page.waitForFunction(({ theme, contrast, textSize }) => {
          const { dataset, style } = document.documentElement;
          return dataset['theme'] === theme && dataset['contrast'] === contrast && Number(style.getPropertyValue('--text-scale') || 1) === (textSize ?? 100) / 100;
        }, settings);
        await drawn(page);
        faults.push(...(await faultsOf(page, `${where} (${name})`)));
      }
      await o.ask('commune-clerk', 'settings.write', plain);
    });
    assert.deepEqual(faults, []);
  });

  test('nothing of it breaks the page’s content policy, or throws', async () => {
    assert.deepEqual(await page.evaluate(() => (window as unknown as Refusals).refused), []);
    assert.deepEqual(pageErrors, []);
  });
});

function headingOf(stop: Stop): string {
  const words: Readonly<Record<string, readonly [string, string]>> = tourWords;
  return words[stop.id]?.[0] ?? '';
}
