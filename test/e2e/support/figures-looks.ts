import { lastYear } from '../../support/last-year.ts';
import type { BrowserOffice } from './desk.ts';
import { openFolder, press } from './screens.ts';

/** Brings the clerk to the figures: of an empty period, of a full one with its charts as tables, what is behind a number, and the aims; and has them looked at. */
export async function lookAtFigures({ page }: BrowserOffice, look: (where: string, options?: { readonly without: readonly string[] }) => Promise<void>): Promise<void> {
  const period = page.getByLabel('Kỳ', { exact: true });
  const table = page.getByRole('table', { name: 'Tất cả số liệu' });
  await openFolder(page, 'Số liệu');
  await period.selectOption({ label: 'Tùy chọn ngày' });
  await page.getByRole('textbox', { name: 'Từ ngày', exact: true }).fill(`01/01/${lastYear - 1}`);
  await page.getByRole('textbox', { name: 'Đến ngày', exact: true }).fill(`31/01/${lastYear - 1}`);
  await page.getByText('Trong kỳ này chưa có gì để tính').waitFor();
  await look('figures, none in these days');
  await period.selectOption({ label: 'Năm trước' });
  await table.getByRole('button', { name: /^Văn bản đến đã tiếp nhận/ }).waitFor();
  const drawings = page.locator('.figure-drawing svg');
  await drawings.nth(1).waitFor();
  await look('figures');
  for (const more of await page.getByText('Xem bằng bảng').all()) await more.click();
  await drawings.first().scrollIntoViewIfNeeded();
  await look('figures, charts as tables');
  await table.getByRole('button', { name: /^Đăng ký văn bản đến đúng hạn/ }).click();
  await page.getByRole('radio', { name: 'Đúng hạn', exact: true }).click();
  await page.getByRole('grid').waitFor();
  await look('behind a figure');
  await page.keyboard.press('Escape');
  await press(page, 'Đặt mục tiêu…');
  await page.getByRole('dialog').waitFor();
  await look('aims');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press(page, 'In báo cáo');
  await page.locator('.page[data-loaded]').first().waitFor();
  // as of a register on paper: pdf.js hands the tags of the table to screen readers without the texts, which lie in its text layer
  await look('figures on paper', { without: ['empty-table-header'] });
  await page.getByRole('button', { name: 'Về số liệu' }).click();
}
