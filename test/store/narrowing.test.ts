import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeProfile } from '../../bench/make-profile.ts';
import { folders, type Folder, type QuickFilter } from '../../src-shared/contract/documents.ts';
import { documentKinds, type DocumentState } from '../../src-shared/domain/document.ts';
import { foldedWords } from '../../src-shared/domain/fold.ts';
import type { CommandId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { isOpen as isOpenTask } from '../../src-shared/domain/task-rules.ts';
import type { ProfileStore, StoredDocument } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { searchText } from '../../src-main/store/tables/document-words.ts';
import { act, arrived, command, content, draft, newId, scene } from './helpers.ts';

const me = 'commune-clerk' as PersonId;
const today = '2026-11-22';
const documents = 4000;
const dir = mkdtempSync(join(tmpdir(), 'van-thu-narrowing-'));
const key = new Uint8Array(32).fill(7);
let store: ProfileStore;
let all: readonly StoredDocument[];
/** What a letter of ours that went out answers. */
let answers: ReadonlySet<DocumentId | null>;

before(async () => {
  await makeProfile({ dir, key, documents, seed: 5, until: new Date('2026-11-22T03:00:00Z') });
  const opened = openProfileStore({ dir, key });
  assert.ok(opened.ok);
  store = opened.value;
  const listed = ['incoming', 'outgoing'].flatMap((folder) => store.desk.listIds({ folder: folder as Folder, me, text: '' }, 10_000).ids);
  store.desk.setReader(me);
  store.desk.markRead(me, listed.filter((_, i) => i % 3 === 0), true);
  all = listed.map((id) => {
    const found = store.desk.findDocument(id);
    assert.ok(found !== null);
    return found;
  });
  answers = new Set(all.filter(({ state }) => state.direction === 'outgoing' && ['issued', 'sent', 'replaced'].includes(state.stage)).map(({ state }) => state.inReplyTo));
});
after(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

const answered = (id: DocumentId): boolean => answers.has(id);
const isOpen = (state: DocumentState): boolean => state.direction === 'incoming' && !['refused', 'sent-back', 'recalled', 'replaced', 'finished'].includes(state.stage) && !answered(state.id);
const worksOn = (state: DocumentState, person: string): boolean => state.tasks.some((task) => task.person === person && task.part !== 'inform' && task.state !== 'returned');
const openFor = (state: DocumentState, person: string): boolean => isOpen(state) && state.tasks.some((task) => task.person === person && isOpenTask(task));
const hasWords = (state: DocumentState, words: string): boolean => foldedWords(words).every((word) => searchText(state).split(' ').some((one) => one.startsWith(word)));
const deadline = (state: DocumentState): string | null =>
  state.tasks.filter(isOpenTask).flatMap((task) => (task.deadline === null ? [] : [task.deadline])).sort()[0] ?? state.assignment?.deadline ?? null;
const datedOn = (state: DocumentState): string =>
  (state.direction === 'incoming' ? state.arrival?.arrivalDate : state.issuedDate) ?? new Date(Date.parse(state.createdAt) + 7 * 3_600_000).toISOString().slice(0, 10);

const inFolder: Readonly<Record<Folder, (state: DocumentState) => boolean>> = {
  incoming: (state) => state.direction === 'incoming',
  signing: (state) => state.direction === 'outgoing' && state.stage === 'submitted',
  issuing: (state) => state.direction === 'outgoing' && ['approved', 'issued'].includes(state.stage),
  outgoing: (state) => state.direction === 'outgoing',
  tasks: (state) => openFor(state, me) || state.tasks.some(({ person, part, state: seen }) => person === me && part === 'inform' && seen === 'new'),
};

/** What each says, in plain words over every document: the list must say the same. */
const quickRules: Readonly<Record<Exclude<QuickFilter, 'waiting'>, (stored: StoredDocument) => boolean>> = {
  unread: ({ read }) => !read,
  mine: ({ state }) => openFor(state, me),
  'due-soon': ({ state }) => isOpen(state) && deadline(state) !== null && (deadline(state) ?? '') <= '2026-11-25',
  express: ({ state }) => state.urgency === 'express',
};
const searches: readonly (readonly [string, (state: DocumentState) => boolean])[] = [
  ['từ:"Sở Nội vụ"', (state) => /Sở Nội vụ/.test(state.from.name)],
  ['tu:ubnd', (state) => /UBND/.test(state.from.name)],
  ['từ:H48.61', (state) => (state.from.code ?? '').startsWith('H48.61')],
  ['số:15', (state) => state.number === 15 || state.arrival?.number === 15],
  ['số:15/VP', (state) => (state.number === 15 || state.arrival?.number === 15) && hasWords(state, 'vp')],
  ['ngày:2025', (state) => datedOn(state).startsWith('2025')],
  ['ngày:03/2026', (state) => datedOn(state).startsWith('2026-03')],
  ['ngày>15/03/2026 ngày<01/04/2026', (state) => datedOn(state) > '2026-03-15' && datedOn(state) < '2026-04-01'],
  ['ngày:25/12', (state) => datedOn(state) === '2025-12-25'],
  ['loại:qd', (state) => state.kind === 'quyet-dinh'],
  ['loại:công', (state) => documentKinds[state.kind].name.startsWith('Công')],
  ['trạng_thái:đã_từ_chối', (state) => state.stage === 'refused'],
  ['trạng_thái:chờ', (state) => ['submitted', 'approved', 'issued'].includes(state.stage)],
  ['hạn:quá_hạn', (state) => isOpen(state) && deadline(state) !== null && (deadline(state) ?? '') < today],
  ['hạn:tuần_này', (state) => deadline(state) !== null && (deadline(state) ?? '') >= '2026-11-16' && (deadline(state) ?? '') <= today],
  ['có:tệp', () => true],
  ['giao_cho:mai', (state) => worksOn(state, me)],
  ['giao_cho:"thi ngoc"', (state) => worksOn(state, 'can-bo-3')],
  ['giao_cho:tôi', (state) => worksOn(state, me)],
  ['giao_cho:nobody', () => false],
  ['rừng', (state) => hasWords(state, 'rung')],
  ['ubnd', (state) => hasWords(state, 'ubnd')],
  ['u', (state) => hasWords(state, 'u')],
  ['loại:qd từ:sở rừng ngày>2024', (state) => state.kind === 'quyet-dinh' && foldedWords(state.from.name).some((word) => word.startsWith('so')) && hasWords(state, 'rung') && datedOn(state) > '2024-12-31'],
  ['ngày:31/02 rừng', (state) => hasWords(state, 'rung')],
];

function check(folder: Folder, text: string, quick: readonly QuickFilter[], rule: (stored: StoredDocument) => boolean): number {
  const expected = all.filter((stored) => inFolder[folder](stored.state) && rule(stored)).map(({ state }) => state.id);
  const query = { folder, me, text, quick, today };
  const label = `${folder} ${text} ${quick.join('+')}`;
  assert.deepEqual(store.desk.listIds(query, 10_000), { total: expected.length, ids: expected }, label);
  const page = store.desk.listDocuments({ ...query, offset: 3, limit: 20 });
  assert.deepEqual([page.total, page.rows.map((row) => row.state.id)], [expected.length, expected.slice(3, 23)], label);
  for (const index of [0, Math.floor(expected.length / 2), expected.length - 1]) {
    const id = expected[index];
    if (id !== undefined) assert.equal(store.desk.findPosition(query, id), index, `${label} @${index}`);
  }
  const outside = all.find((stored) => !inFolder[folder](stored.state) || !rule(stored));
  if (outside !== undefined) assert.equal(store.desk.findPosition(query, outside.state.id), null, label);
  return expected.length;
}

test('a quick filter, alone and with another, holds exactly what it says, in every folder', () => {
  const filters = Object.entries(quickRules) as [keyof typeof quickRules, (stored: StoredDocument) => boolean][];
  let found = 0;
  for (const folder of folders) {
    check(folder, '', [], () => true);
    for (const [one, rule] of filters) {
      found += check(folder, '', [one], rule);
      for (const [other, second] of filters) check(folder, '', [one, other], (stored) => rule(stored) && second(stored));
    }
  }
  assert.ok(found > 300, `the office made has some of each: ${found}`);
});

test('an operator holds exactly what it says, in every folder, alone and with a filter', () => {
  for (const [text, rule] of searches) {
    let found = 0;
    for (const folder of folders) {
      found += check(folder, text, [], ({ state }) => rule(state));
      check(folder, text, ['unread'], (stored) => rule(stored.state) && quickRules.unread(stored));
    }
    if (text !== 'giao_cho:nobody') assert.ok(found > 0, `${text} finds something`);
  }
});

test('the load of each person is what is open, and what of it is late', () => {
  const load = store.desk.workLoad(today);
  for (const person of store.desk.people()) {
    const open = all.filter(({ state }) => isOpen(state) && worksOn(state, person.id));
    assert.deepEqual(load.get(person.id), { open: open.length, overdue: open.filter(({ state }) => deadline(state) !== null && (deadline(state) ?? '') < today).length }, person.id);
  }
});

test('what still has to be sent is in “waiting” until it has left', (t) => {
  const { desk } = scene(t).open();
  const { id, command: made, events } = draft(desk, 'Chờ gửi');
  const waiting = () => desk.listIds({ folder: 'outgoing', me, text: '', quick: ['waiting'] }, 10).ids;
  assert.deepEqual(waiting(), [id]);
  desk.markSending([made.id]);
  assert.deepEqual(waiting(), [id]);
  desk.settle({ id: made.id, status: 'applied' });
  assert.deepEqual(waiting(), []);
  desk.applyChanges([{ document: id, from: 0, events: [...events] }], 'c');
  assert.deepEqual(waiting(), []);
});

test('a mark is of one person and one content; a new content is unread again, the earlier one stays read', (t) => {
  const { open } = scene(t);
  const first = open();
  first.desk.setReader(me);
  const id = newId<DocumentId>();
  const birth = arrived('Quyết định');
  first.desk.applyChanges([{ document: id, from: 0, events: [birth] }], 'c1');
  assert.equal(first.desk.findDocument(id)?.read, false);
  first.desk.markRead(me, [id, newId<DocumentId>()], true);
  first.close();
  const { desk } = open();
  assert.equal(desk.findDocument(id)?.read, true, 'after a restart');
  desk.setReader('another' as PersonId);
  assert.equal(desk.findDocument(id)?.read, false);
  desk.setReader(me);
  assert.equal(desk.findDocument(id)?.read, true);
  desk.applyChanges([{ document: id, from: 0, events: [{ ...birth, content: content('mới') } as typeof birth] }], 'c2');
  assert.equal(desk.findDocument(id)?.read, false);
  assert.equal(desk.listIds({ folder: 'incoming', me, text: '', quick: ['unread'] }, 9).total, 1);
  desk.applyChanges([{ document: id, from: 0, events: [birth] }], 'c3');
  desk.markRead(me, [id], false);
  assert.equal(desk.findDocument(id)?.read, false);
});

test('who makes a content has read it; a page that breaks in the middle is not counted', (t) => {
  const { open } = scene(t);
  const { desk } = open();
  desk.setReader('officer-1' as PersonId);
  const { id } = draft(desk, 'Của tôi');
  assert.equal(desk.findDocument(id)?.read, true);
  act(desk, command(id, 'officer', { type: 'submit', args: { content: content('Của tôi') } }));
  assert.deepEqual(desk.countFolders(me).signing, 1);
  assert.throws(() => desk.applyChanges([
    { document: newId<DocumentId>(), from: 0, events: [arrived('Mới')] },
    { document: newId<DocumentId>(), from: 0, events: [{ type: 'presented', note: '', at: '2026-03-02T08:00:00Z', by: null, command: newId<CommandId>() }] },
  ], 'c'));
  assert.equal(desk.countFolders(me).incoming, 0);
  assert.equal(desk.listDocuments({ folder: 'incoming', me, text: '', offset: 0, limit: 5 }).total, 0);
});

test('a page far down a long list is the same as its piece of the whole', () => {
  const whole = store.desk.listIds({ folder: 'incoming', me, text: '' }, 10_000).ids;
  for (const offset of [0, 1999, 2500]) assert.deepEqual(store.desk.listDocuments({ folder: 'incoming', me, text: '', offset, limit: 30 }).rows.map((row) => row.state.id), whole.slice(offset, offset + 30));
});
