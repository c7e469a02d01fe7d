import type { BrowserOffice } from './desk.ts';
import { openDocument, openFolder } from './screens.ts';

/** Has help looked at beside the work, with what was sought in it, and the offer and two stops of the clerk's tour. */
export async function lookAtHelp(o: BrowserOffice, look: (where: string) => Promise<void>): Promise<void> {
  const { page } = o;
  const help = page.getByRole('complementary', { name: /^(?:Trợ giúp|Help)$/ });
  await openDocument(page, 'Văn bản đến', 'Ban hành Quy chế tiếp nhận');
  await page.keyboard.press('F1');
  await help.getByRole('heading', { level: 3, name: 'Làm thế nào' }).waitFor();
  await look('help beside a document');
  await help.getByRole('textbox').fill('dau den');
  await help.getByText(/Đóng dấu đến/).first().waitFor();
  await look('help, found');
  await help.getByRole('textbox').press('Escape');
  await help.getByRole('button', { name: /^Đi (?:tiếp )?một vòng/ }).press('Enter');
  const next = page.getByRole('dialog').getByRole('button', { name: 'Tiếp', exact: true });
  await page.getByRole('dialog').getByText('Các thư mục công việc', { exact: true }).waitFor();
  await next.press('Enter');
  await page.getByRole('dialog').getByText('Chặng 2/9').waitFor();
  await look('a stop of the tour');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // the settings that a look wears are the desk's own, so a reload keeps them
  await o.ask('commune-clerk', 'forms.drop', { key: 'tour:clerk' });
  await page.reload();
  await page.getByRole('region', { name: 'Đi một vòng' }).waitFor();
  await openFolder(page, 'Văn bản đến');
  await look('the offer of a tour');
  await page.getByRole('button', { name: 'Lúc khác' }).click();
  await page.getByRole('region', { name: 'Đi một vòng' }).waitFor({ state: 'detached' });
}
