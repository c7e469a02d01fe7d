import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStaleAfter } from '../../../src-renderer/bridge/invalidation.ts';
import { createQueryStore } from '../../../src-renderer/bridge/query-store.ts';
import type { Bridge, EventName } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';

const one = '01900000-0000-7000-8000-000000000001' as DocumentId;
const other = '01900000-0000-7000-8000-000000000002' as DocumentId;
const changed = { ids: [one], at: '2026-11-22T02:00:00Z' };

test('a changed document makes its own queries, every list and the counts stale, and no other document’s', () => {
  assert.ok(isStaleAfter('documents.changed', changed, { channel: 'documents.read', input: { id: one } }));
  assert.ok(isStaleAfter('documents.changed', changed, { channel: 'verification.report', input: { id: one } }));
  assert.ok(isStaleAfter('documents.changed', changed, { channel: 'documents.list', input: { folder: 'incoming' } }));
  assert.ok(isStaleAfter('documents.changed', changed, { channel: 'documents.counts', input: {} }));
  assert.ok(!isStaleAfter('documents.changed', changed, { channel: 'documents.read', input: { id: other } }));
  assert.ok(!isStaleAfter('documents.changed', changed, { channel: 'tokens.list', input: {} }));
});

test('news of the line makes the outbox and the book stale, and asks no token', () => {
  const status = { online: true, since: null, signedIn: true, pending: 0, problems: 0, lastSyncAt: null, line: 'up', busyUntil: null, filling: null, files: { waiting: 0, waitingBytes: 0, held: 0 }, conflicts: 0 } as const;
  assert.ok(isStaleAfter('sync.status', status, { channel: 'outbox.list', input: {} }));
  assert.ok(isStaleAfter('sync.status', status, { channel: 'issuing.propose', input: { id: one } }));
  assert.ok(!isStaleAfter('sync.status', status, { channel: 'tokens.list', input: {} }));
  assert.ok(!isStaleAfter('sync.status', status, { channel: 'documents.read', input: { id: one } }));
});

test('a run of signatures and long-term data tell of themselves alone', () => {
  const batch = { id: 'b', mode: 'all', state: 'running', thumbprint: '', current: null, items: [], error: null, startedAt: '2026-11-22T02:00:00Z' } as const;
  assert.ok(isStaleAfter('batch.changed', { ...batch, items: [] }, { channel: 'batch.read', input: {} }));
  assert.ok(!isStaleAfter('batch.changed', { ...batch, items: [] }, { channel: 'documents.list', input: { folder: 'signing' } }));
  assert.ok(isStaleAfter('augmentation.changed', { items: [] }, { channel: 'augmentation.list', input: {} }));
  assert.ok(!isStaleAfter('augmentation.changed', { items: [] }, { channel: 'tokens.list', input: {} }));
  assert.ok(isStaleAfter('documents.changed', changed, { channel: 'signing.inspect', input: { id: one } }));
});

test('what a screen shows stays while it is asked again, and is replaced by the answer', async () => {
  const desk = createTestBridge();
  const store = createQueryStore(desk.bridge);
  let told = 0;
  store.subscribe('documents.counts', {}, () => told++);
  assert.equal(store.peek('documents.counts', {}).data, undefined);
  await desk.answer(0, ok({ incoming: 1 }));
  assert.deepEqual(store.peek('documents.counts', {}).data, { incoming: 1 });
  desk.emit('documents.changed', changed);
  assert.deepEqual(store.peek('documents.counts', {}).data, { incoming: 1 });
  await desk.answer(1, ok({ incoming: 2 }));
  assert.deepEqual(store.peek('documents.counts', {}).data, { incoming: 2 });
  assert.equal(told, 2);
});

test('an older answer that comes late does not replace a newer one', async () => {
  const desk = createTestBridge();
  const store = createQueryStore(desk.bridge);
  store.subscribe('documents.counts', {}, () => undefined);
  store.invalidate(() => true);
  await desk.answer(1, ok({ incoming: 2 }));
  await desk.answer(0, ok({ incoming: 1 }));
  assert.deepEqual(store.peek('documents.counts', {}).data, { incoming: 2 });
});

test('a door that closes on a question is no answer: what was there stays, and nothing is said of it', async () => {
  const desk = createTestBridge();
  const store = createQueryStore(desk.bridge);
  store.subscribe('documents.counts', {}, () => undefined);
  await desk.answer(0, fail('bug', { ref: 'door-closed' }));
  assert.deepEqual(store.peek('documents.counts', {}), { data: undefined, error: null, fetching: true });
  store.invalidate(() => true);
  await desk.answer(1, ok({ incoming: 1 }));
  assert.deepEqual(store.peek('documents.counts', {}).data, { incoming: 1 });
});

test('a refusal keeps what was there and says why', async () => {
  const desk = createTestBridge();
  const store = createQueryStore(desk.bridge);
  store.subscribe('documents.counts', {}, () => undefined);
  await desk.answer(0, ok({ incoming: 1 }));
  store.invalidate(() => true);
  await desk.answer(1, fail('sync.offline'));
  const state = store.peek('documents.counts', {});
  assert.deepEqual([state.data, state.error?.code], [{ incoming: 1 }, 'sync.offline']);
});

test('what no screen shows is dropped instead of asked again, and a closed store asks nothing', async () => {
  const desk = createTestBridge();
  const store = createQueryStore(desk.bridge);
  const stop = store.subscribe('documents.counts', {}, () => undefined);
  await desk.answer(0, ok({ incoming: 1 }));
  stop();
  desk.emit('documents.changed', changed);
  assert.equal(desk.asked(), 1);
  assert.equal(store.peek('documents.counts', {}).data, undefined);
  store.subscribe('documents.counts', {}, () => undefined);
  store.close();
  desk.emit('documents.changed', changed);
  assert.equal(desk.asked(), 2);
});

/** A door whose answers the test gives, in any order. */
function createTestBridge(): { readonly bridge: Bridge; readonly answer: (call: number, result: Result<unknown>) => Promise<void>; readonly emit: (event: EventName, payload: unknown) => void; readonly asked: () => number } {
  const calls: ((result: Result<unknown>) => void)[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const bridge = {
    'documents.counts': () => new Promise((resolve: (result: Result<unknown>) => void) => calls.push(resolve)),
    on: (event: string, listener: (payload: unknown) => void) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
  } as unknown as Bridge;
  return {
    bridge,
    answer: async (call, result) => {
      calls[call]?.(result);
      await new Promise((resolve) => setImmediate(resolve));
    },
    emit: (event, payload) => listeners.get(event)?.forEach((listener) => listener(payload)),
    asked: () => calls.length,
  };
}
