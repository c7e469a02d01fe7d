import type { BrowserOffice } from './desk.ts';
import { openFolder, press } from './screens.ts';

/** Keeps two searches, arranges them, and puts a list into a file, with each of its states looked at. */
export async function lookAtSearches({ page, ask }: BrowserOffice, look: (where: string, options?: { readonly without: readonly string[] }) => Promise<void>): Promise<void> {
  const dialog = page.getByRole('dialog');
  const field = page.getByRole('search').getByRole('textbox');
  await openFolder(page, 'Văn bản đến');
  await ask('commune-clerk', 'searches.save', { name: 'Quyết định của Ủy ban nhân dân tỉnh gửi trong năm nay, còn chưa đọc', folder: 'incoming', query: 'loại:quyết_định ngày:2026', quick: ['unread'] });
  await field.fill('loại:giấy_mời');
  await press(page, 'Lưu cách tìm này');
  await dialog.getByRole('textbox').fill('');
  await dialog.getByRole('button', { name: 'Lưu', exact: true }).click();
  await dialog.getByText('Cách tìm cần một tên.', { exact: false }).waitFor();
  await look('keeping a search, faulty');
  await dialog.getByRole('textbox').fill('Giấy mời');
  await dialog.getByRole('button', { name: 'Lưu', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  const kept = page.getByRole('group', { name: 'Tìm đã lưu' });
  await kept.getByRole('button', { name: 'Giấy mời', exact: true }).locator('.rail-count').waitFor();
  await look('saved searches in the rail');
  await kept.getByRole('button', { name: 'Sắp xếp, sửa tìm đã lưu' }).click();
  await dialog.getByRole('button', { name: 'Đổi tên “Giấy mời”' }).click();
  await look('arranging saved searches');
  await dialog.getByRole('button', { name: 'Xong' }).click();
  await dialog.waitFor({ state: 'detached' });
  await press(page, 'Xuất kết quả');
  await dialog.getByRole('button', { name: 'Lưu CSV' }).click();
  await dialog.getByText(/^Đã lưu danh-sach/).waitFor();
  await look('a list put into a file');
  await page.keyboard.press('Escape');
  for (const { id } of (await ask('commune-clerk', 'searches.list', {})).searches) await ask('commune-clerk', 'searches.remove', { id });
  await field.fill('');
}
