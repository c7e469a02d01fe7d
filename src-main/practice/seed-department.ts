import { join } from 'node:path';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import { vietnamDate } from '../features/vietnam-time.ts';
import { practiceUnits } from './cast.ts';
import type { SeatedDesk } from './connection.ts';
import { awaitHere, deskOf, importFile, must } from './seed-support.ts';

/** Paper that came to the department's counter, and how many days from now it is to be done. */
const papers = [
  { file: 'bao-cao-quy.pdf', title: 'Đề nghị hỗ trợ đường truyền cho điểm bưu điện văn hóa xã', numberText: '27', notation: 'BĐ-VP', from: 'Bưu điện tỉnh Quảng Ngãi', days: -2 },
  { file: 'phu-luc.pdf', title: 'Góp ý dự thảo kế hoạch chuyển đổi số năm tới', numberText: '14', notation: 'HTH', from: 'Hội Tin học tỉnh Quảng Ngãi', days: 1 },
  { file: 'giay-moi.pdf', title: 'Mời dự hội thảo an toàn thông tin', numberText: '105', notation: 'ĐH-ĐT', from: 'Trường Đại học Phạm Văn Đồng', days: 7 },
] as const;

/**
 * The department in the midst of its work: three papers given out, one of them late and one for which more time is asked, a dossier that holds two of them, the year's list of dossiers, and a
 * letter that its sender wants back. The commune's registers and lists stay as the first lessons tell them.
 */
export async function seedDepartment(desks: ReadonlyMap<string, SeatedDesk>, filesDir: string, recalled: DocumentId): Promise<void> {
  const clerk = deskOf(desks, 'department-clerk').desk;
  const leader = deskOf(desks, 'department-leader').desk;
  const hoa = 'department-clerk' as PersonId;
  const today = vietnamDate(new Date());
  const year = Number(today.slice(0, 4));

  const ids: DocumentId[] = [];
  for (const { file, title, numberText, notation, from } of papers) {
    const content = await importFile(clerk, join(filesDir, file), file);
    const { document: { id } } = must(await clerk.handlers['documents.receive']({
      title, kind: 'cong-van', numberText, notation, issuedDate: addDays(today, -5), from: { code: null, name: from }, urgency: 'normal', content, signer: '', channel: 'paper', inReplyTo: null,
    }));
    must(await clerk.handlers['documents.register']({ id, reason: null }));
    must(await clerk.handlers['documents.present']({ id, note: '' }));
    ids.push(id);
  }
  for (const [index, id] of ids.entries()) {
    await awaitHere(leader, id, 'presented');
    must(await leader.handlers['documents.assign']({ id, lead: hoa, support: [], inform: [], directive: 'Tham mưu trả lời', deadline: addDays(today, papers[index]?.days ?? 7), closedDay: 'keep' }));
  }
  for (const id of ids) {
    await awaitHere(clerk, id, 'assigned');
    must(await clerk.handlers['tasks.accept']({ id }));
  }
  const [late, waiting] = ids as [DocumentId, DocumentId];
  must(await clerk.handlers['tasks.requestExtension']({ id: waiting, until: addDays(today, 8), reason: 'Chờ ý kiến của các phòng', closedDay: 'keep' }));

  must(await clerk.handlers['catalogues.set']({
    year,
    entries: [
      { code: 'I', heading: true, title: 'Chuyển đổi số', retention: null, keeper: null, note: '' },
      { code: '01.CĐS', heading: false, title: `Kế hoạch, báo cáo chuyển đổi số năm ${year}`, retention: 20, keeper: hoa, note: '' },
      { code: '02.CĐS', heading: false, title: `Góp ý, trao đổi về chuyển đổi số năm ${year}`, retention: 5, keeper: hoa, note: '' },
    ],
  }));
  const { state: { id: dossier } } = must(await clerk.handlers['dossiers.open']({
    code: '02.CĐS', title: `Góp ý, trao đổi về chuyển đổi số năm ${year}`, retention: 5, keeper: hoa, startDate: `${year}-01-02`, construction: false, rights: '', note: '', year, catalogueCode: '02.CĐS',
  }));
  must(await clerk.handlers['dossiers.file']({ id: dossier, documents: [late, waiting] }));

  must(await deskOf(desks, 'province-clerk').desk.handlers['documents.askChange']({ id: recalled, change: 'recall', reason: 'Lịch tập huấn thay đổi', recipients: [practiceUnits.department.code] }));
  for (const desk of [clerk, leader, deskOf(desks, 'province-clerk').desk]) await desk.handlers['sync.now']({});
}
