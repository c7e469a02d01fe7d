import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import type { AugmentationJob, StoredBatch } from '../../src-main/ports/store.ts';
import { act, book, command, content, draft, newId, scene, unit } from './helpers.ts';
import { decide } from '../support/rules.ts';

const other = newId<DocumentId>();

function batchOf(documents: readonly DocumentId[]): StoredBatch {
  const items = documents.map((document, at) => ({ document, title: `Văn bản ${at}`, content: content('a').sha256, placement: at === 0 ? { page: 1, rect: { x: 1, y: 2, width: 3, height: 4 } } : null, status: 'waiting' as const, error: null }));
  return { id: 'b-1', mode: 'all', state: 'running', thumbprint: 'ab', error: null, startedAt: '2026-11-22T08:00:00+07:00', items };
}

test('a run of signatures is read as it was written, after another opening too, and the next takes its place', (t) => {
  const { open } = scene(t);
  const first = open();
  assert.equal(first.desk.findBatch(), null);
  const batch = batchOf([newId<DocumentId>(), other]);
  first.desk.putBatch(batch);
  first.desk.setBatchItem('b-1', { ...batch.items[1]!, status: 'failed', error: { code: 'workflow.wrong-stage', params: { stage: 'returned' } }, content: content('b').sha256 });
  first.desk.setBatchState('b-1', 'interrupted', { code: 'token.removed' });
  first.close();
  const { desk } = open();
  assert.deepEqual(desk.findBatch(), {
    ...batch, state: 'interrupted', error: { code: 'token.removed' },
    items: [batch.items[0], { ...batch.items[1], status: 'failed', error: { code: 'workflow.wrong-stage', params: { stage: 'returned' } }, content: content('b').sha256 }],
  });
  const next = { ...batchOf([other]), id: 'b-2' };
  desk.putBatch(next);
  assert.deepEqual(desk.findBatch(), next);
});

test('a signature marks its item in its own transaction: an action that is refused marks nothing', (t) => {
  const { desk } = scene(t).open();
  const { id } = draft(desk, 'Trình ký');
  act(desk, command(id, 'officer', { type: 'submit', args: { content: content('a') } }));
  desk.putBatch(batchOf([id, other]));
  const approve = command(id, 'leader', { type: 'approve', args: { content: content('b'), signer: 'Thắng' } });
  assert.throws(() => desk.recordAction(approve, [], undefined, null, { batch: 'b-1' }), 'events that the rules do not give');
  assert.deepEqual(desk.findBatch()?.items.map(({ status }) => status), ['waiting', 'waiting']);
  const decided = decide(desk.findDocument(id)?.state ?? null, approve, { unit });
  assert.ok(decided.ok);
  desk.recordAction(approve, decided.value, undefined, null, { batch: 'b-1' });
  assert.deepEqual(desk.findBatch()?.items.map(({ status }) => status), ['signed', 'waiting']);
});

test('data to be added is kept with the action that asks for it, the next to be tried first, and goes with the one that adds it', (t) => {
  const { desk } = scene(t).open();
  const { id } = draft(desk, 'Phát hành');
  const job: AugmentationJob = { document: id, level: 'B-B', wanted: 'B-LT', attempts: 0, nextAtMs: 2000, problem: null };
  const recorded = (seed: string, augmentation: AugmentationJob | null): void => {
    const made = command(id, 'officer', { type: 'submit', args: { content: content(seed) } });
    const decided = decide(desk.findDocument(id)?.state ?? null, made, { unit });
    assert.ok(decided.ok);
    desk.recordAction(made, decided.value, undefined, null, { augmentation });
  };
  recorded('a', job);
  const sooner: AugmentationJob = { ...job, document: other, nextAtMs: 1000, attempts: 3, problem: { code: 'timestamp.timeout', params: { host: 'tsa', seconds: 8 } } };
  const never: AugmentationJob = { ...job, document: newId<DocumentId>(), nextAtMs: null, problem: { code: 'augment.unsigned' } };
  desk.putAugmentation(never);
  desk.putAugmentation(sooner);
  assert.deepEqual(desk.augmentations(), [sooner, job, never]);
  desk.putAugmentation({ ...sooner, nextAtMs: 3000 });
  assert.deepEqual(desk.augmentations().map(({ document }) => document), [id, other, never.document]);
  act(desk, command(id, 'leader', { type: 'returnToDrafter', args: { reason: 'Sai' } }));
  recorded('b', null);
  assert.deepEqual(desk.augmentations().map(({ document }) => document), [other, never.document]);
  desk.dropAugmentation(other);
  assert.deepEqual(desk.augmentations(), [never]);
});

test('long-term data leaves read what was read and unread what was not; any other new content is unread', (t) => {
  const { desk } = scene(t).open();
  const reader = 'leader-1' as PersonId;
  desk.setReader(reader);
  const seen = newId<DocumentId>();
  const unseen = newId<DocumentId>();
  const meta = { at: '2026-11-22T08:00:00Z', by: null, command: null };
  const until = (id: DocumentId): DocumentEvent[] => [
    { ...meta, type: 'drafted', title: 'Công văn', kind: 'cong-van', notation: 'UBND', urgency: 'normal', content: content(`d-${id}`), recipients: [], inReplyTo: null, unit },
    { ...meta, type: 'issued', content: content(`i-${id}`), entry: { book, epoch: 1, number: 15 }, notation: 'UBND', issuedDate: '2026-11-22', signer: '' },
  ];
  desk.applyChanges([seen, unseen].map((document) => ({ document, from: 0, events: until(document) })), 'c-1');
  desk.markRead(reader, [seen], true);
  const isRead = (id: DocumentId): boolean | undefined => desk.findDocument(id)?.read;
  assert.deepEqual([isRead(seen), isRead(unseen)], [true, false]);
  const augmented = (id: DocumentId): DocumentEvent[] => [...until(id), { ...meta, type: 'augmented', content: content(`t-${id}`), level: 'B-T' }, { ...meta, type: 'augmented', content: content(`lt-${id}`), level: 'B-LT' }];
  desk.applyChanges([seen, unseen].map((document) => ({ document, from: 0, events: augmented(document) })), 'c-2');
  assert.deepEqual([isRead(seen), isRead(unseen)], [true, false]);
  desk.applyChanges([{ document: seen, from: 0, events: [...augmented(seen), { ...meta, type: 'marked', content: content(`m-${seen}`), mark: 'appendix', text: '', signer: '' }] }], 'c-3');
  assert.equal(isRead(seen), false);
});
