import { join } from 'node:path';
import type { ContentRef, DocumentKind, Relation, Urgency } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import type { Desk } from '../backend/desk.ts';
import { practiceUnits } from './cast.ts';
import type { SeatedDesk } from './connection.ts';
import { seedDepartment } from './seed-department.ts';
import { awaitHere, deskOf, importFile, must, pollUntil } from './seed-support.ts';

/** What an office sends, its file not yet on its desk. */
type Letter = Omit<SentLetter, 'content'> & { readonly file: string };

export type SentLetter = {
  readonly content: ContentRef;
  readonly title: string;
  readonly kind: DocumentKind;
  readonly notation: string;
  readonly urgency: Urgency;
  readonly from: 'province' | 'department';
  readonly relation?: Relation;
};

// Of several producers and shapes: linearised with object streams, printed by a browser, an annex whose text has no place for a number
const letters: readonly Letter[] = [
  { file: 'phu-luc.pdf', title: 'Danh mục hồ sơ công việc năm 2026', kind: 'thong-bao', notation: 'TB-SKHCN', urgency: 'normal', from: 'department' },
  { file: 'giay-moi-chromium.pdf', title: 'Tập huấn ký số cho công chức văn thư', kind: 'giay-moi', notation: 'GM-UBND', urgency: 'normal', from: 'province' },
  { file: 'quyet-dinh-linearized-objstm.pdf', title: 'Công bố danh mục mã định danh cơ quan', kind: 'quyet-dinh', notation: 'QĐ-UBND', urgency: 'urgent', from: 'province' },
  { file: 'bao-cao-quy.pdf', title: 'Kết quả gửi, nhận văn bản điện tử và tỷ lệ ký số quý III năm 2026', kind: 'bao-cao', notation: 'BC-SKHCN', urgency: 'normal', from: 'department' },
  { file: 'giay-moi.pdf', title: 'Họp triển khai ký số trên phần mềm quản lý văn bản', kind: 'giay-moi', notation: 'GM-UBND', urgency: 'express', from: 'province' },
  { file: 'quyet-dinh.pdf', title: 'Ban hành Quy chế tiếp nhận, xử lý, phát hành và quản lý văn bản điện tử', kind: 'quyet-dinh', notation: 'QĐ-UBND', urgency: 'normal', from: 'province' },
];

/** Fills the practice office through its own use-cases: every document in it was truly signed, sealed, sent and delivered. */
export async function seedPractice(desks: ReadonlyMap<string, SeatedDesk>, filesDir: string): Promise<void> {
  for (const letter of letters) {
    // one of them goes to two offices, and is asked back of one
    const both = letter.file === 'giay-moi-chromium.pdf';
    const id = await sendLetter(desks, filesDir, letter, both ? [practiceUnits.commune, practiceUnits.department] : [practiceUnits.commune]);
    if (both) await seedDepartment(desks, filesDir, id);
  }
  const clerk = deskOf(desks, 'commune-clerk').desk;
  const draft = await draftLetter(clerk, {
    content: await importFile(clerk, join(filesDir, 'cong-van-xa.pdf'), 'cong-van-xa.pdf'), title: 'Về việc tăng cường gửi, nhận văn bản điện tử có ký số', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal',
  }, [practiceUnits.department]);
  must(await clerk.handlers['documents.submit']({ id: draft }));
  await awaitHere(deskOf(desks, 'commune-leader').desk, draft, 'submitted');
  // what was sent is here before the window opens
  const arrivedAt = await pollUntil(async () => {
    await clerk.handlers['sync.now']({});
    const listed = must(await clerk.handlers['documents.list']({ folder: 'incoming', query: '', quick: [], offset: 0, limit: 50 }));
    return listed.total >= letters.length && listed.rows.every((row) => row.contentHere) ? listed : null;
  });
  if (arrivedAt === null) throw new Error('the practice documents did not arrive');
}

/** A letter whose file lies in `filesDir`. */
export async function sendLetter(desks: ReadonlyMap<string, SeatedDesk>, filesDir: string, { file, ...letter }: Letter, to: readonly Organization[]): Promise<DocumentId> {
  return signAndSend(desks, { ...letter, content: await importFile(deskOf(desks, `${letter.from}-clerk`).desk, join(filesDir, file), file) }, to);
}

/** Draft → leader's signature → number, seal → sent, from one of the practice's other offices. */
export async function signAndSend(desks: ReadonlyMap<string, SeatedDesk>, letter: SentLetter, to: readonly Organization[]): Promise<DocumentId> {
  const clerk = deskOf(desks, `${letter.from}-clerk`);
  const leader = deskOf(desks, `${letter.from}-leader`);
  const id = await draftLetter(clerk.desk, letter, to);
  must(await clerk.desk.handlers['documents.submit']({ id }));
  clerk.desk.releaseHolds();

  await awaitHere(leader.desk, id, 'submitted');
  const places = must(await leader.desk.handlers['signing.propose']({ id }));
  // An annex names no signer: the foot of its last page is free
  const signaturePlace = places.signature ?? { page: places.pages.length, rect: { x: 122, y: 262, width: 40, height: 17.6 } };
  must(await leader.desk.handlers['signing.approve']({ id, thumbprint: await ownThumbprint(leader), pin: leader.cast.pin, placement: signaturePlace, accepted: null }));

  await awaitHere(clerk.desk, id, 'approved');
  const proposed = must(await pollUntil(async () => {
    const answer = await clerk.desk.handlers['issuing.propose']({ id });
    await clerk.desk.handlers['sync.now']({});
    return !answer.ok || answer.value.number !== null ? answer : null;
  }) ?? { ok: false, error: { code: 'number.no-book' } });
  if (proposed.number === null) throw new Error('no number');
  const sealPlace = must(await clerk.desk.handlers['signing.propose']({ id })).seal ?? { page: signaturePlace.page, rect: { x: 99, y: 253, width: 36, height: 36 } };
  must(await clerk.desk.handlers['issuing.issue']({
    id, thumbprint: await ownThumbprint(clerk), pin: clerk.cast.pin, number: proposed.number, notation: letter.notation, date: proposed.date,
    placement: sealPlace, recipients: [...to], send: true, accepted: null,
  }));
  await clerk.desk.handlers['sync.now']({});
  return id;
}

async function draftLetter(desk: Desk, { title, kind, notation, urgency, content, relation }: Omit<SentLetter, 'from'>, to: readonly Organization[]): Promise<DocumentId> {
  const drafted = must(await desk.handlers['documents.draft']({ title, kind, notation, urgency, content, recipients: [...to], inReplyTo: null, ...(relation === undefined ? {} : { relation }) }));
  return drafted.document.id;
}

async function ownThumbprint(seated: SeatedDesk): Promise<string> {
  const { tokens } = must(await seated.desk.handlers['tokens.list']({}));
  const own = tokens.flatMap((t) => t.certificates).find((c) => c.commonName === seated.cast.holder.commonName);
  if (own === undefined) throw new Error(`no certificate for ${seated.cast.id}`);
  return own.thumbprint;
}
