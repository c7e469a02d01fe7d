import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { sendLetter } from '../../src-main/practice/seed.ts';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import type { DocumentDetail } from '../../src-shared/contract/documents.ts';
import { addMonths } from '../../src-shared/domain/calendar.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { openOffice, pdfDir, resourcesDir, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const department = 'department-clerk';
const mai = clerk as PersonId;
const thang = leader as PersonId;
const today = vietnamDate(new Date());
const year = today.slice(0, 4);

let o: OfficeUnderTest;
let scan: ContentRef;
before(async () => {
  o = await openOffice();
  scan = await contentOf(clerk, 'cong-van-xa.pdf', 'Bản quét công văn.pdf');
});
after(async () => { await o.close(); });

async function contentOf(desk: string, file: string, name: string): Promise<ContentRef> {
  const imported = await o.importPdf(desk, await readFile(join(pdfDir, file)), name);
  assert.ok(imported.ok);
  return imported.value.content;
}

const paper = (title: string, more: object = {}) => ({
  title, kind: 'cong-van' as const, numberText: '02a', notation: 'HTX', issuedDate: addDays(today, -3), from: { code: null, name: 'Hợp tác xã Bình An' }, urgency: 'normal' as const,
  content: scan, signer: 'Lê Văn An', channel: 'paper' as const, inReplyTo: null, ...more,
});
const at = (desk: string, id: DocumentId, is: (detail: DocumentDetail) => boolean): Promise<DocumentDetail> =>
  o.until(desk, async () => {
    const read = await o.tryAsk(desk, 'documents.read', { id });
    return read.ok && is(read.value) ? read.value : null;
  });
const stateOf = (detail: DocumentDetail, person: PersonId) => detail.document.tasks.find((task) => task.person === person);
const lineOf = (desk: string) => {
  const line = o.office.desks.get(desk)?.line;
  assert.ok(line);
  return line;
};

/** Received at the counter, registered and put before the leader. */
async function presented(title: string): Promise<DocumentId> {
  const { document: { id } } = await o.ask(clerk, 'documents.receive', paper(title));
  await o.ask(clerk, 'documents.register', { id });
  await o.ask(clerk, 'documents.present', { id, note: '' });
  return id;
}

/** Sent from the department, and arrived at the commune under an id of its own. */
async function delivered(title: string): Promise<{ readonly sent: DocumentId; readonly received: DocumentId }> {
  const letter = { file: 'giay-moi.pdf', title, kind: 'giay-moi', notation: 'GM-SKHCN', urgency: 'normal', from: 'department' } as const;
  const sent = await sendLetter(o.office.desks, join(resourcesDir, 'practice'), letter, [practiceUnits.commune]);
  const row = await o.until(clerk, async () => (await o.ask(clerk, 'documents.list', { folder: 'incoming', query: title, offset: 0, limit: 2 })).rows[0]);
  return { sent, received: row.document.id };
}

const statusAtSender = (id: DocumentId, is: string) => at(department, id, ({ document }) => document.recipients[0]?.status === is);

test('the practice’s department stands in the midst of its work: one part late, more time asked for another, a dossier of two, a letter asked back', async () => {
  const board = await o.ask(department, 'tasks.board', { person: null, state: 'open', offset: 0, limit: 10 });
  assert.deepEqual(board.rows.map(({ due }) => due).filter((due) => due === 'late'), ['late']);
  assert.equal(board.rows.filter(({ task }) => task.extension?.granted === null).length, 1);
  const { rows: dossiers } = await o.ask(department, 'dossiers.list', { text: 'gop y', stage: 'open', year: null, offset: 0, limit: 10 });
  assert.deepEqual(dossiers.map(({ state }) => state.documents.length), [2]);
  const recalled = await o.until(department, async () => (await o.ask(department, 'documents.list', { folder: 'incoming', query: 'Tập huấn', offset: 0, limit: 2 })).rows.find(({ document }) => document.asked !== null));
  assert.equal(recalled.document.asked?.change, 'recall');
  assert.deepEqual((await o.ask(department, 'catalogues.list', {})).catalogues.map(({ entries, approved }) => [entries.length, approved]), [[3, null]]);
});

test('a paper document goes from its scan over the register and three people’s parts into a dossier that is closed, and the line is cut all the while', async () => {
  for (const desk of [clerk, leader]) lineOf(desk).cut();
  const received = await o.ask(clerk, 'documents.receive', paper('Xin cấp nước cho hợp tác xã'));
  const { id } = received.document;
  assert.deepEqual([received.document.stage, received.document.number, received.document.numberText, received.document.channel, received.document.from.code], ['arrived', null, '02a', 'paper', null]);
  assert.deepEqual(received.actions.toSorted(), ['comment', 'edit', 'refuse', 'register']);
  const next = await o.ask(clerk, 'documents.nextNumber', { id });
  const registered = await o.ask(clerk, 'documents.register', { id });
  assert.deepEqual([next.reference, registered.document.arrival?.number], ['418', 418]);
  await o.ask(clerk, 'documents.edit', { id, title: 'Đề nghị cấp nước cho hợp tác xã' });
  await o.ask(clerk, 'documents.present', { id, note: 'Gấp' });
  for (const desk of [clerk, leader]) lineOf(desk).mend();

  await at(leader, id, ({ document }) => document.stage === 'presented');
  lineOf(leader).cut();
  const deadline = addDays(today, 10);
  await o.ask(leader, 'documents.assign', { id, lead: mai, support: [thang], inform: [], directive: 'Tham mưu trả lời', deadline, each: [{ person: thang, deadline: addDays(today, 5) }] });
  const offline = await o.ask(leader, 'documents.read', { id });
  assert.deepEqual([stateOf(offline, mai)?.deadline, stateOf(offline, thang)?.deadline, offline.sync === 'synced'], [deadline, addDays(today, 5), false]);
  lineOf(leader).mend();

  const mine = await at(clerk, id, ({ document }) => document.stage === 'assigned');
  for (const action of ['acceptTask', 'returnTask', 'finishTask', 'file'] as const) assert.ok(mine.actions.includes(action), action);
  lineOf(clerk).cut();
  await o.ask(clerk, 'tasks.accept', { id });
  await o.ask(clerk, 'tasks.report', { id, percent: 60, text: 'Đã khảo sát' });
  const finished = await o.ask(clerk, 'tasks.finish', { id, result: 'Đã trả lời bằng văn bản', answer: null });
  assert.deepEqual([finished.document.stage, stateOf(finished, mai)?.state], ['finished', 'done']);

  const dossier = await o.ask(clerk, 'dossiers.open', { code: '05.UBND', title: 'Cấp nước năm nay', retention: 10, keeper: mai, startDate: addDays(today, -3), construction: false, rights: '', note: '', year: Number(year), catalogueCode: null });
  const empty = await o.refused(clerk, 'dossiers.close', { id: dossier.state.id, endDate: today, pages: null });
  assert.equal(empty.code, 'dossier.empty');
  await o.ask(clerk, 'dossiers.file', { id: dossier.state.id, documents: [id] });
  const read = await o.ask(clerk, 'dossiers.read', { id: dossier.state.id });
  assert.deepEqual([read.checks, read.documents.map((one) => one.id), read.index.rows.length, read.index.rows[0]?.[1]], [[], [id], 1, '02a/HTX']);
  const closed = await o.ask(clerk, 'dossiers.close', { id: dossier.state.id, endDate: today, pages: 2 });
  assert.deepEqual([closed.state.stage, closed.handOverDue, closed.dueSoon], ['closed', addMonths(today, 12), false]);
  assert.equal((await o.refused(clerk, 'dossiers.file', { id: dossier.state.id, documents: [id] })).code, 'dossier.stage');
  lineOf(clerk).mend();
  // the province decides by the same rules, and the leader's desk has it all
  await at(leader, id, ({ document }) => document.stage === 'finished');
  const there = await o.until(leader, async () => (await o.ask(leader, 'dossiers.of', { id })).rows.find(({ state }) => state.stage === 'closed'));
  assert.equal(there.state.code, '05.UBND');
  assert.deepEqual((await o.ask(clerk, 'outbox.list', {})).rows, []);
});

test('a draft keeps a dossier open, and what is told says so', async () => {
  const { document: { id } } = await o.ask(clerk, 'documents.draft', { title: 'Dự thảo trả lời', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: scan, recipients: [], inReplyTo: null });
  const { state } = await o.ask(clerk, 'dossiers.open', { code: '06.UBND', title: 'Dở dang', retention: 'permanent', keeper: mai, startDate: today, construction: false, rights: '', note: '', year: Number(year), catalogueCode: null });
  await o.ask(clerk, 'dossiers.file', { id: state.id, documents: [id] });
  assert.equal((await o.refused(clerk, 'dossiers.close', { id: state.id, endDate: today, pages: null })).code, 'dossier.blocked');
  await o.ask(clerk, 'dossiers.unfile', { id: state.id, documents: [id] });
  assert.equal((await o.ask(clerk, 'dossiers.read', { id: state.id })).checks[0]?.check, 'empty');
});

test('many are given out at once, and of each that cannot be it is said why; more time is asked for and granted, and the work is judged', async () => {
  const ids = [await presented('Báo cáo dân số'), await presented('Báo cáo thủy lợi')];
  const { document: { id: unregistered } } = await o.ask(clerk, 'documents.receive', paper('Chưa vào sổ', { numberText: '77' }));
  for (const id of ids) await at(leader, id, ({ document }) => document.stage === 'presented');
  await at(leader, unregistered, () => true);
  const given = await o.ask(leader, 'tasks.assignMany', { ids: [...ids, unregistered], lead: mai, support: [], inform: [], directive: 'Làm', deadline: addDays(today, 1) });
  assert.deepEqual([given.done, given.failed.map((one) => [one.id, one.error.code])], [ids, [[unregistered, 'workflow.wrong-stage']]]);
  const id = ids[0] as DocumentId;
  await at(clerk, id, ({ document }) => document.stage === 'assigned');
  assert.equal((await o.refused(clerk, 'tasks.requestExtension', { id, until: addDays(today, 9), reason: ' ' })).code, 'workflow.reason-required');
  const asked = await o.ask(clerk, 'tasks.requestExtension', { id, until: addDays(today, 9), reason: 'Chờ số liệu' });
  assert.equal(asked.actions.includes('requestExtension'), false, 'one at a time');
  const waiting = await at(leader, id, ({ document }) => document.tasks[0]?.extension?.granted === null);
  assert.ok(waiting.actions.includes('answerExtension'));
  await o.ask(leader, 'tasks.answerExtension', { id, person: mai, granted: true, until: addDays(today, 9), reason: '' });
  const granted = await at(clerk, id, ({ document }) => document.tasks[0]?.extension?.granted === true);
  assert.equal(stateOf(granted, mai)?.deadline, addDays(today, 9));
  // passed on within the unit, and to nobody outside it
  assert.equal((await o.refused(clerk, 'tasks.passOn', { id, to: 'department-leader' as PersonId, directive: '', deadline: null })).code, 'not-found');
  const passed = await o.ask(clerk, 'tasks.passOn', { id, to: thang, directive: 'Cho ý kiến', deadline: null });
  assert.deepEqual([stateOf(passed, thang)?.passedFrom, stateOf(passed, mai)?.state], [mai, 'accepted']);
  await at(leader, id, (detail) => detail.actions.includes('acceptTask'));
  await o.ask(leader, 'tasks.finish', { id, result: 'Đã cho ý kiến', answer: null });
  const done = await at(clerk, id, ({ document }) => document.stage === 'finished');
  assert.equal(stateOf(done, mai)?.state, 'done', 'whoever passed it on is done with it');
  await o.ask(leader, 'tasks.evaluate', { id, person: mai, grade: 'good', text: '' });
  await o.ask(leader, 'tasks.reopen', { id, reason: 'Bổ sung số liệu' });
  const again = await at(clerk, id, ({ document }) => document.stage === 'assigned');
  assert.deepEqual([stateOf(again, mai)?.state, stateOf(again, mai)?.evaluation?.grade], ['accepted', 'good']);

  const board = await o.ask(leader, 'tasks.board', { person: null, state: 'open', offset: 0, limit: 50 });
  assert.ok(board.rows.some((row) => row.document.id === ids[1] && row.task.person === mai && row.due === 'soon'));
  const { deadlines } = await o.ask(clerk, 'tasks.deadlines', { id });
  assert.deepEqual(deadlines.map(({ step }) => step), ['register', 'present', 'task', ...(deadlines.length > 3 ? ['task'] : [])]);
  assert.ok(deadlines.every(({ article }) => article.startsWith('NĐ 30/2020')));
});

test('what its sender asks back is answered before anything else is done with it: agreed, it is cancelled here and there; not agreed, it goes on', async () => {
  const kept = await delivered('Giấy mời còn hiệu lực');
  const gone = await delivered('Giấy mời gửi nhầm');
  assert.equal((await o.refused(department, 'documents.askChange', { id: gone.sent, change: 'recall', reason: '' })).code, 'workflow.reason-required');
  for (const { sent } of [kept, gone]) await o.ask(department, 'documents.askChange', { id: sent, change: 'recall', reason: 'Gửi nhầm nơi nhận' });
  for (const { received, sent } of [kept, gone]) {
    await statusAtSender(sent, '13');
    const { actions, document: { asked } } = await at(clerk, received, ({ document }) => document.asked !== null);
    assert.deepEqual([actions, asked?.change, asked?.reason], [['answerChange'], 'recall', 'Gửi nhầm nơi nhận']);
    assert.equal((await o.refused(clerk, 'documents.register', { id: received })).code, 'workflow.recall-pending');
  }
  const request = async (id: DocumentId) => (await o.ask(clerk, 'documents.read', { id })).document.asked?.request as never;
  assert.equal((await o.refused(clerk, 'documents.answerChange', { id: kept.received, request: await request(kept.received), agree: false, reason: '' })).code, 'workflow.reason-required');
  await o.ask(clerk, 'documents.answerChange', { id: kept.received, request: await request(kept.received), agree: false, reason: 'Cuộc họp đã diễn ra' });
  const agreed = await o.ask(clerk, 'documents.answerChange', { id: gone.received, request: await request(gone.received), agree: true, reason: '' });
  assert.equal(agreed.document.stage, 'recalled');
  await statusAtSender(kept.sent, '16');
  await statusAtSender(gone.sent, '15');
  const registered = await o.ask(clerk, 'documents.register', { id: kept.received });
  assert.equal(registered.document.stage, 'registered');
  const { rows } = await o.ask(clerk, 'documents.duplicates', { id: kept.received });
  assert.deepEqual(rows, [], 'a document is not its own duplicate');
});

test('an officer’s leave to sign lasts from its first day to its last, and is asked of nobody who needs none', async () => {
  const grant = { to: mai, capacity: 'TUQ.' as const, lends: 'leader' as const, firstDay: today, lastDay: addDays(today, 30), content: null };
  assert.equal((await o.refused(leader, 'grants.give', { ...grant, basis: '' })).code, 'grant.basis-needed');
  assert.equal((await o.refused(clerk, 'grants.give', { ...grant, to: thang, basis: 'GUQ 01' })).code, 'not-allowed', 'nobody gives away what is not theirs');
  const id = await presented('Giao việc theo ủy quyền');
  const assign = { id, lead: thang, support: [], inform: [], directive: 'Theo ủy quyền', deadline: null };
  await o.ask(leader, 'grants.give', { ...grant, basis: 'Giấy ủy quyền số 01/GUQ-UBND' });
  const { mine, grants } = await o.until(clerk, async () => {
    const listed = await o.ask(clerk, 'grants.list', {});
    return listed.mine.length === 1 ? listed : null;
  });
  const { document: { id: draft } } = await o.ask(clerk, 'documents.draft', { title: 'Thông báo nghỉ', kind: 'thong-bao', notation: 'TB-UBND', urgency: 'normal', content: scan, recipients: [practiceUnits.department], inReplyTo: null });
  const submitted = await o.ask(clerk, 'documents.submit', { id: draft });
  assert.ok(submitted.actions.includes('approve'), 'what is lent may be done');
  const placement = { page: 1, rect: { x: 120, y: 262, width: 30, height: 15 } };
  const sign = async (document: DocumentId, as?: string) => o.tryAsk(clerk, 'signing.approve', { id: document, thumbprint: await o.thumbprintOf(clerk), pin: o.office.desks.get(clerk)?.cast.pin ?? '', placement, accepted: null, as });
  const signed = await sign(draft);
  assert.ok(signed.ok, JSON.stringify(signed));
  const event = signed.value.history.findLast(({ type }) => type === 'approved');
  assert.deepEqual([event?.byGrant, event?.type === 'approved' && event.capacity], [mine[0], 'TUQ.']);
  const words = (await o.ask(clerk, 'signing.capacities', {})).capacities[0]?.words ?? '';
  assert.match(words, /^TUQ\. CHỦ TỊCH.* – /);
  assert.equal(event?.type === 'approved' && event.signedAs, words);
  assert.deepEqual((await o.ask(clerk, 'verification.check', { id: draft })).report.signatures.map(({ reason }) => reason), [`Ký duyệt: ${words}`], 'the signature itself tells it');
  const there = await at(leader, draft, ({ document }) => document.stage === 'approved');
  assert.deepEqual(there.history.findLast(({ type }) => type === 'approved'), event);
  const own = await o.ask(clerk, 'documents.assign', assign);
  assert.equal(own.history.at(-1)?.byGrant, undefined, 'a clerk assigns by their own right');

  const past = await o.refused(leader, 'grants.end', { grant: grants[0]?.id as never, lastDay: addDays(today, -2), reason: 'Đã về' });
  assert.deepEqual([past.code, past.params], ['grant.end-past', { earliest: addDays(today, -1).split('-').toReversed().join('/') }], 'what was done by it stands');
  await o.ask(leader, 'grants.end', { grant: grants[0]?.id as never, lastDay: addDays(today, -1), reason: 'Đã về' });
  await o.until(clerk, async () => (await o.ask(clerk, 'grants.list', {})).mine.length === 0);
  const { document: { id: second } } = await o.ask(clerk, 'documents.draft', { title: 'Thông báo họp', kind: 'thong-bao', notation: 'TB-UBND', urgency: 'normal', content: scan, recipients: [practiceUnits.department], inReplyTo: null });
  assert.equal((await o.ask(clerk, 'documents.submit', { id: second })).actions.includes('approve'), false);
  const refused = await sign(second);
  assert.deepEqual(refused.ok ? null : refused.error.code, 'not-allowed');
  const late = await sign(second, mine[0]);
  assert.deepEqual([late.ok ? null : late.error.code, (await o.ask(clerk, 'documents.read', { id: second })).document.stage], ['grant.not-in-force', 'submitted']);

  // two at once: by whose leave is for the person to say
  for (const capacity of ['TL.', 'TUQ.'] as const) await o.ask(leader, 'grants.give', { ...grant, capacity, basis: `Giấy giao ${capacity}` });
  const held = await o.until(clerk, async () => {
    const { capacities } = await o.ask(clerk, 'signing.capacities', {});
    return capacities.length === 2 ? capacities : null;
  });
  assert.deepEqual([held.map(({ capacity }) => capacity), (await o.ask(clerk, 'documents.read', { id: second })).actions.includes('approve')], [['TUQ.', 'TL.'], true]);
  const unsaid = await sign(second);
  assert.equal(unsaid.ok ? null : unsaid.error.code, 'workflow.grant-needed');
  const byOrder = held.find(({ capacity }) => capacity === 'TL.');
  const run = await o.ask(clerk, 'batch.start', { mode: 'all', items: [{ id: second, placement }], thumbprint: await o.thumbprintOf(clerk), pin: o.office.desks.get(clerk)?.cast.pin ?? '', as: byOrder?.id });
  assert.equal(run.mode, 'all');
  const signedNow = await at(clerk, second, ({ document }) => document.stage === 'approved');
  const last = signedNow.history.findLast(({ type }) => type === 'approved');
  assert.deepEqual([last?.byGrant, last?.type === 'approved' && [last.capacity, last.signedAs]], [byOrder?.grant, ['TL.', byOrder?.words]]);
});

test('a number that is made void stays in the register with its reason', async () => {
  const { document: { id } } = await o.ask(clerk, 'documents.draft', { title: 'Công văn sai sót', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: scan, recipients: [practiceUnits.department], inReplyTo: null });
  await o.ask(clerk, 'documents.submit', { id });
  await at(leader, id, (detail) => detail.document.stage === 'submitted' && detail.contentHere);
  const place = (x: number) => ({ page: 1, rect: { x, y: 262, width: 30, height: 15 } });
  const pin = (desk: string) => o.office.desks.get(desk)?.cast.pin ?? '';
  await o.ask(leader, 'signing.approve', { id, thumbprint: await o.thumbprintOf(leader), pin: pin(leader), placement: place(120), accepted: null });
  await at(clerk, id, (detail) => detail.document.stage === 'approved' && detail.contentHere);
  const { number, date } = await o.ask(clerk, 'issuing.propose', { id });
  assert.ok(number !== null);
  const issue = { id, thumbprint: await o.thumbprintOf(clerk), pin: pin(clerk), number, notation: 'UBND-VP', placement: place(90), recipients: [], send: false };
  assert.equal((await o.refused(clerk, 'issuing.issue', { ...issue, date: addDays(date, 1) })).code, addDays(date, 1).slice(0, 4) === year ? 'numbering.after-today' : 'number.no-book');
  assert.equal((await o.refused(clerk, 'issuing.issue', { ...issue, number: number + 1, date })).code, 'number.taken');
  await o.ask(clerk, 'issuing.issue', { ...issue, date });
  assert.equal((await o.ask(clerk, 'documents.voidNumber', { id, reason: 'Sai thể thức' })).document.stage, 'voided');
  const { books } = await o.ask(clerk, 'registers.books', {});
  const outgoing = books.find(({ register }) => register === 'outgoing');
  assert.ok(outgoing);
  const page = await o.ask(clerk, 'registers.page', { register: 'outgoing', book: outgoing.book, from: null, to: null, offset: 0, limit: 50 });
  const row = page.table.rows.at(-1);
  assert.deepEqual([row?.[0], row?.at(-1), page.ids.at(-1), page.marks.at(-1)], [String(number), 'Đã hủy số (Sai thể thức)', id, 'void']);
  assert.equal((await o.refused(clerk, 'registers.close', { book: outgoing.book })).code, 'numbering.year-not-over');
  const incoming = await o.ask(clerk, 'registers.page', { register: 'incoming', book: `${practiceUnits.commune.code}/${year}/van-ban-den` as never, from: 418, to: 418, offset: 0, limit: 50 });
  assert.deepEqual([incoming.total, incoming.table.rows[0]?.[1], incoming.table.rows[0]?.[2], incoming.table.rows[0]?.[3], incoming.table.columns.length], [1, '418', 'Hợp tác xã Bình An', '02a/HTX', 10]);
});

test('what a careful person can get wrong is told, and nothing of it is kept', async () => {
  const count = async () => (await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 1 })).total;
  const beforehand = await count();
  for (const [what, input, code] of [
    ['a secret mark', paper('MẬT: Kế hoạch phòng thủ'), 'workflow.secret'],
    ['a code that the directory does not know', paper('Lạ', { from: { code: 'H99.99', name: 'Cơ quan lạ' } }), 'workflow.unknown-sender'],
    ['a number of letters', paper('Sai số', { numberText: 'hai' }), 'notation.number'],
    ['an attachment of nothing', paper('Tệp rỗng', { attachments: [{ ...scan, sizeBytes: 0 }] }), 'file.empty'],
    ['an attachment that is not here', paper('Tệp thiếu', { attachments: [{ ...scan, sha256: 'f'.repeat(64) }] }), 'content.not-here'],
  ] as const) {
    assert.equal((await o.refused(clerk, 'documents.receive', input as never)).code, code, what);
  }
  assert.equal(await count(), beforehand);

  const { importId } = await o.ask(clerk, 'content.beginImport', { fileName: `${'Biểu tổng hợp số liệu '.repeat(14)}.xlsx`, as: 'attachment' });
  await o.ask(clerk, 'content.appendImport', { importId, bytes: Buffer.from('a sheet') });
  const { content } = await o.ask(clerk, 'content.finishImport', { importId });
  assert.ok(Buffer.byteLength(content.fileName) <= 255 && content.fileName.endsWith('.xlsx') && content.fileName.startsWith('Biểu tổng hợp'), content.fileName);
  const attached = await o.ask(clerk, 'documents.receive', paper('Có phụ lục', { numberText: '09', attachments: [content] }));
  assert.deepEqual([attached.document.attachments.map(({ fileName }) => fileName), attached.document.number], [[content.fileName], 9]);

  // the same once more is told of before it is kept, and again at the register
  const { numberText, notation, from } = paper('x', { numberText: '9' });
  const again = await o.ask(clerk, 'documents.duplicates', { numberText, notation, from });
  assert.deepEqual(again.rows.map(({ id }) => id), [attached.document.id]);

  const id = await presented('Hạn rơi vào ngày nghỉ');
  await at(leader, id, ({ document }) => document.stage === 'presented');
  await o.ask(leader, 'office.setDay', { date: addDays(today, 20), kind: 'off', name: 'Kỷ niệm của xã' });
  const holiday = { id, lead: mai, support: [], inform: [], directive: '', deadline: addDays(today, 20) };
  const told = await o.refused(leader, 'documents.assign', { ...holiday, closedDay: 'ask' });
  assert.deepEqual([told.code, told.params?.['name']], ['deadline.closed-day', 'Kỷ niệm của xã']);
  assert.equal((await o.ask(leader, 'documents.assign', holiday)).document.stage, 'assigned');
});
