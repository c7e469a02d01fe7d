import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { act, actor, book, command, content, draft, newId, scene } from './helpers.ts';
import { life } from './random-logs.ts';

const assign = (id: DocumentId, lead: string) => command(id, 'leader', { type: 'assign', args: { lead: lead as PersonId, support: [], inform: [], directive: `giao ${lead}`, deadline: null } });

function presented(desk: DeskStore): DocumentId {
  const id = newId<DocumentId>();
  desk.applyChanges([{ document: id, from: 0, events: life('Chỉ thị', 3) }], 'c1');
  return id;
}

test('a conflict keeps its words beside what stands, through a restart, until a person settles it', (t) => {
  const { open } = scene(t);
  const first = open();
  const id = presented(first.desk);
  const mine = act(first.desk, assign(id, 'p1')).command;
  first.desk.settle({ id: mine.id, status: 'conflict', current: { workflow: 3, assignment: 1 } });
  const theirs: DocumentEvent = { at: '2026-03-02T10:00:00Z', by: actor('leader', 'l2'), command: newId<CommandId>(), type: 'assigned', lead: 'p2' as PersonId, support: [], inform: [], directive: '', deadline: null };
  first.desk.applyChanges([{ document: id, from: 3, events: [theirs] }], 'c2');
  first.close();
  const { desk } = open();
  const [lost] = desk.conflicts();
  assert.deepEqual([lost?.command, lost?.title, lost?.theirs?.assignment?.lead], [mine, 'Chỉ thị', 'p2']);
  assert.ok(Math.abs((lost?.lostAtMs ?? 0) - Date.now()) < 600_000);
  assert.deepEqual(desk.outbox().map((item) => [item.command.id, item.problem?.code]), [[mine.id, 'sync.conflict']], 'and holds its lane back');
  assert.equal(desk.settleConflict(newId<CommandId>()), false);
  assert.equal(desk.settleConflict(mine.id), true);
  assert.deepEqual([desk.conflicts(), desk.outbox()], [[], []]);
  assert.equal(desk.settleConflict(mine.id), false);
});

test('taken off the outbox, a clash is settled too', (t) => {
  const { desk } = scene(t).open();
  const id = presented(desk);
  const mine = act(desk, assign(id, 'p1')).command;
  desk.settle({ id: mine.id, status: 'conflict', current: { workflow: 3, assignment: 1 } });
  assert.equal(desk.dismissProblem(mine.id), id);
  assert.deepEqual(desk.conflicts(), []);
});

test('what lost to another’s step is a clash; what fell with it, was forbidden or was added by itself is a problem alone', (t) => {
  const { desk } = scene(t).open();
  const id = presented(desk);
  const { id: other, events } = draft(desk, 'Kế hoạch');
  desk.applyChanges([{ document: other, from: 0, events: [...events] }], 'c2');
  const submit = act(desk, command(other, 'officer', { type: 'submit', args: { content: content('s') } })).command;
  const approve = act(desk, command(other, 'leader', { type: 'approve', args: { content: content('p'), signer: 'Lê' } })).command;
  const revised: DocumentEvent = { at: '2026-03-02T10:00:00Z', by: actor('officer', 'o2'), command: newId<CommandId>(), type: 'submitted', content: content('khác') };
  // another has submitted it: ours, still waiting, no longer applies, and what stood on it falls
  desk.applyChanges([{ document: other, from: 1, events: [revised] }], 'c3');
  assert.deepEqual(desk.outbox().map((item) => [item.command.id, item.sync]), [[submit.id, 'problem'], [approve.id, 'waiting']]);
  assert.deepEqual(desk.conflicts().map((lost) => lost.command.id), [submit.id]);
  const forbidden = act(desk, assign(id, 'p1')).command;
  desk.settle({ id: forbidden.id, status: 'rejected', error: { code: 'not-allowed' } });
  assert.deepEqual(desk.conflicts().map((lost) => lost.command.id), [submit.id]);
  desk.settle({ id: approve.id, status: 'conflict', current: { workflow: 2, assignment: 0 } });
  assert.deepEqual(desk.conflicts().map((lost) => lost.command.id), [submit.id], 'the server judged it behind one that had fallen');
});

test('an action over a clash settles it in its own transaction, or neither happens', (t) => {
  const { desk } = scene(t).open();
  const id = presented(desk);
  const mine = act(desk, assign(id, 'p1')).command;
  desk.settle({ id: mine.id, status: 'conflict', current: { workflow: 3, assignment: 1 } });
  const again = assign(id, 'p1');

  const event = { at: again.at, by: again.actor, command: again.id, type: 'assigned', ...(again.args as object) } as DocumentEvent;

  assert.throws(() => desk.recordAction(again, [event], undefined, null, { settles: newId<CommandId>() }), 'there is no such clash');
  assert.deepEqual([desk.conflicts().length, desk.outbox().length, desk.findDocument(id)?.state.assignment], [1, 1, null]);
  assert.throws(() => desk.recordAction(again, [event], { id: book, used: 1 }, null, { settles: mine.id }), 'a book that is not held');
  assert.deepEqual([desk.conflicts().length, desk.outbox().length], [1, 1]);
  desk.recordAction(again, [event], undefined, null, { settles: mine.id });
  assert.deepEqual(desk.conflicts(), []);
  assert.deepEqual(desk.outbox().map((item) => [item.command.id, item.sync]), [[again.id, 'waiting']]);
});
