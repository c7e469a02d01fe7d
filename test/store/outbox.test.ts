import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId } from '../../src-shared/domain/ids.ts';
import { act, arrived, book, command, content, draft, newId, scene } from './helpers.ts';

test('what a person did is in the log, the list and the outbox at once, and after reopening', (t) => {
  const { open } = scene(t);
  const first = open();
  const { id, command: made, events } = draft(first.desk, 'Công văn về phòng cháy');
  first.close();
  const { desk } = open();
  assert.equal(desk.findDocument(id)?.state.title, 'Công văn về phòng cháy');
  assert.equal(desk.findDocument(id)?.sync, 'waiting');
  assert.deepEqual(desk.readHistory(id), events);
  assert.deepEqual(desk.outbox(), [{ command: made, title: 'Công văn về phòng cháy', sync: 'waiting', problem: null, contents: [content('Công văn về phòng cháy')], heldUntilMs: null }]);
});

test('an issue moves the book on in the same step, and only then', (t) => {
  const { desk } = scene(t).open();
  desk.putBook({ book, epoch: 1, next: 41, reserveEnd: 60 });
  const { id } = draft(desk, 'Báo cáo quý');
  act(desk, command(id, 'officer', { type: 'submit', args: { content: content('a') } }));
  act(desk, command(id, 'leader', { type: 'approve', args: { content: content('b'), signer: 'Lê Văn Cường' } }));
  const body = { type: 'issue', args: { content: content('c'), entry: { book, epoch: 1, number: 41 }, notation: 'UBND-VP', issuedDate: '2026-03-02', signer: 'UBND' } } as const;
  assert.throws(() => desk.recordAction(command(id, 'clerk', body), [], { id: book, used: 41 }), 'events that the rules do not give');
  assert.equal(desk.findBook(book)?.next, 41);
  assert.equal(desk.findDocument(id)?.state.stage, 'approved');
  act(desk, command(id, 'clerk', body), { id: book, used: 41 });
  assert.equal(desk.findBook(book)?.next, 42);
  assert.equal(desk.findDocument(id)?.state.number, 41);
});

test('a lease that does not know the numbers given out here does not take the book back', (t) => {
  const { desk } = scene(t).open();
  desk.putBook({ book, epoch: 2, next: 50, reserveEnd: 60 });
  desk.putBook({ book, epoch: 2, next: 45, reserveEnd: 80 });
  assert.deepEqual(desk.findBook(book), { book, epoch: 2, next: 50, reserveEnd: 80 });
  desk.putBook({ book, epoch: 1, next: 1, reserveEnd: 9 });
  assert.equal(desk.findBook(book)?.epoch, 2, 'an older epoch is an answer that was overtaken');
  desk.putBook({ book, epoch: 3, next: 47, reserveEnd: 90 });
  assert.equal(desk.findBook(book)?.next, 47, 'a new epoch begins where the server says');
});

test('an applied command leaves the outbox and stays in the document until the feed brings it', (t) => {
  const { desk } = scene(t).open();
  const { id, command: made, events } = draft(desk, 'Giấy mời họp');
  desk.markSending([made.id]);
  assert.equal(desk.findDocument(id)?.sync, 'sending');
  assert.equal(desk.settle({ id: made.id, status: 'applied' }), id);
  assert.deepEqual(desk.outbox(), []);
  assert.equal(desk.findDocument(id)?.sync, 'synced');
  assert.equal(desk.findDocument(id)?.state.stage, 'draft');
  assert.deepEqual(desk.applyChanges([{ document: id, from: 0, events: [...events] }], 'c1').changed, [id]);
  assert.equal(desk.readHistory(id).length, 1, 'not once from here and once from there');
  assert.equal(desk.settle({ id: made.id, status: 'applied' }), null, 'the row is gone');
});

test('the feed may come before the answer', (t) => {
  const { desk } = scene(t).open();
  const { id, command: made, events } = draft(desk, 'Thông báo');
  desk.markSending([made.id]);
  desk.applyChanges([{ document: id, from: 0, events: [...events] }], 'c1');
  assert.deepEqual(desk.outbox(), []);
  assert.equal(desk.findDocument(id)?.sync, 'synced');
  assert.equal(desk.settle({ id: made.id, status: 'applied' }), null);
});

test('a refused command becomes a problem with its words, and what stood on it falls with it', (t) => {
  const { desk } = scene(t).open();
  const { id, events } = draft(desk, 'Kế hoạch');
  desk.applyChanges([{ document: id, from: 0, events: [...events] }], 'c1');
  const submit = act(desk, command(id, 'officer', { type: 'submit', args: { content: content('s') } })).command;
  const approve = act(desk, command(id, 'leader', { type: 'approve', args: { content: content('p'), signer: 'Lê Văn Cường' } })).command;
  assert.equal(desk.findDocument(id)?.state.stage, 'approved');
  desk.markSending([submit.id]);
  desk.settle({ id: submit.id, status: 'rejected', error: { code: 'not-allowed' } });
  assert.equal(desk.findDocument(id)?.state.stage, 'draft');
  assert.equal(desk.findDocument(id)?.sync, 'problem');
  assert.equal(desk.readHistory(id).length, 1);
  assert.deepEqual(desk.outbox().map((item) => [item.command, item.sync, item.problem?.code]), [
    [submit, 'problem', 'not-allowed'],
    [approve, 'problem', 'workflow.wrong-stage'],
  ]);
  assert.equal(desk.dismissProblem(submit.id), id);
  assert.equal(desk.dismissProblem(approve.id), id);
  assert.equal(desk.dismissProblem(approve.id), null);
  assert.equal(desk.findDocument(id)?.sync, 'synced');
});

test('a conflict is a problem, and a later command that still applies stays', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  desk.applyChanges([{ document: id, from: 0, events: [arrived('Chỉ thị')] }], 'c1');
  act(desk, command(id, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number: 3 }, arrivalDate: '2026-03-02' } }));
  act(desk, command(id, 'clerk', { type: 'present', args: { note: '' } }));
  const assign = (lead: string) => command(id, 'leader', { type: 'assign', args: { lead: lead as never, support: [], inform: [], directive: '', deadline: null } });
  const first = act(desk, assign('p1')).command;
  const second = act(desk, assign('p2')).command;
  desk.settle({ id: first.id, status: 'conflict', current: { workflow: 3, assignment: 1 } });
  assert.equal(desk.findDocument(id)?.state.assignment?.lead, 'p2');
  assert.deepEqual(desk.outbox().filter((item) => item.sync === 'problem').map((item) => item.command.id), [first.id]);
  assert.equal(desk.outbox().find((item) => item.command.id === second.id)?.sync, 'waiting');
});

test('a command that names the refused one as its ground falls with it', (t) => {
  const { desk } = scene(t).open();
  const { id, command: ground } = draft(desk, 'Dự án');
  const other = newId<DocumentId>();
  act(desk, command(other, 'officer', { type: 'draft', args: { ...(ground.type === 'draft' ? ground.args : assertNo()), inReplyTo: id } }, { dependsOn: ground.id }));
  desk.settle({ id: ground.id, status: 'rejected', error: { code: 'not-allowed' } });
  assert.equal(desk.findDocument(id), null, 'nothing is left of a refused draft but its words in the outbox');
  assert.equal(desk.findDocument(other), null);
  assert.deepEqual(desk.outbox().map((item) => item.problem?.code), ['not-allowed', 'not-allowed']);
});

test('retry makes a command wait again, and does nothing to a problem', (t) => {
  const { desk } = scene(t).open();
  const { id, command: made } = draft(desk, 'Tờ trình');
  desk.markSending([made.id]);
  desk.settle({ id: made.id, status: 'retry', afterMs: 5 });
  assert.equal(desk.findDocument(id)?.sync, 'waiting');
  desk.settle({ id: made.id, status: 'rejected', error: { code: 'not-allowed' } });
  desk.settle({ id: made.id, status: 'retry', afterMs: 5 });
  assert.equal(desk.outbox()[0]?.sync, 'problem');
});

test('what was being sent when the program ended reads as unconfirmed, under the same id', (t) => {
  const { open } = scene(t);
  const first = open();
  const { id, command: made } = draft(first.desk, 'Công điện');
  first.desk.markSending([made.id]);
  first.close();
  const { desk } = open();
  assert.equal(desk.findDocument(id)?.sync, 'confirming');
  assert.deepEqual(desk.outbox().map((item) => [item.command.id, item.sync]), [[made.id, 'confirming']]);
});

test('sending again what has no answer yet says that it is unconfirmed', (t) => {
  const { desk } = scene(t).open();
  const { command: made } = draft(desk, 'Công điện');
  desk.markSending([made.id]);
  desk.markSending([made.id]);
  assert.equal(desk.outbox()[0]?.sync, 'confirming');
});

test('a change from the feed is put under what waits here; what no longer applies becomes a problem', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  const birth = arrived('Công văn hỏa tốc');
  desk.applyChanges([{ document: id, from: 0, events: [birth] }], 'c1');
  const mine = act(desk, command(id, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number: 7 }, arrivalDate: '2026-03-02' } })).command;
  const theirs: DocumentEvent = { type: 'refused', reason: 'Gửi nhầm nơi nhận', at: '2026-03-02T09:00:00+07:00', by: null, command: newId<CommandId>() };
  assert.deepEqual(desk.applyChanges([{ document: id, from: 0, events: [birth, theirs] }], 'c2').changed, [id]);
  assert.equal(desk.findDocument(id)?.state.stage, 'refused');
  assert.deepEqual(desk.outbox().map((item) => [item.command, item.problem?.code]), [[mine, 'workflow.wrong-stage']]);
});

test('a command that was sent is not judged here: the answer decides', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  const birth = arrived('Công văn thường');
  desk.applyChanges([{ document: id, from: 0, events: [birth] }], 'c1');
  const mine = act(desk, command(id, 'clerk', { type: 'register', args: { entry: { book, epoch: 1, number: 7 }, arrivalDate: '2026-03-02' } })).command;
  const next = act(desk, command(id, 'clerk', { type: 'present', args: { note: '' } })).command;
  desk.markSending([mine.id]);
  const theirs: DocumentEvent = { type: 'refused', reason: 'Gửi nhầm', at: '2026-03-02T09:00:00+07:00', by: null, command: newId<CommandId>() };
  desk.applyChanges([{ document: id, from: 0, events: [birth, theirs] }], 'c2');
  assert.equal(desk.findDocument(id)?.state.stage, 'refused');
  assert.deepEqual(desk.outbox().map((item) => item.sync), ['sending', 'waiting']);
  desk.settle({ id: mine.id, status: 'rejected', error: { code: 'workflow.wrong-stage', params: { stage: 'refused' } } });
  assert.deepEqual(desk.outbox().map((item) => [item.command.id, item.sync]), [[mine.id, 'problem'], [next.id, 'problem']]);
});

test('an action against the rules is a bug, and nothing of it stays', (t) => {
  const { desk } = scene(t).open();
  const { id } = draft(desk, 'Hợp đồng');
  assert.throws(() => desk.recordAction(command(id, 'clerk', { type: 'send', args: { recipients: [] } }), []));
  assert.equal(desk.outbox().length, 1);
  assert.equal(desk.readHistory(id).length, 1);
});

function assertNo(): never {
  throw new Error('not a draft');
}
