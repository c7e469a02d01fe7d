import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import type { SigningPolicy } from '../../src-shared/contract/signing.ts';
import { pdfsig } from '../support/judges.ts';
import { department, issuedLetter, openDeskAt, openServedScene, placeIn, type DeskPlace, type DeskUnderTest, type ServedScene } from './leader-desk.ts';

let scene: ServedScene;
let counter = 0;
before(async () => { scene = await openServedScene(); });
after(async () => { await scene.close(); });
beforeEach(() => scene.services.fault(null));

const place = (): DeskPlace => placeIn(scene, `desk-${++counter}`);
const quick = { augmentationPauses: { firstMs: 20, longestMs: 100 } };

/** What an office has that signs at this level; nothing but loopback is ever asked. */
function signing(level: SigningPolicy['level'], over: Partial<SigningPolicy> = {}) {
  return { ...quick, office: { signature: null, seal: null, profile: 'office' as const, location: 'Sơn Tịnh', policy: { level, digest: 'sha256' as const, tsaUrl: scene.services.tsaUrl, proxyUrl: '', ...over } } };
}

async function open(t: TestContext, at: DeskPlace, more: Parameters<typeof openDeskAt>[1]): Promise<DeskUnderTest> {
  const desk = await openDeskAt(at, more);
  t.after(() => desk.close());
  return desk;
}

const levelsOf = async (desk: DeskUnderTest, id: string): Promise<(string | undefined)[]> =>
  ((await desk.ask('verification.report', { id: id as never })).report?.signatures ?? []).map(({ level }) => level);

test('the policy is the office’s until it is set, is kept over a restart, and takes no address that is none', async (t) => {
  const at = place();
  const first = await openDeskAt(at, signing('B-LT'));
  const given = await first.ask('signing.policy', {});
  assert.deepEqual([given.level, given.tsaUrl], ['B-LT', scene.services.tsaUrl]);
  for (const bad of ['tsa.ca.gov.vn', 'ftp://tsa.ca.gov.vn', 'http://']) {
    const error = await first.refused('signing.setPolicy', { ...given, tsaUrl: bad });
    assert.deepEqual([error.code, error.params], ['policy.address', { what: bad }]);
    assert.equal((await first.refused('signing.setPolicy', { ...given, proxyUrl: bad })).code, 'policy.address');
  }
  assert.deepEqual(await first.ask('signing.policy', {}), given);
  const set = { level: 'B-T', digest: 'sha512', tsaUrl: scene.services.tsaUrl, proxyUrl: '' } as const;
  assert.deepEqual(await first.ask('signing.setPolicy', set), set);
  await first.close();
  const desk = await open(t, at, signing('B-LT'));
  assert.deepEqual(await desk.ask('signing.policy', {}), set);
  const id = await desk.submitted('Băm dài hơn');
  await desk.ask('signing.approve', { id, thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin, placement: { page: 1, rect: { x: 120, y: 200, width: 40, height: 17.6 } } });
  assert.deepEqual(await levelsOf(desk, id), ['B-T']);
  const file = join(scene.dir, 'sha512.pdf');
  await writeFile(file, await desk.readContent(id));
  assert.equal((await pdfsig(file))[0]?.valid, true);
});

test('signed without a line it is B-B at once; the job outlives a restart and completes it when the services are back', async (t) => {
  const at = place();
  scene.services.fault('down');
  const id = await issuedLetter(scene, at, signing('B-LT', { tsaUrl: 'http://127.0.0.1:9/' }));
  const offline = await openDeskAt(at, { ...signing('B-LT', { tsaUrl: 'http://127.0.0.1:9/' }), role: 'clerk' });
  const tried = await offline.once('augmentation.changed', ({ items }) => items.some(({ id: one, attempts }) => one === id && attempts >= 2));
  assert.partialDeepStrictEqual(tried.items, [{ id, title: 'Phát hành', level: 'B-B', wanted: 'B-LT', problem: { code: 'timestamp.unreachable' } }]);
  assert.deepEqual(await levelsOf(offline, id), ['B-B', 'B-B']);
  const before = await offline.readContent(id);
  await offline.close();

  scene.services.fault(null);
  const desk = await open(t, at, { ...signing('B-LT'), role: 'clerk' });
  await desk.ask('augmentation.retry', {});
  await desk.once('augmentation.changed', ({ items }) => items.length === 0);
  const detail = await desk.ask('documents.read', { id });
  assert.equal(detail.document.stage, 'issued');
  const last = detail.history.at(-1);
  assert.ok(last?.type === 'augmented');
  assert.equal(last.level, 'B-LT');
  const bytes = await desk.readContent(id);
  assert.ok(bytes.subarray(0, before.length).equals(before), 'nothing earlier is touched');
  assert.deepEqual((await levelsOf(desk, id)).slice(0, 2), ['B-LT', 'B-LT']);
  const file = join(scene.dir, 'completed.pdf');
  await writeFile(file, bytes);
  // the third is the document time-stamp, which poppler does not judge
  assert.deepEqual((await pdfsig(file)).slice(0, 2).map(({ valid }) => valid), [true, true]);
  assert.deepEqual((await desk.ask('augmentation.list', {})).items, []);
});

test('a document that goes on while the time-stamp is awaited is tried anew on what it has become', async (t) => {
  const at = place();
  const id = await issuedLetter(scene, at, signing('B-LT', { tsaUrl: '' }));
  scene.services.fault('slow');
  const desk = await open(t, at, { ...signing('B-LT'), role: 'clerk' });
  await desk.ask('augmentation.retry', {});
  await scene.services.whenHeld(1);
  await desk.ask('documents.send', { id, recipients: [department] });
  scene.services.fault(null);
  scene.services.release();
  await desk.once('augmentation.changed', ({ items }) => items.length === 0);
  const { document, history } = await desk.ask('documents.read', { id });
  assert.equal(document.stage, 'sent');
  assert.deepEqual(history.slice(-3).map(({ type }) => type), ['issued', 'sent', 'augmented']);
  assert.deepEqual((await levelsOf(desk, id)).slice(0, 2), ['B-LT', 'B-LT']);
});

test('closing the desk while a service is awaited leaves the document as it was and the job where it stood', async (t) => {
  const at = place();
  const id = await issuedLetter(scene, at, signing('B-LT', { tsaUrl: '' }));
  scene.services.fault('slow');
  const first = await openDeskAt(at, { ...signing('B-LT'), role: 'clerk' });
  await first.ask('augmentation.retry', {});
  await scene.services.whenHeld(1);
  const before = (await first.ask('documents.read', { id })).document;
  await first.close();
  scene.services.fault(null);
  scene.services.release();
  const desk = await open(t, at, { ...signing('B-LT', { tsaUrl: '' }), role: 'clerk', augmentationPauses: { firstMs: 60_000, longestMs: 60_000 } });
  assert.deepEqual((await desk.ask('documents.read', { id })).document, before);
  assert.partialDeepStrictEqual((await desk.ask('augmentation.list', {})).items, [{ id, wanted: 'B-LT' }]);
});

test('what no later try can bring ends the job with its reason, and the person may still ask for one', async (t) => {
  const at = placeIn(scene, `desk-${++counter}`);
  const id = await issuedLetter(scene, at, signing('B-B'));
  // this desk trusts nobody: the chains lead nowhere
  const desk = await open(t, { ...at, trust: { anchors: [], intermediates: [] } }, { ...signing('B-LT'), role: 'clerk' });
  assert.deepEqual((await desk.ask('augmentation.list', {})).items, [], 'B-B asked for nothing');
  const other = await issuedWith(at, 'B-LT');
  const again = await open(t, { ...at, trust: { anchors: [], intermediates: [] } }, { ...signing('B-LT'), role: 'clerk' });
  await again.ask('augmentation.retry', {});
  const { items } = await again.once('augmentation.changed', ({ items: all }) => all.some(({ id: one, problem }) => one === other && problem !== null));
  const item = items.find(({ id: one }) => one === other);
  assert.ok(item?.problem !== undefined && item.problem !== null);
  assert.notEqual(id, other);
  assert.match(item.problem.code, /^augment\./);
  assert.ok(item.problem.message.length > 20);
});

test('B-LTA covers all with a time-stamp of its own, and its renewal waits unseen', async (t) => {
  const at = place();
  const id = await issuedLetter(scene, at, signing('B-LTA', { tsaUrl: '' }));
  const desk = await open(t, at, { ...signing('B-LTA'), role: 'clerk' });
  await desk.ask('augmentation.retry', {});
  await desk.once('augmentation.changed', ({ items }) => items.length === 0);
  assert.deepEqual((await levelsOf(desk, id)).slice(0, 2), ['B-LTA', 'B-LTA']);
  assert.equal((await desk.ask('documents.read', { id })).history.filter(({ type }) => type === 'augmented').length, 1);
});

test('in a run of many a time-stamp server that failed is not asked again', async (t) => {
  scene.services.fault('refused', 'tsa');
  const desk = await open(t, place(), signing('B-T'));
  const ids = [await desk.submitted('Thứ nhất'), await desk.submitted('Thứ hai'), await desk.submitted('Thứ ba')];
  const before = scene.services.count('tsa');
  await desk.ask('batch.start', { mode: 'all', items: ids.map((id) => ({ id, placement: null })), thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin });
  const batch = await desk.batchOnce(({ state }) => state === 'ended');
  assert.deepEqual(batch.items.map(({ status }) => status), ['signed', 'signed', 'signed']);
  const asked = scene.services.count('tsa') - before;
  assert.equal(asked, 1);
  for (const id of ids) assert.deepEqual(await levelsOf(desk, id), ['B-B']);
});

test('a time-stamp server that is slow costs a run one wait and no signature', async (t) => {
  scene.services.fault('slow', 'tsa');
  const desk = await open(t, place(), signing('B-T'));
  const ids = [await desk.submitted('Thứ nhất'), await desk.submitted('Thứ hai'), await desk.submitted('Thứ ba')];
  const before = scene.services.count('tsa');
  await desk.ask('batch.start', { mode: 'all', items: ids.map((id) => ({ id, placement: null })), thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin });
  // nobody lets go what is held: the desk's own patience ends it
  const batch = await desk.batchOnce(({ state }) => state === 'ended');
  assert.deepEqual(batch.items.map(({ status }) => status), ['signed', 'signed', 'signed']);
  assert.equal(scene.services.count('tsa') - before, 1);
  for (const id of ids) assert.deepEqual(await levelsOf(desk, id), ['B-B']);
});

/** Another letter of the same desk. */
async function issuedWith(at: DeskPlace, level: SigningPolicy['level']): Promise<string> {
  return issuedLetter(scene, at, signing(level, { tsaUrl: '' }));
}
