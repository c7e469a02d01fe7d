import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, CommandBody, LogEvent } from '../../src-shared/domain/document.ts';
import type { BookId, DocumentId, GrantId, PersonId } from '../../src-shared/domain/ids.ts';
import { decideLog, replayLog } from '../../src-shared/domain/log.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import { recordId } from '../../src-shared/domain/records/record-id.ts';
import { canBeTakenBack } from '../../src-shared/domain/undo.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { actor, arrived, command, content, draft, newId, scene, unit } from './helpers.ts';
import { digestOf, infoOf } from './random-logs.ts';

const later = Date.parse('2100-01-01T00:00:00Z');
const officeId = recordId(unit.code, 'office');

/** As the use-case records; the command's own words may be changed first. */
function give(desk: DeskStore, id: DocumentId, role: Role, body: CommandBody, change: Partial<Command> = {}): Command {
  const state = desk.findRecord(id)?.state ?? desk.findDocument(id)?.state ?? null;
  const made = { ...command(id, role, body), base: state?.versions ?? { workflow: 0, assignment: 0 }, ...change } as Command;
  const decided = decideLog(state, made, { unit, office: desk.office() });
  assert.ok(decided.ok, `${made.type}: ${decided.ok ? '' : decided.error.code}`);
  desk.recordAction(made, decided.value, undefined, canBeTakenBack(made.type) ? later : null);
  return made;
}

const opening = (title: string, code: string, year = 2026): CommandBody => ({
  type: 'openDossier',
  args: { code, title, retention: 10, keeper: 'officer-1' as PersonId, startDate: '2026-01-05', construction: false, rights: '', note: '', year, catalogueCode: null },
});
const granting = (more: { readonly firstDay?: string; readonly lastDay?: string } = {}) => {
  const id = newId<GrantId>();
  const grant = { id, from: 'leader-1' as PersonId, to: 'officer-1' as PersonId, capacity: 'KT.', lends: 'leader', firstDay: '2026-03-01', lastDay: '2026-03-31', basis: '', content: content('giấy'), ...more } as const;
  return { id, body: { type: 'giveGrant', args: { grant } } as const satisfies CommandBody };
};
const openOnes = (desk: DeskStore, text = '', more: { readonly stage?: 'open' | 'closed'; readonly year?: number } = {}): readonly string[] =>
  desk.dossiers({ text, stage: more.stage ?? null, year: more.year ?? null, offset: 0, limit: 50 }).rows.map(({ state }) => state.title);

test('a dossier is found by its words, year and stage, says where a document lies, and goes through the outbox under its title', (t) => {
  const { desk } = scene(t).open();
  const [forest, road, old] = [newId<DocumentId>(), newId<DocumentId>(), newId<DocumentId>()];
  give(desk, road, 'clerk', opening('Đường liên thôn', '02.KT'));
  give(desk, forest, 'clerk', opening('Bảo vệ rừng', '01.NN'));
  give(desk, old, 'clerk', opening('Bảo vệ đê', '01.NN', 2025));
  assert.deepEqual(openOnes(desk), ['Bảo vệ rừng', 'Đường liên thôn', 'Bảo vệ đê']);
  assert.deepEqual(openOnes(desk, 'bao ve'), ['Bảo vệ rừng', 'Bảo vệ đê']);
  assert.deepEqual(openOnes(desk, 've', { year: 2026 }), ['Bảo vệ rừng']);
  assert.deepEqual(openOnes(desk, 'duong 02'), ['Đường liên thôn']);
  assert.deepEqual(openOnes(desk, 'uong'), [], 'words begin with what is typed');

  const paper = draft(desk, 'Tờ trình').id;
  give(desk, forest, 'officer', { type: 'fileDocuments', args: { documents: [paper, newId<DocumentId>()] } });
  give(desk, road, 'officer', { type: 'fileDocuments', args: { documents: [paper] } });
  assert.deepEqual(desk.dossiersOf(paper).map(({ title }) => title), ['Bảo vệ rừng', 'Đường liên thôn']);
  give(desk, road, 'clerk', { type: 'unfileDocuments', args: { documents: [paper] } });
  assert.deepEqual(desk.dossiersOf(paper).map(({ title }) => title), ['Bảo vệ rừng']);
  give(desk, forest, 'clerk', { type: 'closeDossier', args: { endDate: '2026-03-01', pages: 12 } });
  assert.deepEqual(openOnes(desk, '', { stage: 'closed' }), ['Bảo vệ rừng']);
  assert.equal(desk.dossiers({ text: 've', stage: null, year: null, offset: 1, limit: 1 }).total, 2);
  assert.equal(desk.dossiers({ text: '', stage: 'closed', year: null, offset: 0, limit: 1 }).rows[0]?.sync, 'waiting');
  assert.deepEqual([...new Set(desk.outbox().map(({ title }) => title))], ['Đường liên thôn', 'Bảo vệ rừng', 'Bảo vệ đê', 'Tờ trình']);
  assert.equal(desk.findDocument(forest), null, 'no list of documents shows it');
});

test('what was done to a dossier is taken back as if it had never been', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  give(desk, id, 'clerk', opening('Bảo vệ rừng', '01.NN'));
  const before = [desk.findRecord(id), desk.readLog(id), desk.outbox()];
  const filed = give(desk, id, 'clerk', { type: 'fileDocuments', args: { documents: [newId<DocumentId>()] } });
  const edited = give(desk, id, 'clerk', { type: 'editDossier', args: { title: 'Tên khác' } });
  assert.deepEqual(desk.undoable(id).map((one) => one.command), [filed.id, edited.id]);
  assert.equal(desk.undo(id, [filed.id, edited.id]), true);
  assert.deepEqual([desk.findRecord(id), desk.readLog(id), desk.outbox()], before);
});

test('the office and the lists of the years are there at once, after a restart too, and give way to what the server says', (t) => {
  const { open } = scene(t);
  const store = open();
  assert.equal(store.desk.office(), null);
  const { id, body } = granting();
  give(store.desk, officeId, 'leader', body);
  give(store.desk, recordId(unit.code, 'catalogue/2026'), 'clerk', { type: 'setCatalogue', args: { year: 2026, entries: [] } });
  assert.deepEqual(store.desk.office()?.grants.map((grant) => grant.id), [id]);
  assert.deepEqual(store.desk.outbox().map(({ title }) => title), ['office', 'catalogue']);
  store.close();
  const { desk } = open();
  assert.deepEqual(desk.office()?.grants.map((grant) => grant.id), [id]);
  assert.deepEqual(desk.catalogues().map(({ year }) => year), [2026]);
  const events = desk.readLog(officeId);
  desk.applyChanges([{ document: officeId, from: 0, events: [...events, { at: '2026-03-02T08:00:00Z', by: null, command: null, type: 'daySet', date: '2026-03-04', kind: 'off', name: 'Lũ' }] }], 'c1');
  assert.deepEqual(desk.office()?.days.map(({ date }) => date), ['2026-03-04']);
  assert.equal(desk.findRecord(officeId)?.sync, 'synced');
});

test('an action by a leave that was taken back before it was sent falls with the reason, and what was done first keeps its number', (t) => {
  const { desk } = scene(t).open();
  const leave = granting();
  const given: readonly LogEvent[] = [{ at: '2026-03-01T08:00:00Z', by: actor('leader'), command: null, type: 'officeBegun', unit }, { at: '2026-03-01T08:00:00Z', by: actor('leader'), command: null, type: 'grantGiven', grant: leave.body.args.grant }];
  desk.applyChanges([{ document: officeId, from: 0, events: [...given] }], 'c1');
  const { id } = draft(desk, 'Quyết định');
  give(desk, id, 'officer', { type: 'submit', args: { content: content('s') } });
  const approved = give(desk, id, 'officer', { type: 'approve', args: { content: content('a'), signer: 'Lê' } }, { byGrant: leave.id });
  desk.putBook({ book: 'H48.60.12/2025/di' as BookId, epoch: 1, next: 1, reserveEnd: 9 });
  const issued = give(desk, id, 'clerk', { type: 'issue', args: { content: content('i'), entry: { book: 'H48.60.12/2025/di' as BookId, epoch: 1, number: 1 }, notation: 'UBND', issuedDate: '2025-12-31', signer: 'UBND' } });

  // ours, and later than the number: the server gets them in this order
  give(desk, officeId, 'clerk', { type: 'closeBook', args: { book: 'H48.60.12/2025/di' as BookId, lastNumber: 1 } });
  assert.equal(desk.findDocument(id)?.state.stage, 'issued');
  assert.deepEqual(desk.outbox().filter(({ sync }) => sync === 'problem'), []);

  const changed = desk.applyChanges([{ document: officeId, from: 2, events: [{ at: '2026-03-02T08:00:00Z', by: actor('leader'), command: null, type: 'grantEnded', grant: leave.id, lastDay: '2026-02-28', reason: 'Đã về' }] }], 'c2');
  assert.deepEqual(new Set(changed.changed), new Set([officeId, id]));
  assert.equal(desk.findDocument(id)?.state.stage, 'submitted');
  assert.deepEqual(desk.outbox().filter(({ sync }) => sync === 'problem').map((item) => [item.command.id, item.problem?.code]), [[approved.id, 'grant.not-in-force'], [issued.id, 'workflow.wrong-stage']]);
});

test('a snapshot brings records, changes them and takes them away, and a file that one names goes with it', (t) => {
  const first = scene(t).open().desk;
  const [kept, gone] = [newId<DocumentId>(), newId<DocumentId>()];
  give(first, kept, 'clerk', opening('Ở lại', '01.NN'));
  give(first, gone, 'clerk', opening('Ra đi', '02.NN'));
  give(first, gone, 'clerk', { type: 'fileDocuments', args: { documents: [kept] } });
  give(first, gone, 'clerk', { type: 'closeDossier', args: { endDate: '2026-03-01', pages: null } });
  give(first, gone, 'clerk', { type: 'handOverDossier', args: { receiver: 'Kho lưu trữ', date: '2027-03-01', minutes: content('biên bản') } });
  give(first, officeId, 'leader', granting().body);
  const logs = new Map<DocumentId, readonly LogEvent[]>([kept, gone, officeId].map((id) => [id, first.readLog(id)]));
  const whole = (of: ReadonlyMap<DocumentId, readonly LogEvent[]>) => [...of].map(([document, events]) => ({ document, from: 0, events: [...events] }));

  const { desk } = scene(t).open();
  desk.applyChanges(whole(logs), 'c1', { after: null, scope: unit.code });
  assert.deepEqual(desk.missingContents('', 9).missing.map(({ sha256 }) => sha256), [content('giấy').sha256, content('biên bản').sha256].sort());
  assert.deepEqual(desk.holdersOf(content('biên bản').sha256).map(({ id }) => id), [gone]);
  const next = new Map<DocumentId, readonly LogEvent[]>([
    [kept, [...(logs.get(kept) ?? []), { at: '2026-03-05T08:00:00Z', by: null, command: null, type: 'dossierEdited', title: 'Tên mới' }]],
    [officeId, logs.get(officeId) ?? []],
  ]);
  desk.beginSnapshot(infoOf(next as never, 'c9'));
  desk.addSnapshotFrame(whole(next), 1000);
  assert.deepEqual(openOnes(desk), ['Ở lại', 'Ra đi'], 'nothing changes before the swap');
  const applied = desk.finishSnapshot();
  assert.deepEqual([applied.changed, applied.gone, applied.dropped], [[kept], [gone], [content('biên bản').sha256]]);
  assert.deepEqual(openOnes(desk), ['Tên mới']);
  assert.deepEqual(desk.dossiersOf(kept), []);
  assert.deepEqual(desk.findRecord(kept)?.state, replayLog(kept, next.get(kept) ?? []));
  assert.equal(desk.office()?.grants.length, 1);
  assert.equal(desk.digest(), digestOf(next as never));
});

test('a file stays for as long as anything names it as an attachment, and its document is found by it', (t) => {
  const { desk } = scene(t).open();
  const [one, other] = [newId<DocumentId>(), newId<DocumentId>()];
  const plan = content('phụ lục');
  const born = (title: string, attachments: readonly (typeof plan)[]): LogEvent => ({ ...arrived(title), attachments: [...attachments] } as LogEvent);
  desk.applyChanges([{ document: one, from: 0, events: [born('Một', [plan])] }, { document: other, from: 0, events: [born('Hai', [plan, content('riêng')])] }], 'c1');
  assert.deepEqual(new Set(desk.documentsWithContent(plan.sha256)), new Set([one, other]));
  assert.ok(desk.missingContents('', 9).missing.some(({ sha256, fileName }) => sha256 === plan.sha256 && fileName === plan.fileName));
  assert.deepEqual(new Set(desk.applyChanges([{ document: other, gone: 'withdrawn' } as never], 'c2').dropped), new Set([content('Hai').sha256, content('riêng').sha256]));
  assert.deepEqual(desk.documentsWithContent(plan.sha256), [one]);
  assert.ok(desk.applyChanges([{ document: one, gone: 'withdrawn' } as never], 'c3').dropped.includes(plan.sha256));
});

test('registers are read in the order of their numbers, a void one among them, and tell a second copy of a letter', (t) => {
  const { desk } = scene(t).open();
  const [out, into] = ['H48.60.12/2026/van-ban-di', 'H48.60.12/2026/van-ban-den'] as BookId[];
  assert.ok(out !== undefined && into !== undefined);
  for (const number of [3, 1, 2]) {
    const { id } = draft(desk, `Đi ${number}`);
    give(desk, id, 'officer', { type: 'submit', args: { content: content(`s${number}`) } });
    give(desk, id, 'leader', { type: 'approve', args: { content: content(`a${number}`), signer: 'Lê' } });
    desk.putBook({ book: out, epoch: 1, next: 1, reserveEnd: 9 });
    give(desk, id, 'clerk', { type: 'issue', args: { content: content(`i${number}`), entry: { book: out, epoch: 1, number }, notation: 'UBND', issuedDate: '2026-03-02', signer: 'UBND' } });
    if (number === 2) give(desk, id, 'clerk', { type: 'voidNumber', args: { reason: 'Sai' } });
  }
  const paper = newId<DocumentId>();
  give(desk, paper, 'clerk', { type: 'receive', args: { title: 'Giấy', kind: 'cong-van', numberText: '02a', notation: 'UBND-VP', issuedDate: '2026-02-01', from: { code: null, name: 'Ủy ban nhân dân tỉnh' }, urgency: 'normal', content: content('quét'), attachments: [], signer: '', channel: 'paper', inReplyTo: null } });
  give(desk, paper, 'clerk', { type: 'register', args: { entry: { book: into, epoch: 1, number: 418 }, arrivalDate: '2026-03-02' } });
  const rows = (from: number | null, to: number | null) => desk.registerRows({ register: 'outgoing', book: out, from, to, offset: 0, limit: 9 });
  assert.deepEqual(rows(null, null).rows.map(({ number, stage }) => [number, stage]), [[1, 'issued'], [2, 'voided'], [3, 'issued']]);
  assert.deepEqual([rows(2, 3).total, rows(2, 2).rows.map(({ title }) => title)], [2, ['Đi 2']]);
  assert.equal(desk.registerRows({ register: 'incoming', book: out, from: null, to: null, offset: 0, limit: 9 }).total, 0);
  assert.deepEqual(desk.booksKnown(), [{ book: into, count: 1, first: 418, last: 418 }, { book: out, count: 3, first: 1, last: 3 }]);

  const asked = { origin: null, number: null, numberText: '02A', notation: 'ubnd vp', from: { code: null, name: 'ủy ban nhân dân TỈNH' }, except: null };
  assert.deepEqual(desk.findDuplicates(asked).map(({ id }) => id), [paper]);
  assert.deepEqual(desk.findDuplicates({ ...asked, except: paper }), []);
  assert.deepEqual(desk.findDuplicates({ ...asked, from: { code: null, name: 'Sở Y tế' } }), []);
  const origin = newId<DocumentId>();
  const came = newId<DocumentId>();
  desk.applyChanges([{ document: came, from: 0, events: [{ ...arrived('Qua mạng'), origin } as LogEvent] }], 'c');
  assert.deepEqual(desk.findDuplicates({ ...asked, origin, numberText: null }).map(({ id }) => id), [came]);
});
