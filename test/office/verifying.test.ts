import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, test, type TestContext } from 'node:test';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import { createSigningEngine } from '../../src-main/signing/engine.ts';
import type { Output } from '../../src-shared/contract/index.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { documentId, personId, type DocumentId } from '../../src-shared/domain/ids.ts';
import { uuidv7 } from '../../src-main/backend/uuid.ts';
import { signingKey } from '../unit/signing/levels-stamp.ts';
import type { TestCertificate } from '../support/pki.ts';
import { arrive, openDeskAt, openServedScene, pdfDir, placeIn, type DeskPlace, type DeskUnderTest, type ServedScene } from './leader-desk.ts';
import { commune, openProvince, password, type Province } from './session-support.ts';

let scene: ServedScene;
let province: Province;
before(async () => { [scene, province] = await Promise.all([openServedScene(), openProvince()]); });
afterEach(() => {
  scene.services.fault(null);
  scene.services.release();
  province.line.mend();
});
after(async () => {
  await province.close();
  await scene.close();
});

const engine = createSigningEngine();

/** As it comes from the department: signed there, with nothing in it that speaks of revocation. `reason` tells two of one second apart. */
async function signedLetter(by: TestCertificate = scene.pki.leader, reason = ''): Promise<Buffer> {
  const letter = await readFile(join(pdfDir, 'giay-moi.pdf'));
  const signed = await engine.sign(bytesSource(letter), { key: signingKey(by), profile: 'pades', chain: [scene.pki.issuing.der], reason, location: '', at: new Date(), place: null, image: null });
  assert.ok(signed.ok);
  return Buffer.concat([letter, signed.value.tail]);
}

async function sit(t: TestContext, place: DeskPlace, more: Parameters<typeof openDeskAt>[1] = {}): Promise<DeskUnderTest> {
  const desk = await openDeskAt(place, {
    role: 'clerk', serverUrl: province.line.url, credentials: { user: 'mai.tt', password }, unit: commune,
    me: { id: personId.parse('mai.tt'), fullName: 'Trần Thị Mai', position: 'Văn thư', unit: commune.code, roles: ['clerk', 'administrator'] }, ...more,
  });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= desk.close());
  t.after(close);
  return { ...desk, close };
}

async function verdictInList(desk: DeskUnderTest): Promise<readonly string[]> {
  return (await desk.ask('documents.list', { folder: 'incoming', query: '', offset: 0, limit: 10 })).rows.map(({ verdict }) => verdict);
}

type Told = Output<'verification.report'>;

/** Looks again at every change, from now on. */
async function reportOnce(desk: DeskUnderTest, id: DocumentId, is: (told: Told) => boolean): Promise<VerificationReport> {
  for (;;) {
    const change = new Promise<void>((resolve) => {
      const stop = desk.on('documents.changed', ({ ids }) => {
        if (!ids.includes(id)) return;
        stop();
        resolve();
      });
    });
    const told = await desk.ask('verification.report', { id });
    if (told.report !== null && is(told)) return told.report;
    await change;
  }
}

const sources = (report: VerificationReport): readonly (string | null)[] => report.signatures.flatMap(({ revocations }) => revocations.map(({ source }) => source));
const unasked = (report: VerificationReport): readonly (string | null)[] => report.signatures.flatMap(({ revocations }) => revocations.map((one) => one.unasked));
const online = (desk: DeskUnderTest): Promise<unknown> => desk.once('sync.status', (status) => status.online);

test('who opens a document is answered at once by what lies here, and in full when the services have spoken', async (t) => {
  const place = placeIn(scene, 'quick');
  const id = await arrive(place, await signedLetter(), 'Giấy mời');
  scene.services.fault('slow', 'ocsp');
  const desk = await sit(t, place);
  await online(desk);
  const { report, more, kept } = await desk.ask('verification.report', { id });
  assert.deepEqual([report?.extent, report?.verdict, more, report?.signatures[0]?.trust.revocation, kept.map(({ extent }) => extent)], ['quick', 'valid', true, 'not-checked', ['quick']]);
  // the background is at it, and whoever looks again waits no longer for that
  await scene.services.whenHeld(1);
  assert.deepEqual(await desk.ask('verification.report', { id }), { report, more: true, kept });
  scene.services.fault(null);
  scene.services.release();
  const full = await reportOnce(desk, id, (told) => told.report?.extent === 'full');
  assert.deepEqual([full.verdict, full.signatures[0]?.trust.revocation, sources(full)], ['valid', 'good', ['asked', 'asked']]);
  const last = await desk.ask('verification.report', { id });
  assert.deepEqual([last.more, last.kept.map(({ extent }) => extent), last.report], [false, ['quick', 'full'], full]);
  assert.equal(full.file.sha256, (await desk.ask('documents.read', { id })).document.content.sha256);
  assert.equal(full.trustList?.version, (await desk.ask('trust.read', {})).version);
});

test('without a line the full examination says whom it could not ask, and asks by itself when the line is back', async (t) => {
  const place = placeIn(scene, 'offline');
  const id = await arrive(place, await signedLetter(), 'Không có mạng');
  province.line.cut();
  const desk = await sit(t, place);
  const report = await reportOnce(desk, id, (told) => told.report?.extent === 'offline');
  assert.deepEqual([report.verdict, unasked(report)], ['valid', ['revocation.offline', 'revocation.offline']]);
  assert.match(report.signatures[0]?.trust.detail ?? '', /đang làm việc không có mạng/);
  province.line.mend();
  await desk.ask('sync.now', {});
  const full = await reportOnce(desk, id, (told) => told.report?.extent === 'full');
  assert.deepEqual([sources(full), unasked(full)], [['asked', 'asked'], [null, null]]);
});

test('what services said is remembered over a restart, and speaks for other documents of the same signer', async (t) => {
  const place = placeIn(scene, 'restart');
  const first = await arrive(place, await signedLetter(), 'Hôm qua');
  const before = await sit(t, place);
  await online(before);
  await reportOnce(before, first, (told) => told.report?.extent === 'full');
  await before.close();
  const second = await arrive(place, await signedLetter(scene.pki.leader, 'Hôm nay'), 'Hôm nay');
  province.line.cut();
  // the full examination may come first, were it not held
  scene.services.fault('slow', 'ocsp');
  const desk = await sit(t, place);
  const told = await desk.ask('verification.report', { id: second });
  assert.deepEqual([told.report?.extent, told.report?.signatures[0]?.trust.revocation, told.report === null ? [] : sources(told.report)], ['quick', 'good', ['cache', 'cache']]);
  assert.match(told.report?.signatures[0]?.trust.detail ?? '', /Theo câu trả lời đã lưu trên máy/);
});

test('a person who asks for it has the services asked anew, and is told what they say now', async (t) => {
  const place = placeIn(scene, 'check');
  const id = await arrive(place, await signedLetter(scene.pki.leaderEc), 'Kiểm tra lại');
  const desk = await sit(t, place);
  await online(desk);
  const first = await reportOnce(desk, id, (told) => told.report?.extent === 'full');
  assert.equal(first.verdict, 'valid');
  scene.services.revoke(scene.pki.leaderEc, new Date(Date.now() - 60_000));
  const { report } = await desk.ask('verification.check', { id });
  assert.deepEqual([report.extent, report.signatures[0]?.trust.revocation, report.verdict], ['full', 'revoked', 'invalid']);
  const told = await desk.ask('verification.report', { id });
  assert.deepEqual(told.report, report);
  assert.deepEqual(await verdictInList(desk), ['invalid']);
  assert.equal((await desk.refused('verification.check', { id: documentId.parse(uuidv7()) })).code, 'not-found');
});

test('a content that is not here is not judged, and says so', async (t) => {
  const place = placeIn(scene, 'not-here');
  const id = await arrive(place, null, 'Chưa tải về');
  province.line.cut();
  const desk = await sit(t, place);
  assert.deepEqual(await desk.ask('verification.report', { id }), { report: null, more: false, kept: [] });
  assert.equal((await desk.refused('verification.check', { id })).code, 'content.not-here');
});

test('when the office believes another list, what was judged by the old one is judged again by itself', async (t) => {
  const place = { ...placeIn(scene, 'trust'), trust: { anchors: [], intermediates: [] } };
  const id = await arrive(place, await signedLetter(), 'Chưa tin ai');
  const desk = await sit(t, place);
  await online(desk);
  const before = await reportOnce(desk, id, (told) => told.report?.extent === 'full');
  assert.deepEqual([before.verdict, before.signatures[0]?.trust.status !== 'trusted'], ['indeterminate', true]);
  const file = { name: 'root.crt', bytes: new Uint8Array(scene.pki.root.der) };
  const { candidates } = await desk.ask('trust.examine', { file });
  const { version } = await desk.ask('trust.add', { file, thumbprints: candidates.map(({ thumbprint }) => thumbprint) });
  const after = await reportOnce(desk, id, ({ report }) => report?.trustList?.version === version);
  assert.deepEqual([after.verdict, after.signatures[0]?.trust.status], ['valid', 'trusted']);
  assert.ok(version > (before.trustList?.version ?? 0));
});

test('what nobody opened is examined by itself, also when the program was closed before it came to that', async (t) => {
  const place = placeIn(scene, 'by-itself');
  const id = await arrive(place, await signedLetter(), 'Chưa ai mở');
  const desk = await sit(t, place);
  await desk.once('documents.changed', ({ ids }) => ids.includes(id));
  assert.deepEqual(await verdictInList(desk), ['valid']);
});

test('of many that came together each has a verdict before the services have spoken of the first', async (t) => {
  const place = placeIn(scene, 'many');
  const ids = [await arrive(place, await signedLetter(), 'Một'), await arrive(place, await signedLetter(scene.pki.leader, 'Hai'), 'Hai'), await arrive(place, await signedLetter(scene.pki.leader, 'Ba'), 'Ba')];
  scene.services.fault('slow', 'ocsp');
  const desk = await sit(t, place);
  await Promise.all(ids.map((id) => desk.once('documents.changed', (change) => change.ids.includes(id))));
  assert.deepEqual(await verdictInList(desk), ['valid', 'valid', 'valid']);
  scene.services.fault(null);
  scene.services.release();
  for (const id of ids) assert.deepEqual(sources(await reportOnce(desk, id, (told) => told.report?.extent === 'full')).every((source) => source === 'asked' || source === 'cache'), true);
});

test('the program ends without waiting for a service, keeps nothing half-known, and takes it up at the next start', async (t) => {
  const place = placeIn(scene, 'ending');
  const id = await arrive(place, await signedLetter(), 'Đang hỏi');
  scene.services.fault('slow', 'ocsp');
  const before = await sit(t, place);
  await online(before);
  await before.ask('verification.report', { id });
  await scene.services.whenHeld(1);
  await before.close();
  scene.services.fault(null);
  scene.services.release();
  const desk = await sit(t, place);
  await online(desk);
  const first = await desk.ask('verification.report', { id });
  assert.deepEqual(first.kept.map(({ extent }) => extent), ['quick']);
  const full = await reportOnce(desk, id, (told) => told.report?.extent === 'full');
  assert.deepEqual(sources(full), ['asked', 'asked']);
});
