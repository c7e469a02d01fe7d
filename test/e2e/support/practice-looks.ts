import type { PracticeJourney } from '../../../src-shared/contract/practice.ts';
import type { BrowserOffice } from './desk.ts';
import type { Told } from './told.ts';

/** While a menu is open react-aria hides the rest of the page from screen readers; axe holds its fields against it. */
const aroundAMenu = { without: ['region', 'aria-hidden-focus', 'page-has-heading-one'] } as const;
type Look = (where: string, options?: { readonly without?: readonly string[] }) => Promise<void>;

/** Brings the practice's day to each of its states and has it looked at. It goes on by one working day. */
export async function lookAtPractice(o: BrowserOffice, told: Told, look: Look): Promise<void> {
  const { page } = o;
  const menu = page.getByRole('button', { name: 'Đi tới…' });
  await menu.click();
  await page.getByRole('menuitem', { name: /^Cuối năm/ }).waitFor();
  await look('the practice’s day, where to', aroundAMenu);
  await page.keyboard.press('Escape');

  const state = await o.ask('commune-clerk', 'app.state', {});
  if (state.practice === null) throw new Error('no practice');
  const clock = { ...state.practice.clock, moving: { to: '2027-12-31', day: '2027-10-14', done: 17, total: 24 } };
  told.say('app.state', { ...state, practice: { ...state.practice, clock } });
  told.tell('practice.clock', clock);
  await page.getByRole('progressbar', { name: /^Đang đi tới/ }).waitFor();
  await look('the practice’s day, the days going by');

  told.unsay('app.state');
  told.tell('practice.clock', state.practice.clock);
  await page.getByRole('progressbar', { name: /^Đang đi tới/ }).waitFor({ state: 'detached' });
  const journey: PracticeJourney = {
    from: '2027-01-04', to: '2027-12-31', stopped: false, failed: 1, lineCut: true, late: 67,
    happened: ['letter', 'recall', 'replacement', 'letter', 'letter', 'letter', 'letter'].map((what, index) => ({
      at: `2027-0${index + 1}-12T02:00:00.000Z`, what: what as 'letter', title: 'Về việc trực văn thư và bảo vệ hồ sơ, tài liệu dịp Tết Nguyên đán năm 2027', from: 'Sở Khoa học và Công nghệ tỉnh Quảng Ngãi',
    })),
  };
  told.say('practice.goTo', journey);
  await menu.click();
  await page.getByRole('menuitem', { name: /^Sáng ngày làm việc tới/ }).click();
  await page.getByText(/^Đã đi từ 04\/01\/2027 đến 31\/12\/2027/).waitFor();
  await look('the practice’s day, what the days brought');
  await page.getByRole('button', { name: 'Xem từng việc' }).click();
  await page.getByRole('dialog', { name: /^Những gì đã đến/ }).waitFor();
  await look('the practice’s day, each thing that came');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
