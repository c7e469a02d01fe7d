import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import type { Batch } from '../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { opensslCmsVerifies, pdfsig, sliceSignatures } from '../support/judges.ts';
import { openDeskAt, openTokenScene, placeIn, type DeskUnderTest, type TokenScene } from './leader-desk.ts';

let scene: TokenScene;
let counter = 0;
before(async () => { scene = await openTokenScene(); });
after(async () => { await scene.close(); });
beforeEach(async () => {
  for (const name of ['SHIM_SIGN', 'SHIM_SIGN_MS', 'SHIM_GONE', 'SHIM_LOGINS', 'SHIM_TRIES', 'SHIM_JOURNAL']) await scene.shim(name, null);
});

async function open(t: TestContext, more: Parameters<typeof openDeskAt>[1] = {}): Promise<DeskUnderTest> {
  const desk = await openDeskAt(placeIn(scene, `desk-${++counter}`), more);
  t.after(() => desk.close());
  return desk;
}

async function several(desk: DeskUnderTest, count: number): Promise<DocumentId[]> {
  const ids: DocumentId[] = [];
  for (let at = 0; at < count; at += 1) ids.push(await desk.submitted(`Văn bản thứ ${at + 1}`, at % 2 === 0 ? 'cong-van-xa.pdf' : 'giay-moi.pdf'));
  return ids;
}

const itemsOf = (ids: readonly DocumentId[]): { id: DocumentId; placement: null }[] => ids.map((id) => ({ id, placement: null }));
const statuses = (batch: Batch): string[] => batch.items.map(({ status }) => status);
const start = (desk: DeskUnderTest, ids: readonly DocumentId[], mode: Batch['mode'] = 'all', pin = scene.token.pin) =>
  desk.ask('batch.start', { mode, items: itemsOf(ids), thumbprint: scene.token.leaderThumbprint, pin });
const ended = ({ state }: Batch): boolean => state === 'ended' || state === 'interrupted';

async function stagesOf(desk: DeskUnderTest, ids: readonly DocumentId[]): Promise<string[]> {
  return Promise.all(ids.map(async (id) => (await desk.ask('documents.read', { id })).document.stage));
}

/** Signed exactly once, and good to a foreign judge. */
async function assertSignedOnce(desk: DeskUnderTest, id: DocumentId): Promise<void> {
  const detail = await desk.ask('documents.read', { id });
  assert.equal(detail.document.stage, 'approved');
  assert.equal(detail.history.filter(({ type }) => type === 'approved').length, 1);
  const bytes = await desk.readContent(id);
  const slices = sliceSignatures(bytes);
  assert.equal(slices.length, 1);
  assert.ok(await opensslCmsVerifies(slices[0]!, await readFile(scene.pki.chainPem, 'utf8')));
}

test('all without showing: answered when the token is open, told at every step, every document signed once', async (t) => {
  const desk = await open(t);
  const ids = await several(desk, 4);
  const started = await start(desk, ids);
  assert.equal(started.state, 'running');
  const batch = await desk.batchOnce(ended);
  assert.deepEqual([batch.state, batch.error, statuses(batch)], ['ended', null, ['signed', 'signed', 'signed', 'signed']]);
  for (const id of ids) await assertSignedOnce(desk, id);
  const file = join(scene.dir, 'signed.pdf');
  await writeFile(file, await desk.readContent(ids[0]!));
  assert.equal((await pdfsig(file))[0]?.valid, true);
  assert.ok(desk.heard('batch.changed').length >= 5);
  assert.deepEqual((await desk.ask('batch.read', {})).batch, batch);
});

test('one that may not be signed fails with its reason and does not hold up the rest; it is tried again on demand', async (t) => {
  const desk = await open(t);
  const ids = await several(desk, 3);
  await desk.ask('documents.returnToDrafter', { id: ids[1]!, reason: 'Sai thể thức' });
  await start(desk, ids);
  const batch = await desk.batchOnce(ended);
  assert.deepEqual([batch.state, statuses(batch), batch.items[1]?.error?.code], ['ended', ['signed', 'failed', 'signed'], 'workflow.wrong-stage']);
  assert.match(batch.items[1]?.error?.message ?? '', /Chưa có gì thay đổi/);
  assert.equal((await desk.refused('batch.resume', { pin: scene.token.pin })).code, 'batch.none');
  await desk.ask('documents.submit', { id: ids[1]! });
  await desk.ask('batch.resume', { pin: scene.token.pin, retryFailed: true });
  assert.deepEqual(statuses(await desk.batchOnce((one) => ended(one) && !statuses(one).includes('waiting'))), ['signed', 'signed', 'signed']);
  for (const id of ids) await assertSignedOnce(desk, id);
});

test('a wrong PIN signs nothing, reaches the token once, and leaves no run behind; at going on it stops the run', async (t) => {
  const desk = await open(t);
  const logins = join(scene.dir, 'logins');
  await writeFile(logins, '');
  await scene.shim('SHIM_LOGINS', logins);
  const ids = await several(desk, 2);
  const wrong = { mode: 'all', items: itemsOf(ids), thumbprint: scene.token.leaderThumbprint, pin: '000000' } as const;
  assert.equal((await desk.refused('batch.start', wrong)).code, 'token.pin-wrong');
  assert.equal((await desk.ask('batch.read', {})).batch, null);
  assert.deepEqual(await stagesOf(desk, ids), ['submitted', 'submitted']);
  assert.equal(await readFile(logins, 'utf8'), 'x');

  await scene.shim('SHIM_SIGN_MS', '150');
  await start(desk, ids);
  await desk.batchOnce(({ items }) => items[0]?.status === 'signed');
  await scene.shim('SHIM_GONE', scene.dir);
  assert.equal((await desk.batchOnce(ended)).state, 'interrupted');
  await scene.shim('SHIM_GONE', null);
  assert.equal((await desk.refused('batch.resume', { pin: '000000' })).code, 'token.pin-wrong');
  const { batch } = await desk.ask('batch.read', {});
  assert.deepEqual([batch?.state, batch?.error?.code, batch && statuses(batch)], ['interrupted', 'token.pin-wrong', ['signed', 'waiting']]);
});

test('a token pulled out in mid-run interrupts it: what was signed stays, the rest waits and goes on with a new PIN', async (t) => {
  const desk = await open(t);
  await scene.shim('SHIM_SIGN_MS', '100');
  const ids = await several(desk, 5);
  await start(desk, ids);
  await desk.batchOnce(({ items }) => items.filter(({ status }) => status === 'signed').length === 2);
  await scene.shim('SHIM_GONE', scene.dir);
  const batch = await desk.batchOnce(ended);
  assert.equal(batch.state, 'interrupted');
  assert.match(batch.error?.code ?? '', /^token\./);
  const done = statuses(batch).filter((status) => status === 'signed').length;
  assert.ok(done >= 2 && done < 5, `${done} signed`);
  assert.deepEqual(statuses(batch), [...Array<string>(done).fill('signed'), ...Array<string>(5 - done).fill('waiting')]);
  assert.deepEqual(await stagesOf(desk, ids), [...Array<string>(done).fill('approved'), ...Array<string>(5 - done).fill('submitted')]);
  await scene.shim('SHIM_GONE', null);
  await desk.ask('batch.resume', { pin: scene.token.pin });
  assert.deepEqual(statuses(await desk.batchOnce(({ state }) => state === 'ended')), Array<string>(5).fill('signed'));
  for (const id of ids) await assertSignedOnce(desk, id);
});

test('a document that is signed by itself while its run rests is not signed again', async (t) => {
  const desk = await open(t, { tokenIdleMs: 50 });
  const ids = await several(desk, 3);
  await start(desk, ids, 'one-by-one');
  await desk.batchOnce(({ state }) => state === 'interrupted');
  await desk.ask('signing.approve', { id: ids[1]!, thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin, placement: { page: 1, rect: { x: 100, y: 180, width: 40, height: 17.6 } } });
  await desk.ask('documents.returnToDrafter', { id: ids[0]!, reason: 'Sai thể thức' });
  const resumed = await desk.ask('batch.resume', { pin: scene.token.pin });
  assert.deepEqual([resumed.state, resumed.current, statuses(resumed)], ['asking', ids[2], ['failed', 'signed', 'waiting']]);
  await desk.batchOnce(({ state }) => state === 'interrupted');
  await desk.ask('signing.approve', { id: ids[2]!, thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin, placement: { page: 1, rect: { x: 100, y: 180, width: 40, height: 17.6 } } });
  const over = await desk.ask('batch.resume', { pin: null });
  assert.deepEqual([over.state, statuses(over)], ['ended', ['failed', 'signed', 'signed']]);
  for (const id of ids.slice(1)) await assertSignedOnce(desk, id);
});

test('a pause comes after the document in hand, keeps the token, and needs no PIN to go on', async (t) => {
  const desk = await open(t);
  await scene.shim('SHIM_SIGN_MS', '100');
  const ids = await several(desk, 4);
  await start(desk, ids);
  await desk.batchOnce(({ items }) => items[0]?.status === 'signed');
  const paused = await desk.ask('batch.pause', {});
  assert.equal(paused.state, 'paused');
  const done = statuses(paused).filter((status) => status === 'signed').length;
  assert.ok(done >= 1 && done < 4);
  assert.deepEqual(await stagesOf(desk, ids), statuses(paused).map((status) => (status === 'signed' ? 'approved' : 'submitted')));
  // the token is the run's own for as long as it is open
  assert.equal((await desk.refused('batch.start', { mode: 'all', items: itemsOf(ids), thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin })).code, 'batch.running');
  assert.equal((await desk.refused('tokens.try', { thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin })).code, 'batch.running');
  const resumed = await desk.ask('batch.resume', { pin: null });
  assert.equal(resumed.state, 'running');
  await desk.batchOnce(({ state }) => state === 'ended');
  for (const id of ids) await assertSignedOnce(desk, id);
});

test('a token that waits for nobody is left after a while, and going on asks for the PIN again', async (t) => {
  const desk = await open(t, { tokenIdleMs: 50 });
  await scene.shim('SHIM_SIGN_MS', '100');
  const ids = await several(desk, 3);
  await start(desk, ids);
  await desk.batchOnce(({ items }) => items[0]?.status === 'signed');
  await desk.ask('batch.pause', {});
  const left = await desk.batchOnce(({ state }) => state === 'interrupted');
  assert.equal(left.error, null);
  assert.equal((await desk.refused('batch.resume', { pin: 'sai-ma-pin' })).code, 'token.pin-wrong', 'the login is over');
  await desk.ask('batch.resume', { pin: scene.token.pin });
  await desk.batchOnce(({ state }) => state === 'ended');
  for (const id of ids) await assertSignedOnce(desk, id);
});

test('one by one: each is asked about, is signed where the answer says or is left, and one that went back meanwhile is not asked about', async (t) => {
  const desk = await open(t);
  const ids = await several(desk, 4);
  const started = await start(desk, ids, 'one-by-one');
  assert.deepEqual([started.state, started.current], ['asking', ids[0]]);
  assert.deepEqual(await stagesOf(desk, ids), Array<string>(4).fill('submitted'));
  assert.equal((await desk.refused('batch.answer', { id: ids[1]!, sign: true, placement: null })).code, 'workflow.changed-meanwhile');
  const placement = { page: 1, rect: { x: 100, y: 180, width: 40, height: 17.6 } };
  const second = await desk.ask('batch.answer', { id: ids[0]!, sign: true, placement });
  assert.deepEqual([second.state, second.current, statuses(second)], ['asking', ids[1], ['signed', 'waiting', 'waiting', 'waiting']]);
  await desk.ask('documents.returnToDrafter', { id: ids[2]!, reason: 'Sai thể thức' });
  const fourth = await desk.ask('batch.answer', { id: ids[1]!, sign: false, placement: null });
  assert.deepEqual([fourth.state, fourth.current, statuses(fourth)], ['asking', ids[3], ['signed', 'skipped', 'failed', 'waiting']]);
  assert.deepEqual([fourth.items[1]?.error?.code, fourth.items[2]?.error?.code], ['batch.skipped', 'workflow.wrong-stage']);
  const last = await desk.ask('batch.answer', { id: ids[3]!, sign: true, placement: null });
  assert.deepEqual([last.state, last.current, statuses(last)], ['ended', null, ['signed', 'skipped', 'failed', 'signed']]);
  assert.deepEqual(await stagesOf(desk, ids), ['approved', 'submitted', 'returned', 'approved']);
  await assertSignedOnce(desk, ids[0]!);
});

test('ended by the person: what waits is left unsigned and says so', async (t) => {
  const desk = await open(t);
  const ids = await several(desk, 3);
  await start(desk, ids, 'one-by-one');
  await desk.ask('batch.answer', { id: ids[0]!, sign: true, placement: null });
  const over = await desk.ask('batch.end', {});
  assert.deepEqual([over.state, statuses(over), over.items[1]?.error?.code], ['ended', ['signed', 'skipped', 'skipped'], 'signing.stopped']);
  assert.deepEqual(await stagesOf(desk, ids), ['approved', 'submitted', 'submitted']);
  assert.equal((await desk.refused('batch.end', {})).code, 'batch.none');
  assert.ok((await desk.tryAsk('tokens.try', { thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin })).ok, 'the token is free again');
});

test('the order of the documents changes nothing of what is drawn and where', async (t) => {
  const shown = async (desk: DeskUnderTest, ids: readonly DocumentId[], order: readonly number[]): Promise<string[]> => {
    await start(desk, order.map((at) => ids[at]!));
    assert.equal((await desk.batchOnce(ended)).state, 'ended');
    return Promise.all(ids.map(async (id) => {
      const { report } = await desk.ask('verification.report', { id });
      return JSON.stringify(report?.signatures.map(({ field, place, verdict, integrity }) => ({ field, place, verdict, integrity })));
    }));
  };
  const there = await open(t);
  const back = await open(t);
  const one = await shown(there, await several(there, 4), [0, 1, 2, 3]);
  const other = await shown(back, await several(back, 4), [3, 1, 2, 0]);
  assert.deepEqual(one, other);
  assert.match(one[0]!, /"page":1/);
});

test('a run that the program was closed on waits at the next start, and signs the rest', async (t) => {
  const place = placeIn(scene, 'reopened');
  await scene.shim('SHIM_SIGN_MS', '100');
  const first = await openDeskAt(place);
  const ids = await several(first, 4);
  await start(first, ids);
  await first.batchOnce(({ items }) => items[0]?.status === 'signed');
  await first.close();
  const desk = await openDeskAt(place);
  t.after(() => desk.close());
  const { batch } = await desk.ask('batch.read', {});
  assert.ok(batch !== null);
  assert.equal(batch.state, 'interrupted');
  assert.deepEqual(await stagesOf(desk, ids), statuses(batch).map((status) => (status === 'signed' ? 'approved' : 'submitted')));
  await desk.ask('batch.resume', { pin: scene.token.pin });
  await desk.batchOnce(({ state }) => state === 'ended');
  for (const id of ids) await assertSignedOnce(desk, id);
});

test('a token that hangs does not hold the program open: its document is untouched and waits', async () => {
  const place = placeIn(scene, 'hanging');
  await scene.shim('SHIM_SIGN', 'hang');
  const journal = join(scene.dir, 'journal');
  await writeFile(journal, '');
  await scene.shim('SHIM_JOURNAL', journal);
  const first = await openDeskAt(place);
  const ids = await several(first, 2);
  await start(first, ids);
  while (!(await readFile(journal, 'utf8')).includes('s')) await new Promise((resolve) => setImmediate(resolve));
  await first.close();
  await scene.shim('SHIM_SIGN', null);
  const desk = await openDeskAt(place);
  try {
    const { batch } = await desk.ask('batch.read', {});
    assert.deepEqual([batch?.state, batch && statuses(batch)], ['interrupted', ['waiting', 'waiting']]);
    assert.deepEqual(await stagesOf(desk, ids), ['submitted', 'submitted']);
  } finally {
    await desk.close();
  }
});
