import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandBody } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { boardSql } from '../../src-main/store/tables/task-boards.ts';
import { act, actor, arrived, book, command, content, draft, newId, province, scene } from './helpers.ts';
import { fileBefore } from './migrations/helpers.ts';

const [mai, an, binh, cuong] = ['mai', 'an', 'binh', 'cuong'] as [PersonId, PersonId, PersonId, PersonId];
const today = '2026-03-10';
let number = 0;

function given(desk: DeskStore, title: string, args: Extract<CommandBody, { readonly type: 'assign' }>['args']): DocumentId {
  const id = newId<DocumentId>();
  desk.putBook({ book, epoch: 1, next: 1, reserveEnd: 500 });
  desk.applyChanges([{ document: id, from: 0, events: [arrived(title)] }], 'c');
  act(desk, command(id, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number: ++number }, arrivalDate: '2026-03-02' } }));
  act(desk, command(id, 'clerk', { type: 'present', args: { note: '' } }));
  act(desk, command(id, 'leader', { type: 'assign', args }));
  return id;
}

/** As that person does it. */
function does(desk: DeskStore, id: DocumentId, person: PersonId, body: CommandBody): void {
  act(desk, { ...command(id, 'officer', body), actor: actor('officer', person) });
}

const board = (desk: DeskStore, state: 'open' | 'late' | 'done' | 'all', person: PersonId | null = null) =>
  desk.taskBoard({ person, state, today, offset: 0, limit: 50 }).rows.map(({ document, task }) => `${document.title}: ${task.person}`);
const load = (desk: DeskStore) => [...desk.workLoad(today)].map(([person, { open, overdue }]) => `${person} ${open} ${overdue}`).sort();
const listed = (desk: DeskStore, me: PersonId, quick: 'mine' | 'due-soon' | null = null) =>
  desk.listDocuments({ folder: quick === null ? 'tasks' : 'incoming', me, text: '', quick: quick === null ? [] : [quick], today, offset: 0, limit: 50 }).rows.map(({ state }) => state.title);

test('each part has its own deadline, and is open until it is done, given back or the document ends', (t) => {
  const { desk } = scene(t).open();
  const id = given(desk, 'Rừng', { lead: mai, support: [an], inform: [binh], directive: '', deadline: '2026-03-20', each: [{ person: an, deadline: '2026-03-09' }] });
  assert.deepEqual(board(desk, 'open'), ['Rừng: an', 'Rừng: mai']);
  assert.deepEqual(board(desk, 'late'), ['Rừng: an']);
  assert.deepEqual(load(desk), ['an 1 1', 'mai 1 0']);
  assert.deepEqual([listed(desk, mai), listed(desk, an), listed(desk, binh)], [['Rừng'], ['Rừng'], ['Rừng']], 'whoever is told of it has it until they have seen it');
  assert.deepEqual([board(desk, 'open', binh), board(desk, 'open', an), board(desk, 'late', binh)], [['Rừng: binh'], ['Rừng: an'], []], 'and it stands on their own board');
  assert.deepEqual(listed(desk, mai, 'due-soon'), ['Rừng'], 'what is due first counts');
  does(desk, id, an, { type: 'finishTask', args: { result: 'Xong', answer: null } });
  assert.deepEqual([board(desk, 'open'), board(desk, 'done'), load(desk), listed(desk, an), listed(desk, an, 'mine')], [['Rừng: mai'], ['Rừng: an'], ['mai 1 0'], [], []]);
  assert.deepEqual(listed(desk, mai, 'due-soon'), []);
  does(desk, id, mai, { type: 'passOn', args: { to: cuong, directive: '', deadline: '2026-03-08' } });
  assert.deepEqual([board(desk, 'open'), load(desk)], [['Rừng: cuong', 'Rừng: mai'], ['cuong 1 1', 'mai 1 0']]);
  does(desk, id, cuong, { type: 'finishTask', args: { result: 'Xong', answer: null } });
  assert.equal(desk.findDocument(id)?.state.stage, 'finished');
  assert.deepEqual([board(desk, 'open'), load(desk), listed(desk, mai), desk.countFolders(mai).tasks], [[], [], [], 0]);
  assert.deepEqual(board(desk, 'all'), ['Rừng: an', 'Rừng: binh', 'Rừng: cuong', 'Rừng: mai']);
  act(desk, command(id, 'leader', { type: 'reopen', args: { reason: 'Còn thiếu' } }));
  assert.deepEqual([load(desk), desk.countFolders(mai).tasks], [['cuong 1 1', 'mai 1 0'], 1]);
});

test('what was given back is nobody\'s until it is given out anew, and an answer that went out ends it', (t) => {
  const { desk } = scene(t).open();
  const id = given(desk, 'Đê', { lead: mai, support: [], inform: [], directive: '', deadline: '2026-03-12' });
  does(desk, id, mai, { type: 'returnTask', args: { reason: 'Không đúng việc' } });
  assert.deepEqual([board(desk, 'open'), load(desk), listed(desk, mai), listed(desk, mai, 'mine')], [[], [], [], []]);
  act(desk, command(id, 'leader', { type: 'assign', args: { lead: an, support: [], inform: [], directive: '', deadline: '2026-03-12' } }));
  assert.deepEqual(load(desk), ['an 1 0']);

  const letter = newId<DocumentId>();
  act(desk, command(letter, 'officer', { type: 'draft', args: { title: 'Trả lời', kind: 'cong-van', notation: 'UBND', urgency: 'normal', content: content('t'), recipients: [province], inReplyTo: id } }));
  act(desk, command(letter, 'officer', { type: 'submit', args: { content: content('t') } }));
  act(desk, command(letter, 'leader', { type: 'approve', args: { content: content('t2'), signer: 'Lê' } }));
  act(desk, command(letter, 'clerk', { type: 'issue', args: { content: content('t3'), entry: { book, epoch: 1, number: ++number }, notation: 'UBND', issuedDate: '2026-03-05', signer: 'UBND' } }));
  assert.deepEqual([board(desk, 'open'), load(desk), listed(desk, an)], [[], [], []]);
  act(desk, command(letter, 'clerk', { type: 'voidNumber', args: { reason: 'Sai thể thức' } }));
  assert.deepEqual([board(desk, 'open'), load(desk), listed(desk, an)], [['Đê: an'], ['an 1 0'], ['Đê']], 'a number made void has answered nothing');
});

test('what is asked for by a day is every step that waits, the oldest first, and nothing that is due later', (t) => {
  const { desk } = scene(t).open();
  const feed = (title: string, at: string): DocumentId => {
    const id = newId<DocumentId>();
    desk.applyChanges([{ document: id, from: 0, events: [arrived(title, { at })] }], 'c');
    return id;
  };
  feed('Mới đến', '2026-03-04T01:00:00Z');
  const asked = feed('Xin lại', '2026-03-01T01:00:00Z');
  given(desk, 'Gấp', { lead: mai, support: [], inform: [], directive: '', deadline: '2026-03-10' });
  given(desk, 'Sau', { lead: mai, support: [], inform: [], directive: '', deadline: '2026-03-11' });
  draft(desk, 'Dự thảo');
  const titles = (limit = 50) => desk.dueDocuments('2026-03-10', limit).map(({ title }) => title);
  assert.deepEqual(titles(), ['Xin lại', 'Mới đến', 'Gấp']);
  assert.deepEqual(titles(1), ['Xin lại']);
  const events = desk.readLog(asked);
  const meta = { at: '2026-03-05T01:00:00Z', by: null } as const;
  desk.applyChanges([{ document: asked, from: 0, events: [...events, { ...meta, command: null, type: 'registered', entry: { book, epoch: 1, number: ++number }, arrivalDate: '2026-03-02' }, { ...meta, command: null, type: 'presented', note: '' }] }], 'c');
  assert.deepEqual(titles(), ['Mới đến', 'Gấp']);
  desk.applyChanges([{ document: asked, from: 3, events: [{ ...meta, command: newId<CommandId>(), type: 'changeAsked', change: 'recall', reason: 'Nhầm' }] }], 'c');
  assert.deepEqual(titles(), ['Xin lại', 'Mới đến', 'Gấp'], 'its sender waits for an answer');
});

test('everybody\'s tasks are read along an index in its order', (t) => {
  const { db, step } = fileBefore(t, 130, 'desk');
  step();
  for (const state of ['open', 'late', 'done', 'all'] as const) {
    const bound = { ...(state === 'late' ? { today } : {}), limit: 50, offset: 0 };
    const steps = db.read<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${boardSql(state, false).rows}`).all(bound).map((row) => row.detail);
    assert.match(steps.join(' · '), /^(SCAN|SEARCH) assignee USING (COVERING )?INDEX assignee_\w+( \([^)]*\))?$/, state);
  }
});
