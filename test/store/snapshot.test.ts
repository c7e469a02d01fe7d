import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import type { Change } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../../src-main/ports/store.ts';
import { act, command, content, draft, scene, unit } from './helpers.ts';
import { createRandom, digestOf, infoOf, life, newDocument } from './random-logs.ts';

type Logs = Map<DocumentId, readonly DocumentEvent[]>;

function made(count: number, steps = 4): Logs {
  return new Map(Array.from({ length: count }, (_, i) => [newDocument(), life(`Văn bản ${i}`, 1 + (i % steps), { number: i + 1 })]));
}

const whole = (logs: Logs): Change[] => [...logs].map(([document, events]) => ({ document, from: 0, events: [...events] }));

/** Everything that a screen can see of the desk. */
function view(desk: DeskStore) {
  const rows = (['incoming', 'outgoing', 'tasks'] as const).map((folder) => desk.listDocuments({ folder, me: 'p1', text: '', offset: 0, limit: 10_000 }));
  const histories = new Map(rows.flatMap(({ rows: all }) => all).map(({ state }) => [state.id, desk.readHistory(state.id)]));
  const found = desk.listDocuments({ folder: 'incoming', me: 'p1', text: 'van ban 1', offset: 0, limit: 100 });
  return { rows, histories, found, counts: desk.countFolders('p1'), load: desk.workLoad('2026-03-21'), digest: desk.digest(), cursor: desk.cursor(), scope: desk.scope() };
}

test('a first filling shows each frame at once, goes on after a restart, and ends as the feed would have', (t) => {
  const { open } = scene(t);
  let store = open();
  const logs = made(30);
  const info = infoOf(logs, 'c9');
  const frames = whole(logs);
  assert.equal(store.desk.snapshotUnderWay(), null);
  assert.deepEqual(store.desk.beginSnapshot(info), { offset: 0 });
  assert.deepEqual(store.desk.addSnapshotFrame(frames.slice(0, 10), 400), [...logs.keys()].slice(0, 10));
  assert.equal(store.desk.listDocuments({ folder: 'incoming', me: 'p1', text: '', offset: 0, limit: 99 }).total, 10, 'usable after the first frame');
  assert.equal(store.desk.cursor(), null);
  store.close();
  store = open();
  assert.deepEqual(store.desk.snapshotUnderWay(), { info, offset: 400, documents: 10 });
  assert.deepEqual(store.desk.beginSnapshot(info), { offset: 400 });
  store.desk.addSnapshotFrame(frames.slice(10), 1000);
  const applied = store.desk.finishSnapshot();
  assert.deepEqual(applied, { changed: [], gone: [], dropped: [] });
  assert.equal(store.desk.snapshotUnderWay(), null);

  const other = scene(t).open();
  other.desk.applyChanges(frames, 'c9', { after: null, scope: unit.code });
  assert.deepEqual(view(store.desk), view(other.desk));
  assert.equal(store.desk.digest(), info.digest);
});

test('another snapshot than the one begun starts anew, and what only the first one had goes at the end', (t) => {
  const { desk } = scene(t).open();
  const [first, second] = [made(5), made(4)];
  desk.beginSnapshot(infoOf(first, 'c1'));
  desk.addSnapshotFrame(whole(first), 500);
  assert.deepEqual(desk.beginSnapshot(infoOf(second, 'c2')), { offset: 0 });
  desk.addSnapshotFrame(whole(second), 500);
  assert.deepEqual(new Set(desk.finishSnapshot().gone), new Set(first.keys()));
  assert.equal(desk.digest(), digestOf(second));
  assert.equal(desk.listDocuments({ folder: 'incoming', me: '', text: '', offset: 0, limit: 99 }).total, 4);
});

for (let seed = 1; seed <= 6; seed++) {
  test(`a resync waits beside until its end, then is what a new desk would be, with everything of ours on top (seed ${seed})`, (t) => {
    const random = createRandom(seed);
    const { open } = scene(t);
    let store = open();
    const before = made(40);
    store.desk.setReader('clerk-1' as PersonId);
    store.desk.applyChanges(whole(before), 'old', { after: null, scope: unit.code });
    const ids = [...before.keys()];
    store.desk.markRead('clerk-1' as PersonId, ids.slice(0, 20), true);
    // what the server says now: some gone, some gone on, some told otherwise, some new, some as they were
    const after: Logs = new Map();
    for (const [id, events] of before) {
      const kind = random(6);
      if (kind === 0) continue;
      after.set(id, kind === 1 ? [...events, ...life('', 4).slice(events.length)] : kind === 2 ? life('Nói khác', 2) : events);
    }
    for (let i = 0; i < 5; i++) after.set(newDocument(), life(`Mới ${i}`, 4, { lead: 'p1' }));
    const own = draft(store.desk, 'Dự thảo của tôi');
    const onTop = ids.find((id) => before.get(id)?.length === 3);
    const mine = onTop === undefined ? null : act(store.desk, command(onTop, 'leader', { type: 'assign', args: { lead: 'p7' as PersonId, support: [], inform: [], directive: '', deadline: null } })).command;

    const info = infoOf(after, 'new');
    store.desk.beginSnapshot(info);
    const frames = whole(after);
    const seen = view(store.desk);
    for (let at = 0; at < frames.length; at += 7) {
      assert.deepEqual(store.desk.addSnapshotFrame(frames.slice(at, at + 7), at + 7), []);
      if (random(4) === 0) {
        store.close();
        store = open();
      }
    }
    assert.deepEqual(view(store.desk), seen, 'nothing moves before the end');
    // a page of the old feed that comes yet, on a document that the snapshot has as it was
    const same = ids.find((id) => after.get(id) === before.get(id) && before.get(id)?.length === 1);
    if (same !== undefined) store.desk.applyChanges([{ document: same, from: 1, events: life('', 2).slice(1) }], 'old-2');
    const applied = store.desk.finishSnapshot();
    assert.deepEqual(new Set(applied.gone), new Set(ids.filter((id) => !after.has(id))));
    assert.equal(store.desk.digest(), info.digest);
    assert.equal(store.desk.cursor(), 'new');

    const fresh = scene(t).open();
    fresh.desk.setReader('clerk-1' as PersonId);
    fresh.desk.applyChanges(frames, 'new', { after: null, scope: unit.code });
    fresh.desk.markRead('clerk-1' as PersonId, ids.slice(0, 20).filter((id) => applied.changed.includes(id) ? after.get(id)?.[0] === before.get(id)?.[0] : after.has(id)), true);
    fresh.desk.recordAction(own.command, own.events);
    assert.equal(store.desk.outbox().length, mine === null ? 1 : 2, 'the outbox stays (I11)');
    if (mine !== null && store.desk.conflicts().length === 0) act(fresh.desk, mine);
    if (mine !== null && !after.has(mine.document)) assert.equal(store.desk.outbox().find((item) => item.command.id === mine.id)?.problem?.code, 'not-found');
    for (const lost of store.desk.conflicts()) store.desk.settleConflict(lost.command.id);
    assert.deepEqual(view(store.desk), view(fresh.desk));
    assert.deepEqual(store.desk.findDocument(own.id)?.state.content, content('Dự thảo của tôi'));
  });
}
