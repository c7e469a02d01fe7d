import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import { pdfArray, pdfDict, pdfName, pdfNumber, pdfRef, pdfText, withEntries } from '../../src-main/pdf/index.ts';
import { opensslCmsVerifies, pdfsig, sliceSignatures } from '../support/judges.ts';
import { updatePdf } from '../unit/verification/make-pdf.ts';
import { arrive, giveBooks, issuedLetter, openDeskAt, openServedScene, pdfDir, placeIn, type DeskPlace, type DeskUnderTest, type ServedScene } from './leader-desk.ts';

let scene: ServedScene;
let counter = 0;
before(async () => { scene = await openServedScene(); });
after(async () => { await scene.close(); });
beforeEach(() => scene.services.fault(null));

function place(): DeskPlace {
  return placeIn(scene, `desk-${++counter}`);
}

async function open(t: TestContext, at: DeskPlace, more: Parameters<typeof openDeskAt>[1] = {}): Promise<DeskUnderTest> {
  const desk = await openDeskAt(at, more);
  t.after(() => desk.close());
  return desk;
}

const leader = () => ({ thumbprint: scene.token.leaderThumbprint, pin: scene.token.pin });
const office = () => ({ thumbprint: scene.token.organizationThumbprint, pin: scene.token.pin });
const password = 'Mật khẩu 2026';
const somewhere = { page: 1, rect: { x: 120, y: 200, width: 40, height: 17.6 } };

/** A letter that our leader signed, as its bytes. */
async function signedLetter(t: TestContext): Promise<Buffer> {
  const desk = await open(t, place());
  const id = await desk.submitted('Văn bản đã ký');
  await desk.ask('signing.approve', { id, ...leader(), placement: somewhere });
  return desk.readContent(id);
}

/** As another program writes a note over the page. */
function withNote(bytes: Uint8Array): Uint8Array {
  return updatePdf(bytes, (file, update) => {
    const page = file.findPage(0);
    assert.ok(page !== null);
    const note = update.allocate();
    update.put(note, 0, pdfDict({ Type: pdfName('Annot'), Subtype: pdfName('FreeText'), Rect: pdfArray([0, 0, 300, 300].map(pdfNumber)), Contents: pdfText('Số tiền: 900 triệu') }));
    const present = file.get(page.dict, 'Annots');
    update.put(page.num, 0, withEntries(page.dict, { Annots: pdfArray([...(present.kind === 'array' ? present.items : []), pdfRef(note)]) }));
  });
}

test('what a person should know before signing: pages, signatures, prepared fields; of an unsigned file nothing has changed', async (t) => {
  const desk = await open(t, place());
  const id = await desk.submitted('Chưa ai ký');
  assert.partialDeepStrictEqual(await desk.ask('signing.inspect', { id }), { pages: 1, signatures: 0, prepared: true, certified: null, protection: 'none', changedSince: null });
  await desk.ask('signing.approve', { id, ...leader(), placement: somewhere });
  assert.partialDeepStrictEqual(await desk.ask('signing.inspect', { id }), { signatures: 1, changedSince: null });
});

test('content added after a signature is shown, and is signed over only by its name', async (t) => {
  const at = place();
  const id = await arrive(at, withNote(await signedLetter(t)), 'Đã thêm nội dung sau khi ký');
  giveBooks(at);
  const clerk = await open(t, at, { role: 'clerk' });
  await clerk.ask('documents.register', { id, reason: 'Nơi gửi xác nhận đã thêm ghi chú' });
  const { changedSince } = await clerk.ask('signing.inspect', { id });
  assert.ok(changedSince !== null);
  assert.equal(changedSince.signer, 'Nguyễn Đức Thắng');
  assert.ok(changedSince.details.length > 0);
  const before = await clerk.ask('documents.read', { id });
  const input = { id, ...office(), mark: { kind: 'incoming', forwardTo: 'Lãnh đạo', fileCode: 'HS-01' }, placement: null } as const;
  for (const accepted of [null, 'another field']) {
    const error = await clerk.refused('signing.mark', { ...input, accepted });
    assert.deepEqual([error.code, error.params], ['signing.changed-since', { signer: 'Nguyễn Đức Thắng' }]);
  }
  assert.deepEqual((await clerk.ask('documents.read', { id })).document, before.document);
  const marked = await clerk.ask('signing.mark', { ...input, accepted: changedSince.field });
  assert.equal(marked.document.content.parent, before.document.content.sha256);
});

test('dấu đến, sao and bút phê: each by whose it is, at its step, with the office’s own words, as a signature that foreign judges take', async (t) => {
  const at = place();
  const original = await readFile(join(pdfDir, 'quyet-dinh.pdf'));
  const id = await arrive(at, original, 'Quyết định của tỉnh');
  giveBooks(at);
  const clerk = await openDeskAt(at, { role: 'clerk' });
  const incoming = { kind: 'incoming', forwardTo: 'Chủ tịch', fileCode: 'HS-07' } as const;
  const note = { kind: 'comment', text: 'Giao Văn phòng tham mưu, báo cáo trước ngày 30/11.' } as const;
  assert.equal((await clerk.refused('signing.mark', { id, ...office(), mark: incoming, placement: null })).code, 'workflow.wrong-stage');
  await clerk.ask('documents.register', { id });
  assert.equal((await clerk.refused('signing.mark', { id, ...office(), mark: note, placement: null })).code, 'not-allowed');
  const preview = await clerk.ask('signing.previewMark', { id, mark: incoming, placement: null });
  assert.deepEqual([preview.layers.map(({ page }) => page), Math.round(preview.place.rect.width), Math.round(preview.place.rect.height)], [[1], 50, 35]);
  const stamped = await clerk.ask('signing.mark', { id, ...office(), mark: incoming, placement: null });
  assert.deepEqual([stamped.document.stage, stamped.history.at(-1)?.type], ['registered', 'marked']);
  await clerk.ask('signing.mark', { id, ...office(), mark: { kind: 'copy', form: 'sao-y' }, placement: null });
  await clerk.ask('documents.present', { id, note: '' });
  await clerk.close();

  const chief = await open(t, at);
  const noted = await chief.ask('signing.mark', { id, ...leader(), mark: note, placement: null });
  const last = noted.history.at(-1);
  assert.ok(last?.type === 'marked');
  assert.deepEqual([last.mark, last.text, last.signer], ['comment', note.text, 'Nguyễn Đức Thắng']);
  const bytes = await chief.readContent(id);
  assert.ok(bytes.subarray(0, original.length).equals(original), 'the sender’s file is a prefix');
  const file = join(scene.dir, 'marked.pdf');
  await writeFile(file, bytes);
  assert.deepEqual((await pdfsig(file)).map(({ valid }) => valid), [true, true, true]);
  for (const slice of sliceSignatures(bytes)) assert.ok(await opensslCmsVerifies(slice, await readFile(scene.pki.chainPem, 'utf8')));
});

test('phụ lục: a separate file carries number, date and time of the letter, once it is issued', async (t) => {
  const at = place();
  const id = await issuedLetter(scene, at);
  const clerk = await open(t, at, { role: 'clerk' });
  const done = await clerk.ask('signing.mark', { id, ...office(), mark: { kind: 'appendix' }, placement: null });
  assert.deepEqual([done.document.stage, done.history.at(-1)?.type], ['issued', 'marked']);
  assert.equal(sliceSignatures(await clerk.readContent(id)).length, 3);
});

test('a certificate is asked about before the PIN: good, unknown without a line, and one that is revoked signs nothing', async (t) => {
  const desk = await open(t, place());
  const good = await desk.ask('certificates.check', { thumbprint: scene.token.leaderThumbprint });
  assert.deepEqual([good.status, good.checkedAt !== null], ['good', true]);
  assert.equal((await desk.refused('certificates.check', { thumbprint: '0'.repeat(64) })).code, 'token.certificate-missing');

  scene.services.fault('down');
  const unknown = await (await open(t, place())).ask('certificates.check', { thumbprint: scene.token.leaderThumbprint });
  assert.deepEqual([unknown.status, unknown.checkedAt], ['unknown', null]);
  assert.match(unknown.message, /127\.0\.0\.1/);
  const offline = await open(t, place());
  const id = await offline.submitted('Ký khi không hỏi được');
  assert.equal((await offline.ask('signing.approve', { id, ...leader(), placement: somewhere })).document.stage, 'approved');

  scene.services.fault(null);
  const other = scene.pki.leaderEc;
  scene.services.revoke(other, new Date('2026-11-01T00:00:00Z'));
  const logins = join(scene.dir, 'logins');
  await writeFile(logins, '');
  await scene.shim('SHIM_LOGINS', logins);
  const revoked = await desk.ask('certificates.check', { thumbprint: other.thumbprint });
  assert.equal(revoked.status, 'revoked');
  assert.match(revoked.message, /01\/11\/2026/);
  const waiting = await desk.submitted('Chứng thư đã thu hồi');
  const error = await desk.refused('signing.approve', { id: waiting, thumbprint: other.thumbprint, pin: scene.token.pin, placement: somewhere });
  assert.deepEqual([error.code, error.params], ['certificate.revoked', { date: '01/11/2026' }]);
  assert.equal((await desk.refused('batch.start', { mode: 'all', items: [{ id: waiting, placement: null }], thumbprint: other.thumbprint, pin: scene.token.pin })).code, 'certificate.revoked');
  assert.equal((await desk.ask('documents.read', { id: waiting })).document.stage, 'submitted');
  assert.equal(await readFile(logins, 'utf8'), '', 'no PIN reached the token');
  await scene.shim('SHIM_LOGINS', null);
});

test('an encrypted file asks for its password once, for what continues it too, and forgets it with the program', async (t) => {
  const at = place();
  const shut = join(scene.dir, 'shut.pdf');
  execFileSync('qpdf', ['--password-mode=unicode', '--encrypt', password, 'owner', '256', '--', join(pdfDir, 'giay-moi.pdf'), shut]);
  const id = await arrive(at, await readFile(shut), 'Giấy mời có mật khẩu');
  giveBooks(at);
  const clerk = await openDeskAt(at, { role: 'clerk' });
  await clerk.ask('documents.register', { id, reason: 'Nơi gửi cho mật khẩu qua điện thoại' });
  const mark = { id, ...office(), mark: { kind: 'incoming', forwardTo: '', fileCode: '' }, placement: null } as const;
  assert.equal((await clerk.refused('signing.inspect', { id })).code, 'pdf.password-needed');
  assert.equal((await clerk.refused('signing.mark', mark)).code, 'pdf.password-needed');
  assert.equal((await clerk.refused('content.unlock', { id, password: 'sai' })).code, 'pdf.password-wrong');
  await clerk.ask('content.unlock', { id, password });
  assert.equal((await clerk.ask('signing.inspect', { id })).protection, 'password');
  await clerk.ask('signing.mark', mark);
  assert.partialDeepStrictEqual(await clerk.ask('signing.inspect', { id }), { signatures: 1, protection: 'password' });
  assert.equal((await clerk.ask('verification.report', { id })).report?.signatures[0]?.integrity, 'intact');
  await clerk.close();
  assert.equal((await (await open(t, at, { role: 'clerk' })).refused('signing.inspect', { id })).code, 'pdf.password-needed');
});
