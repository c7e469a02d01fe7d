import { addDays } from '../../../src-shared/domain/holidays.ts';
import type { DocumentId, PersonId } from '../../../src-shared/domain/ids.ts';
import { localDay } from '../../../src-renderer/i18n/format.ts';
import type { BrowserOffice } from './desk.ts';
import { openDocument, openFolder, press } from './screens.ts';

const clerk = 'commune-clerk';
const code = '01.VTLT';

/** Brings the clerk to each screen and each dialog of dossiers, in each of its states, and has it looked at. */
export async function lookAtDossiers(o: BrowserOffice, look: (where: string) => Promise<void>): Promise<void> {
  const { page } = o;
  const dialog = page.getByRole('dialog');
  const closed = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  };
  await openFolder(page, 'Hồ sơ');
  await page.getByText('Không có hồ sơ nào khớp').waitFor();
  await look('dossiers, none');
  await page.getByRole('tab', { name: 'Danh mục hồ sơ' }).click();
  await page.getByText('Chưa có danh mục hồ sơ').waitFor();
  await look('the year’s list, none');

  const { open, shut, filed } = await someDossiers(o);
  await page.getByRole('row', { name: new RegExp(code) }).click();
  await look('the year’s list');
  await press(page, 'Thêm hồ sơ dự kiến');
  await dialog.getByRole('button', { name: 'Lưu mục' }).click();
  await dialog.getByText('Hãy ghi tiêu đề.').waitFor();
  await look('an entry of the list, faulty');
  await closed();
  await press(page, 'Mở hồ sơ từ mục này');
  await dialog.getByRole('textbox', { name: 'Tiêu đề', exact: true }).fill('');
  await dialog.getByRole('button', { name: 'Mở hồ sơ' }).click();
  await dialog.getByText('Hãy ghi tiêu đề.').waitFor();
  await look('opening a dossier, faulty');
  await closed();
  await page.getByRole('tab', { name: 'Hồ sơ công việc' }).click();
  await page.getByRole('row', { name: /Còn văn bản chưa vào sổ/ }).waitFor();
  await look('dossiers with what is due');
  await press(page, 'Nộp lưu cả 2 hồ sơ');
  await dialog.getByRole('button', { name: 'Ghi đã nộp lưu' }).click();
  await dialog.getByText('Hãy ghi nơi nhận hồ sơ.').waitFor();
  await look('handing over');
  await closed();

  await page.goto(new URL(`#/dossiers/${open}`, page.url()).href);
  await page.getByRole('heading', { level: 1, name: /Còn văn bản chưa vào sổ/ }).waitFor();
  await press(page, 'Kết thúc hồ sơ');
  await page.getByText('Chưa kết thúc được: còn việc phải làm ở dưới.').waitFor();
  await look('a dossier that cannot be closed');
  await press(page, 'Thêm văn bản');
  await dialog.getByRole('checkbox').first().check();
  await look('adding documents');
  await closed();
  await page.goto(new URL(`#/dossiers/${shut}`, page.url()).href);
  await page.getByRole('button', { name: 'Giữ lại thêm' }).click();
  await dialog.getByRole('button', { name: 'Giữ lại thêm' }).click();
  await dialog.getByText('Hãy ghi số, ngày của văn bản đồng ý.').waitFor();
  await look('keeping longer');
  await closed();
  await press(page, 'Mở lại hồ sơ');
  await dialog.getByRole('button', { name: 'Mở lại hồ sơ' }).click();
  await dialog.getByText('Hãy ghi lý do.').waitFor();
  await look('opening again');
  await closed();
  await press(page, 'Xuất gói hồ sơ');
  await page.getByText(/^Đã xuất /).waitFor({ timeout: 60_000 });
  await look('a closed dossier, exported');

  await openDocument(page, 'Văn bản đến', filed);
  await press(page, 'Đưa vào hồ sơ');
  await dialog.getByRole('button', { name: 'Đưa vào hồ sơ' }).click();
  await dialog.getByText('Hãy chọn một hồ sơ.').waitFor();
  await look('putting into a dossier');
  await closed();
}

/** The year's list, one open dossier that something stops, two that are due. `shut`: one of those. `filed`: the title of what lies in it. */
async function someDossiers(o: BrowserOffice): Promise<{ readonly open: DocumentId; readonly shut: DocumentId; readonly filed: string }> {
  const today = localDay(Date.now());
  const year = Number(today.slice(0, 4));
  const me = clerk as PersonId;
  await o.ask(clerk, 'catalogues.set', {
    year,
    entries: [
      { code: 'I', heading: true, title: 'Văn thư, lưu trữ', retention: null, keeper: null, note: '' },
      { code: '1', heading: true, title: 'Văn bản điện tử', retention: null, keeper: null, note: '' },
      { code, heading: false, title: 'Tiếp nhận, xử lý văn bản điện tử', retention: 20, keeper: me, note: 'Lập trong năm' },
    ],
  });
  const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 });
  // what is to be exported must have come down whole
  const here = rows.filter(({ contentHere }) => contentHere);
  const [unregistered, other] = here.filter(({ document }) => document.stage === 'arrived').map(({ document }) => document.id);
  const done = here.find(({ document }) => document.stage !== 'arrived')?.document.id ?? other;
  if (unregistered === undefined || done === undefined) throw new Error('no arrivals to put into a dossier');
  if (done === other) await o.ask(clerk, 'documents.register', { id: done });
  const make = async (dossierCode: string, title: string, document: DocumentId): Promise<DocumentId> => {
    const { state: { id } } = await o.ask(clerk, 'dossiers.open', { code: dossierCode, title, retention: 10, keeper: me, startDate: addDays(today, -800), construction: false, rights: '', note: '', year, catalogueCode: null });
    await o.ask(clerk, 'dossiers.file', { id, documents: [document] });
    return id;
  };
  const open = await make('02.VTLT', 'Còn văn bản chưa vào sổ', unregistered);
  const shut = [await make('03.VTLT', 'Đã đến hạn nộp lưu', done), await make('04.VTLT', 'Đã quá hạn nộp lưu', done)] as const;
  await o.ask(clerk, 'dossiers.close', { id: shut[0], endDate: addDays(today, -350), pages: 3 });
  await o.ask(clerk, 'dossiers.close', { id: shut[1], endDate: addDays(today, -400), pages: null });
  const { document } = await o.ask(clerk, 'documents.read', { id: done });
  return { open, shut: shut[0], filed: document.title };
}
