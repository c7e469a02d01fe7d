import { fileURLToPath } from 'node:url';
import type { BrowserOffice } from './desk.ts';
import { openFolder, press } from './screens.ts';

const scan = fileURLToPath(new URL('../../fixtures/pdf/cong-van-xa.pdf', import.meta.url));

/** Brings the clerk to the form of paper documents and to what the office has settled, in each of their states, and has them looked at. */
export async function lookAtOffice({ page }: BrowserOffice, look: (where: string) => Promise<void>): Promise<void> {
  const dialog = page.getByRole('dialog');
  /** An empty form that was sent, with a sentence beside each field. */
  async function refused(open: string, confirm: string, says: string, where: string): Promise<void> {
    await press(page, open);
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
    await dialog.getByText(says).waitFor();
    await look(where);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }

  await openFolder(page, 'Văn bản đến');
  await press(page, 'Văn bản giấy');
  await press(page, /^Tiếp nhận và vào sổ/);
  await page.getByText('Hãy ghi nơi gửi: cơ quan hoặc người ban hành văn bản.').waitFor();
  await look('a paper document, faulty');
  await page.getByLabel('Chọn tệp PDF').setInputFiles(scan);
  await page.getByText(/cong-van-xa\.pdf — 1 trang/).waitFor();
  await page.locator('.viewer-pages canvas').first().waitFor();
  await look('a paper document beside its scan');

  await openFolder(page, 'Cơ quan');
  await page.getByText('Chưa ủy quyền cho ai').waitFor();
  await look('the office, no authority given');
  await refused('Ủy quyền cho người khác', 'Ủy quyền', 'Hãy chọn người nhận ủy quyền.', 'giving authority, faulty');
  await page.getByRole('tab', { name: 'Các sổ' }).click();
  await page.getByRole('button', { name: 'Thêm sổ riêng' }).waitFor();
  await look('the office’s books');
  await refused('Thêm sổ riêng', 'Lưu sổ', 'Hãy ghi tên sổ.', 'a book of its own, faulty');
  await page.getByRole('tab', { name: 'Ngày nghỉ, ngày làm bù' }).click();
  await page.getByRole('table').first().waitFor();
  await look('the office’s year');
  await refused('Đặt một ngày', 'Lưu ngày', 'Hãy ghi lý do, để mọi người biết.', 'a day of its own, faulty');
}
