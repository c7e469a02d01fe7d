import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Folder } from '../../src-shared/contract/documents.ts';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode, PersonId } from '../../src-shared/domain/ids.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { act, arrived, book, command, content, draft, newId, province, scene, unit } from './helpers.ts';

function titles(desk: DeskStore, folder: Folder, text = '', me = 'p1'): readonly string[] {
  const { total, rows } = desk.listDocuments({ folder, me, text, offset: 0, limit: 50 });
  assert.equal(total, rows.length);
  return rows.map((row) => row.state.title);
}

function feed(desk: DeskStore, ...events: readonly DocumentEvent[]): DocumentId {
  const id = newId<DocumentId>();
  desk.applyChanges([{ document: id, from: 0, events: [...events] }], 'c');
  return id;
}

test('each folder holds its documents and counts what waits', (t) => {
  const { desk } = scene(t).open();
  desk.putBook({ book, epoch: 1, next: 1, reserveEnd: 50 });
  const outgoing = (title: string, until: 'draft' | 'submitted' | 'approved' | 'issued' | 'sent' | 'returned'): void => {
    const { id } = draft(desk, title);
    const steps = ['draft', 'submitted', 'approved', 'issued', 'sent'].indexOf(until === 'returned' ? 'submitted' : until);
    if (steps >= 1) act(desk, command(id, 'officer', { type: 'submit', args: { content: content(title) } }));
    if (until === 'returned') act(desk, command(id, 'leader', { type: 'returnToDrafter', args: { reason: 'Sửa lại' } }));
    if (steps >= 2) act(desk, command(id, 'leader', { type: 'approve', args: { content: content(title), signer: 'Lê' } }));
    if (steps >= 3) act(desk, command(id, 'clerk', { type: 'issue', args: { content: content(title), entry: { book, epoch: 1, number: steps }, notation: 'UBND', issuedDate: '2026-03-02', signer: 'UBND' } }));
    if (steps >= 4) act(desk, command(id, 'clerk', { type: 'send', args: { recipients: [province] } }));
  };
  for (const stage of ['draft', 'submitted', 'approved', 'issued', 'sent', 'returned'] as const) outgoing(stage, stage);
  feed(desk, arrived('arrived'));
  const assigned = (title: string, lead: string, support: string, inform: string): void => {
    const id = feed(desk, arrived(title));
    act(desk, command(id, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number: 9 }, arrivalDate: '2026-03-02' } }));
    act(desk, command(id, 'clerk', { type: 'present', args: { note: '' } }));
    act(desk, command(id, 'leader', { type: 'assign', args: { lead: lead as PersonId, support: [support as PersonId], inform: [inform as PersonId], directive: '', deadline: null } }));
  };
  assigned('lead', 'p1', 'p2', 'p3');
  assigned('support', 'p2', 'p1', 'p3');
  assigned('inform', 'p2', 'p3', 'p1');
  assigned('others', 'p2', 'p2', 'p3');

  assert.deepEqual([...titles(desk, 'incoming')].sort(), ['arrived', 'inform', 'lead', 'others', 'support']);
  assert.deepEqual(titles(desk, 'signing'), ['submitted']);
  assert.deepEqual([...titles(desk, 'issuing')].sort(), ['approved', 'issued']);
  assert.deepEqual([...titles(desk, 'outgoing')].sort(), ['approved', 'draft', 'issued', 'returned', 'sent', 'submitted']);
  assert.deepEqual([...titles(desk, 'tasks')].sort(), ['inform', 'lead', 'support']);
  assert.deepEqual(desk.countFolders('p1'), { incoming: 1, signing: 1, issuing: 2, outgoing: 2, tasks: 2 });
});

test('the newest comes first whatever its zone, and pages follow each other', (t) => {
  const { desk } = scene(t).open();
  feed(desk, arrived('hai', { at: '2026-03-01T09:00:00+07:00' }));
  feed(desk, arrived('ba', { at: '2026-03-01T03:00:00Z' }));
  feed(desk, arrived('một', { at: '2026-03-01T08:00:00+07:00' }));
  assert.deepEqual(titles(desk, 'incoming'), ['ba', 'hai', 'một']);
  const page = desk.listDocuments({ folder: 'incoming', me: 'p1', text: '', offset: 1, limit: 1 });
  assert.deepEqual([page.total, page.rows.map((row) => row.state.title)], [3, ['hai']]);
});

test('an arrival keeps its place in the list when something is done with it', (t) => {
  const { desk } = scene(t).open();
  desk.putBook({ book, epoch: 1, next: 1, reserveEnd: 50 });
  const older = feed(desk, arrived('cũ', { at: '2026-03-01T01:00:00Z' }));
  feed(desk, arrived('mới', { at: '2026-03-01T03:00:00Z' }));
  act(desk, command(older, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number: 1 }, arrivalDate: '2026-03-02' } }));
  assert.deepEqual(titles(desk, 'incoming'), ['mới', 'cũ']);
});

test('of the same instant the later made comes first', (t) => {
  const { desk } = scene(t).open();
  for (const title of ['một', 'hai', 'ba']) feed(desk, arrived(title));
  assert.deepEqual(titles(desk, 'incoming'), ['ba', 'hai', 'một']);
});

test('words without marks, and their beginnings, find a document', (t) => {
  const { desk } = scene(t).open();
  const school = { code: 'H48.60.77' as OrganizationCode, name: 'Trường Tiểu học Đồng Tâm' };
  feed(desk, arrived('Về việc xây dựng đường liên thôn', { number: 152 }));
  feed(desk, arrived('Kế hoạch tiêm chủng', { number: 9, from: school }));
  assert.deepEqual(titles(desk, 'incoming', 'xay dung DUONG'), ['Về việc xây dựng đường liên thôn']);
  assert.deepEqual(titles(desk, 'incoming', 'duon lien th'), ['Về việc xây dựng đường liên thôn']);
  assert.deepEqual(titles(desk, 'incoming', 'Đồng tâm'), ['Kế hoạch tiêm chủng']);
  assert.deepEqual(titles(desk, 'incoming', '152/QĐ-UB'), ['Về việc xây dựng đường liên thôn']);
  assert.deepEqual(titles(desk, 'incoming', 'quyet dinh').length, 2);
  assert.deepEqual(titles(desk, 'incoming', 'xay chung'), [], 'every word must be there');
  assert.deepEqual(titles(desk, 'outgoing', 'xay dung'), []);
});

test('what looks like a search operator is only text', (t) => {
  const { desk } = scene(t).open();
  feed(desk, arrived('Hướng dẫn'));
  for (const text of ['"', 'huong*', 'huong OR x"', 'NOT', 'a:b', '(huong', "'; DROP TABLE document; --"]) titles(desk, 'incoming', text);
  assert.deepEqual(titles(desk, 'incoming', 'huong"*'), ['Hướng dẫn']);
});

test('a title that the feed corrected is found by its new words only', (t) => {
  const { desk } = scene(t).open();
  const id = feed(desk, arrived('Bản cũ'));
  desk.applyChanges([{ document: id, from: 0, events: [arrived('Bản mới')] }], 'c2');
  assert.deepEqual(titles(desk, 'incoming', 'cu'), []);
  assert.deepEqual(titles(desk, 'incoming', 'moi'), ['Bản mới']);
});

test('a document that is taken away is found no more', (t) => {
  const { desk } = scene(t).open();
  const { id, command: made } = draft(desk, 'Nháp bị từ chối');
  desk.settle({ id: made.id, status: 'rejected', error: { code: 'not-allowed' } });
  assert.equal(desk.findDocument(id), null);
  assert.deepEqual(titles(desk, 'outgoing', 'nhap'), []);
});

test('a report belongs to the content and shows in every document that has it', (t) => {
  const { desk } = scene(t).open();
  const shared = content('cùng một tệp');
  const ids = [feed(desk, arrived('A', { content: shared })), feed(desk, arrived('B', { content: shared }))];
  assert.deepEqual(desk.documentsWithContent(shared.sha256), [...ids].sort());
  assert.equal(desk.findDocument(ids[0] as DocumentId)?.report, null);
  const head = { schema: 2, checkedAt: '2026-01-05T02:00:00.000Z', program: '', file: { sha256: null, sizeBytes: 0 }, trustList: null, extent: 'full' } as const;
  desk.keepExamination(shared.sha256, { report: { ...head, verdict: 'unsigned', signatures: [], problems: [] }, evidence: [] });
  desk.keepExamination(shared.sha256, { report: { ...head, verdict: 'valid', signatures: [], problems: [] }, evidence: [] });
  for (const id of ids) assert.equal(desk.findDocument(id)?.report?.verdict, 'valid');
  assert.deepEqual(desk.listDocuments({ folder: 'incoming', me: '', text: '', offset: 0, limit: 5 }).rows.map(({ verdict }) => verdict), ['valid', 'valid']);
});

test('the worst state of a document\'s commands is shown', (t) => {
  const { desk } = scene(t).open();
  const { id, command: made } = draft(desk, 'Nhiều việc');
  const submit = act(desk, command(id, 'officer', { type: 'submit', args: { content: content('x') } })).command;
  const sync = () => desk.findDocument(id)?.sync;
  desk.markSending([made.id]);
  desk.markSending([made.id]);
  assert.equal(sync(), 'confirming', 'over waiting');
  desk.markSending([submit.id]);
  assert.equal(sync(), 'sending', 'over confirming');
  desk.settle({ id: submit.id, status: 'conflict', current: { workflow: 1, assignment: 0 } });
  assert.equal(sync(), 'problem', 'over all');
});

test('people are replaced as a whole', (t) => {
  const { desk } = scene(t).open();
  const person = { id: 'p1' as PersonId, fullName: 'Đỗ Thị Hoa', position: 'Văn thư', unit: unit.code, roles: ['clerk' as const] };
  desk.putPeople([person]);
  assert.deepEqual(desk.people(), [person]);
  desk.putPeople([]);
  assert.deepEqual(desk.people(), []);
});

test('a setting is kept and overwritten', (t) => {
  const { open } = scene(t);
  const first = open();
  assert.equal(first.desk.getSetting('theme'), null);
  first.desk.setSetting('theme', 'sáng');
  first.desk.setSetting('theme', 'tối');
  first.close();
  assert.equal(open().desk.getSetting('theme'), 'tối');
});

