import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ContentRef, DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, PersonId, Sha256 } from '../../src-shared/domain/ids.ts';
import { emptyDigest } from '../../src-shared/protocol/digest.ts';
import { createDeskStore } from '../../src-main/store/desk.ts';
import { connect } from '../../src-main/store/driver.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { act, actor, arrived, book, command, draft, key, newId, pieces, scene, unit } from './helpers.ts';
import { life } from './random-logs.ts';

const report = { schema: 2, checkedAt: '2026-01-05T02:00:00.000Z', program: '', file: { sha256: null, sizeBytes: 0 }, trustList: null, extent: 'full', verdict: 'valid', signatures: [], problems: [] } as const;

async function put({ blobs }: ProfileStore, text: string): Promise<ContentRef> {
  const stored = await blobs.put(pieces(Buffer.from(text)));
  assert.ok(stored.ok);
  return { ...stored.value, fileName: 'a.pdf', parent: null };
}

test('a document that is taken away leaves lists, search, marks, reports, tasks and content, and does not come back', async (t) => {
  const { open } = scene(t);
  const store = open();
  const { desk, blobs } = store;
  const file = await put(store, 'chỉ của văn bản này');
  const shared = await put(store, 'của hai văn bản');
  const [id, other] = [newId<DocumentId>(), newId<DocumentId>()];
  const reader = 'clerk-1' as PersonId;
  const [, ...later] = life('', 4);
  const events = [arrived('Việc mật thiết', { content: shared }), ...later, { at: '2026-03-03T08:00:00Z', by: actor('leader'), command: newId<CommandId>(), type: 'marked', content: file, mark: 'comment', text: '', signer: '' } as const];
  desk.setReader(reader);
  desk.applyChanges([{ document: id, from: 0, events }, { document: other, from: 0, events: [arrived('Văn bản còn lại', { content: shared })] }], 'c1');
  desk.markRead(reader, [id], true);
  desk.keepExamination(file.sha256, { report: { ...report, problems: [], signatures: [] }, evidence: [{ kind: 'crl', der: Buffer.from('30'), sha256: '' }] });
  assert.equal(desk.countFolders('p1').tasks, 1);

  const applied = desk.applyChanges([{ document: id, gone: 'scope' }], 'c2');
  assert.deepEqual({ gone: applied.gone, dropped: applied.dropped, changed: applied.changed }, { gone: [id], dropped: [file.sha256], changed: [] });
  assert.equal(desk.findDocument(id), null);
  assert.deepEqual(desk.readHistory(id), []);
  assert.deepEqual(desk.listDocuments({ folder: 'incoming', me: reader, text: '', offset: 0, limit: 9 }).rows.map((row) => row.state.id), [other]);
  assert.equal(desk.listDocuments({ folder: 'incoming', me: reader, text: 'thiet', offset: 0, limit: 9 }).total, 0);
  assert.deepEqual([desk.countFolders('p1').tasks, desk.workLoad('2026-03-01').size], [0, 0]);
  assert.deepEqual(desk.keptReports(file.sha256), []);
  assert.deepEqual([blobs.has(file.sha256), blobs.has(shared.sha256)], [false, true]);
  desk.applyChanges([{ document: id, from: 0, events }], 'c3');
  assert.equal(desk.findDocument(id), null, 'no resurrection');
  desk.applyChanges([{ document: other, gone: 'withdrawn' }, { document: newId<DocumentId>(), gone: 'withdrawn' }], 'c4');
  assert.equal(desk.digest(), emptyDigest);
  assert.equal(blobs.storedBytes(), 0, 'the last one that named it is gone');
});

test('words that waited on a document that went are shown as lost, and a draft that the server had known is not drafted anew', (t) => {
  const { desk } = scene(t).open();
  const id = newId<DocumentId>();
  desk.applyChanges([{ document: id, from: 0, events: life('Giấy mời', 3) }], 'c1');
  const mine = act(desk, command(id, 'leader', { type: 'assign', args: { lead: 'p9' as PersonId, support: [], inform: [], directive: 'Làm ngay', deadline: null } })).command;
  const ours = draft(desk, 'Dự thảo đã gửi');
  desk.markSending([ours.command.id]);
  const applied = desk.applyChanges([{ document: id, gone: 'withdrawn' }, { document: ours.id, gone: 'withdrawn' }], 'c2');
  assert.deepEqual(applied.gone, [id, ours.id]);
  assert.equal(desk.findDocument(ours.id), null);
  assert.deepEqual(desk.outbox().map((item) => [item.command.id, item.problem?.code]), [[mine.id, 'not-found']]);
  assert.deepEqual(desk.conflicts().map(({ command: lost, theirs }) => [lost.id, theirs]), [[mine.id, null]]);
  assert.equal(desk.settle({ id: ours.command.id, status: 'applied' }), null);
});

test('a content that an outbox row or a form names stays', async (t) => {
  const store = scene(t).open();
  const { desk, blobs } = store;
  const [a, b] = [await put(store, 'một'), await put(store, 'hai')];
  const [one, two] = [newId<DocumentId>(), newId<DocumentId>()];
  desk.applyChanges([{ document: one, from: 0, events: [arrived('Một', { content: a })] }, { document: two, from: 0, events: [arrived('Hai', { content: b })] }], 'c1');
  const own = newId<DocumentId>();
  act(desk, command(own, 'officer', { type: 'draft', args: { title: 'Trả lời', kind: 'cong-van', notation: '', urgency: 'normal', content: a, recipients: [], inReplyTo: null } }));
  desk.keepForm('p' as PersonId, 'draft', { value: JSON.stringify({ content: b }), at: '' });
  assert.deepEqual(desk.applyChanges([{ document: one, gone: 'scope' }, { document: two, gone: 'scope' }], 'c2').dropped, []);
  assert.ok(blobs.has(a.sha256) && blobs.has(b.sha256));
});

/** A submission of what another drafted: it names the very file that the server's document does. */
async function submitted(store: ProfileStore): Promise<{ readonly id: DocumentId; readonly file: ContentRef; readonly mine: CommandId }> {
  const file = await put(store, `của văn bản ${newId()}`);
  const id = newId<DocumentId>();
  const drafted: DocumentEvent = {
    type: 'drafted', at: '2026-03-01T08:00:00+07:00', by: actor('officer', 'officer-2'), command: newId<CommandId>(), unit, title: 'Dự thảo của người khác', kind: 'cong-van', notation: '', urgency: 'normal',
    content: file, recipients: [], inReplyTo: null,
  };
  store.desk.applyChanges([{ document: id, from: 0, events: [drafted] }], newId());
  return { id, file, mine: act(store.desk, command(id, 'officer', { type: 'submit', args: { content: file } })).command.id };
}

for (const [how, putAway] of [['settled', (store: ProfileStore, id: CommandId) => store.desk.settleConflict(id)], ['put away', (store: ProfileStore, id: CommandId) => store.desk.dismissProblem(id) !== null]] as const) {
  test(`a content that only what was done over a document that went kept goes when that is ${how}`, async (t) => {
    const store = scene(t).open();
    const { id, file, mine } = await submitted(store);
    store.desk.keepExamination(file.sha256, { report: { ...report, problems: [], signatures: [] }, evidence: [] });
    assert.deepEqual(store.desk.applyChanges([{ document: id, gone: 'withdrawn' }], 'c2').dropped, []);
    assert.ok(store.blobs.has(file.sha256), 'what a person has lost can be looked at');
    assert.ok(putAway(store, mine));
    assert.deepEqual([store.blobs.has(file.sha256), store.desk.keptReports(file.sha256).length], [false, 0]);
  });
}

test('a content of a document that went, which a draft or a form has taken over, goes with the draft or the form, and not with one that the server knows', async (t) => {
  const store = scene(t).open();
  const { desk, blobs } = store;
  const [a, b, c] = [await put(store, 'một'), await put(store, 'hai'), await put(store, 'ba')];
  const ids = [a, b, c].map((content) => {
    const id = newId<DocumentId>();
    desk.applyChanges([{ document: id, from: 0, events: [arrived('Đến', { content })] }], newId());
    return id;
  });
  const own = newId<DocumentId>();
  const { command: mine } = act(desk, command(own, 'officer', { type: 'draft', args: { title: 'Trả lời', kind: 'cong-van', notation: '', urgency: 'normal', content: a, recipients: [], inReplyTo: null } }));
  desk.keepForm('p' as PersonId, 'draft', { value: JSON.stringify({ content: b, other: c }), at: '' });
  desk.applyChanges(ids.map((document) => ({ document, gone: 'scope' })), 'c2');
  assert.deepEqual([a, b, c].map(({ sha256 }) => blobs.has(sha256)), [true, true, true]);
  const other = newId<DocumentId>();
  desk.applyChanges([{ document: other, from: 0, events: [arrived('Cùng tệp', { content: c })] }], 'c3');
  desk.dropForm('p' as PersonId, 'draft');
  desk.settle({ id: mine.id, status: 'rejected', error: { code: 'not-allowed' } });
  assert.deepEqual([a, b, c].map(({ sha256 }) => blobs.has(sha256)), [true, false, true]);
  desk.dismissProblem(mine.id);
  assert.deepEqual([a, c].map(({ sha256 }) => blobs.has(sha256)), [false, true]);
  desk.applyChanges([{ document: other, gone: 'withdrawn' }], 'c4');
  assert.equal(blobs.storedBytes(), 0);
});

test('what is put away where the disk refuses the removal is put away, and its content goes at the next opening', async (t) => {
  const { dir, open, hold } = scene(t);
  const store = open();
  const { id, file, mine } = await submitted(store);
  store.desk.applyChanges([{ document: id, gone: 'withdrawn' }], 'c2');
  const other = hold(connect(join(dir, 'blobs.db'), { key, readonly: false, pageSizeBytes: 65_536, cacheKiB: 1024 }));
  other.script('BEGIN IMMEDIATE');
  assert.equal(store.desk.dismissProblem(mine), id);
  other.script('ROLLBACK');
  assert.deepEqual([store.desk.outbox(), store.blobs.has(file.sha256)], [[], true]);
  store.close();
  assert.equal(open().blobs.has(file.sha256), false);
});

test('a content that the desk let go of and a crash kept is removed at the next opening, unless something names it again', async (t) => {
  const { dir, open } = scene(t);
  const store = open();
  const [a, b] = [await put(store, 'một'), await put(store, 'hai')];
  const [one, two, three] = [newId<DocumentId>(), newId<DocumentId>(), newId<DocumentId>()];
  store.desk.applyChanges([{ document: one, from: 0, events: [arrived('Một', { content: a })] }, { document: two, from: 0, events: [arrived('Hai', { content: b })] }], 'c1');
  store.close();
  // the transaction of desk.db alone, as it stands when the program ends right after it
  const db = connect(join(dir, 'desk.db'), { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 });
  const half = createDeskStore(db, join(dir, 'blobs.db'));
  assert.deepEqual(new Set<Sha256>(half.applyChanges([{ document: one, gone: 'scope' }, { document: two, gone: 'scope' }], 'c2').dropped), new Set([a.sha256, b.sha256]));
  half.applyChanges([{ document: three, from: 0, events: [arrived('Ba', { content: b })] }], 'c3');
  half.close();
  const again = open();
  assert.deepEqual([again.blobs.has(a.sha256), again.blobs.has(b.sha256)], [false, true]);
});

test('a page that goes on from where the desk has not come is not applied at all', (t) => {
  const { desk } = scene(t).open();
  const [id, other] = [newId<DocumentId>(), newId<DocumentId>()];
  const log = life('Quyết định', 4);
  desk.applyChanges([{ document: id, from: 0, events: log.slice(0, 1) }], 'c1', { after: null, scope: unit.code });
  const digest = desk.digest();
  const misfit = desk.applyChanges([{ document: other, from: 0, events: [arrived('Mới')] }, { document: id, from: 2, events: log.slice(2) }], 'c2', { after: 'c1', scope: unit.code });
  assert.deepEqual(misfit, { changed: [], gone: [], dropped: [], fits: false });
  assert.deepEqual([desk.cursor(), desk.digest(), desk.findDocument(other)], ['c1', digest, null]);
  assert.equal(desk.applyChanges([{ document: id, from: 1, events: log.slice(1) }], 'c2', { after: 'c1', scope: unit.code }).fits, true);
  assert.deepEqual(desk.readHistory(id), log);
  assert.deepEqual(desk.findBook(book), null);
});
