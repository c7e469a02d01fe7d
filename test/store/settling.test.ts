import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import type { Command, CommandBody, ContentRef, DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import type { Role } from '../../src-shared/domain/organization.ts';
import { conflictCalls } from '../../src-shared/contract/conflicts.ts';
import { conflictHandlers } from '../../src-main/features/conflicts/handlers.ts';
import { watchConflicts } from '../../src-main/features/conflicts/watch.ts';
import type { DeskContext } from '../../src-main/features/context.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { act, actor, command, content, draftBody, newId, pieces, province, scene, unit } from './helpers.ts';
import { life } from './random-logs.ts';

/** A desk's use-cases over a real store; the line is down, and what would wake it is counted. */
function desk(t: TestContext, role: Role) {
  const { open } = scene(t);
  const store = open();
  const told: (readonly [string, unknown])[] = [];
  const changed = new Set<() => void>();
  let kicks = 0;
  const subscribe = (listener: () => void) => {
    changed.add(listener);
    return () => void changed.delete(listener);
  };
  const context = {
    me: { id: `${role}-1` as PersonId, fullName: 'Nguyễn Văn An', position: '', unit: unit.code, roles: [role] }, role, unit, store: store.desk, blobs: store.blobs,
    holdMs: () => 8000, now: () => new Date(), newId: () => randomUUID(),
    emit: (name: string, payload: unknown) => void told.push([name, payload]),
    sync: { status: () => ({}), kick: () => { kicks += 1; return Promise.resolve(); }, onChanged: subscribe, onStatus: subscribe },
  } as unknown as DeskContext;
  const handlers = conflictHandlers(context);
  return {
    store, context, handlers, told,
    kicks: () => kicks,
    synced: () => changed.forEach((tell) => tell()),
    list: async () => {
      const answer = await handlers['conflicts.list']({});
      assert.ok(answer.ok);
      return conflictCalls['conflicts.list'].output.parse(answer.value).conflicts;
    },
  };
}

async function put({ blobs }: ProfileStore, text: string, parent: ContentRef | null = null): Promise<ContentRef> {
  const stored = await blobs.put(pieces(Buffer.from(text)));
  assert.ok(stored.ok);
  return { ...stored.value, fileName: 'a.pdf', parent: parent?.sha256 ?? null };
}

const theirsBy = (body: object): DocumentEvent => ({ at: '2026-03-02T10:00:00.000Z', by: { ...actor('leader', 'l2'), fullName: 'Trần Thị Bình' }, command: newId<CommandId>(), ...body }) as DocumentEvent;

function clash({ store }: { readonly store: ProfileStore }, id: DocumentId, role: Role, body: CommandBody, from: number, theirs: DocumentEvent): Command {
  const mine = act(store.desk, command(id, role, body)).command;
  store.desk.settle({ id: mine.id, status: 'conflict', current: { workflow: from, assignment: 0 } });
  store.desk.applyChanges([{ document: id, from, events: [theirs] }], `after ${mine.id}`);
  return mine;
}

const mineAssign: CommandBody = { type: 'assign', args: { lead: 'p1' as PersonId, support: ['p3' as PersonId], inform: [], directive: 'Làm trước 20/3', deadline: '2026-03-20' } };

function assigned(t: TestContext) {
  const d = desk(t, 'leader');
  const id = newId<DocumentId>();
  d.store.desk.applyChanges([{ document: id, from: 0, events: life('Chỉ thị', 3) }], 'c1');
  const theirs = theirsBy({ type: 'assigned', lead: 'p2', support: [], inform: [], directive: 'Giao p2', deadline: null });
  return { ...d, id, mine: clash(d, id, 'leader', mineAssign, 3, theirs) };
}

test('two assignments stand side by side: who, when, and every field of both', async (t) => {
  const { list, mine, id } = assigned(t);
  const [one] = await list();
  assert.deepEqual([one?.id, one?.document, one?.title, one?.type, one?.choices], [mine.id, id, 'Chỉ thị', 'assign', ['keep-mine', 'accept']]);
  assert.deepEqual([one?.mine.by, one?.mine.at, one?.mine.assignment], ['Nguyễn Văn An', mine.at, mineAssign.args]);
  assert.deepEqual([one?.theirs.by, one?.theirs.at, one?.theirs.stage, one?.theirs.assignment?.lead, one?.theirs.assignment?.directive], ['Trần Thị Bình', '2026-03-02T10:00:00.000Z', 'assigned', 'p2', 'Giao p2']);
});

test('mine is kept as a new action over what stands, and no undo can lose it', async (t) => {
  const { list, handlers, store, mine, id, told, kicks } = assigned(t);
  assert.equal((await handlers['conflicts.keepBoth']({ id: mine.id })).ok, false, 'there is no file to make a draft of');
  assert.equal((await handlers['conflicts.keepMine']({ id: mine.id })).ok, true);
  assert.deepEqual(await list(), []);
  const [again, ...others] = store.desk.outbox();
  assert.deepEqual(others, []);
  assert.notEqual(again?.command.id, mine.id);
  assert.deepEqual([again?.command.args, again?.command.base, again?.heldUntilMs], [mineAssign.args, { workflow: 3, assignment: 1 }, null]);
  assert.equal(store.desk.findDocument(id)?.state.assignment?.lead, 'p1');
  assert.deepEqual(store.desk.readHistory(id).slice(-2).map((event) => event.type), ['assigned', 'assigned'], 'theirs stays in the log');
  assert.deepEqual(told.filter(([name]) => name === 'conflicts.changed').at(-1)?.[1], { count: 0 });
  assert.ok(kicks() > 0);
  const twice = await handlers['conflicts.keepMine']({ id: mine.id });
  assert.equal(twice.ok ? '' : twice.error.code, 'not-found');
});

test('what stands is accepted, and nothing but the clash goes', async (t) => {
  const { list, handlers, store, mine, id } = assigned(t);
  const before = store.desk.findDocument(id)?.state;
  assert.equal((await handlers['conflicts.accept']({ id: mine.id })).ok, true);
  assert.deepEqual([await list(), store.desk.outbox(), store.desk.findDocument(id)?.state], [[], [], before]);
});

test('two files of one draft: both are kept, the other is not touched, and mine is a draft with its title and recipients', async (t) => {
  const d = desk(t, 'officer');
  const id = newId<DocumentId>();
  const base = await put(d.store, 'chung');
  const born = act(d.store.desk, command(id, 'officer', { ...draftBody('Báo cáo quý'), args: { ...(draftBody('Báo cáo quý').args as object), content: base } } as CommandBody));
  d.store.desk.applyChanges([{ document: id, from: 0, events: [...born.events] }], 'c0');
  const file = await put(d.store, 'của tôi');
  const mine = clash(d, id, 'officer', { type: 'revise', args: { content: file } }, 1, theirsBy({ type: 'revised', content: content('của họ') }));
  const [one] = await d.list();
  assert.deepEqual([one?.choices, one?.mine.content, one?.theirs.content, one?.theirs.by], [['keep-mine', 'keep-both', 'accept'], file, content('của họ'), 'Trần Thị Bình']);
  const before = { state: d.store.desk.findDocument(id)?.state, history: d.store.desk.readHistory(id) };
  const kept = await d.handlers['conflicts.keepBoth']({ id: mine.id });
  assert.ok(kept.ok);
  assert.deepEqual({ state: d.store.desk.findDocument(id)?.state, history: d.store.desk.readHistory(id) }, before);
  const made = d.store.desk.findDocument(kept.value.document)?.state;
  assert.deepEqual([made?.title, made?.stage, made?.content, made?.recipients.map((one_) => one_.organization)], ['Báo cáo quý', 'draft', file, [province]]);
  assert.deepEqual([await d.list(), d.store.desk.outbox().map((item) => item.command.type)], [[], ['draft']]);
});

test('a signature is not laid over another file than it was made on', async (t) => {
  const d = desk(t, 'leader');
  const id = newId<DocumentId>();
  const base = await put(d.store, 'bản trình');
  const events = [theirsBy({ ...draftBody('Quyết định').args as object, type: 'drafted', content: base, unit }), theirsBy({ type: 'submitted', content: base })];
  d.store.desk.applyChanges([{ document: id, from: 0, events }], 'c1');
  const signed = await put(d.store, 'bản trình và chữ ký', base);
  const mine = clash(d, id, 'leader', { type: 'approve', args: { content: signed, signer: 'Lê' } }, 2, theirsBy({ type: 'submitted', content: content('bản khác') }));
  assert.deepEqual((await d.list())[0]?.choices, ['keep-both', 'accept']);
  const refused = await d.handlers['conflicts.keepMine']({ id: mine.id });
  assert.equal(refused.ok ? '' : refused.error.code, 'not-allowed');
  assert.equal((await d.list()).length, 1, 'it is still there to be settled');
});

test('a clash on a document that is gone shows what was lost, and can only be accepted', async (t) => {
  const { list, store, id } = assigned(t);
  store.desk.applyChanges([{ document: id, gone: 'withdrawn' }], 'c9');
  const [one] = await list();
  assert.deepEqual([one?.choices, one?.mine.assignment, one?.theirs.stage], [['accept'], mineAssign.args, null]);
});

test('the screens are told when clashes come and go, and only then', (t) => {
  const d = desk(t, 'leader');
  const stop = watchConflicts(d.context);
  const counts = () => d.told.filter(([name]) => name === 'conflicts.changed').map(([, payload]) => (payload as { count: number }).count);
  d.synced();
  assert.deepEqual(counts(), []);
  const id = newId<DocumentId>();
  d.store.desk.applyChanges([{ document: id, from: 0, events: life('Chỉ thị', 3) }], 'c1');
  const mine = clash(d, id, 'leader', mineAssign, 3, theirsBy({ type: 'assigned', lead: 'p2', support: [], inform: [], directive: '', deadline: null }));
  d.synced();
  d.synced();
  assert.deepEqual(counts(), [1]);
  d.store.desk.settleConflict(mine.id);
  d.synced();
  assert.deepEqual(counts(), [1, 0]);
  stop();
});
