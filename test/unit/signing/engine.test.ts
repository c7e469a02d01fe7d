import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { assertJudgesAgree, extractSignatures, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const names = ['bao-cao-quy', 'cong-van-xa', 'cong-van-xa-gs14', 'giay-moi', 'giay-moi-chromium', 'phu-luc', 'quyet-dinh', 'quyet-dinh-linearized-objstm'];
const rect = { x: 110, y: 180, width: 50, height: 25 };

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-signing-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

function pdf(name: string): Uint8Array {
  return readFileSync(new URL(`pdf/${name}.pdf`, fixtures));
}

function image(name: 'chu-ky-lanh-dao' | 'con-dau-do'): Uint8Array {
  return readFileSync(new URL(`images/${name}.png`, fixtures));
}

function request(changes: Partial<SignRequest> = {}): SignRequest {
  return { key: pki.leader, profile: 'office', chain: pki.chain, reason: 'Ký duyệt', location: 'Xã Thử', at: new Date(), place: { page: 1, rect }, image: image('chu-ky-lanh-dao'), ...changes };
}

async function signed(input: Uint8Array, changes: Partial<SignRequest> = {}): Promise<Uint8Array> {
  const result = await engine.sign(bytesSource(input), request(changes));
  assert.ok(result.ok, JSON.stringify(result));
  return Buffer.concat([input, result.value.tail]);
}

for (const name of names) {
  for (const profile of ['office', 'pades'] as const) {
    test(`${name} signed in the profile ${profile} satisfies every judge`, async () => {
      const output = await signed(pdf(name), { profile });
      assertJudgesAgree(folder, output, 1, pki.rootPem);
      const subFilter = profile === 'office' ? '/adbe.pkcs7.detached' : '/ETSI.CAdES.detached';
      assert.ok(Buffer.from(output).includes(subFilter));
    });
  }
}

test('a second signature keeps the first, on tables and on streams', async () => {
  for (const name of ['cong-van-xa', 'quyet-dinh-linearized-objstm']) {
    const once = await signed(pdf(name));
    const twice = await signed(once, { key: pki.seal, profile: 'pades', place: { page: 1, rect: { ...rect, x: 60 } }, image: image('con-dau-do') });
    assert.deepEqual(Buffer.from(twice.subarray(0, once.length)), Buffer.from(once));
    assertJudgesAgree(folder, twice, 2, pki.rootPem);
    assert.deepEqual(engine.inspect(bytesSource(twice)), { ok: true, value: { pages: name === 'cong-van-xa' ? 1 : 4, signatures: 2, prepared: false } });
  }
});

test('keys on P-256 and P-384 sign as well as RSA', async () => {
  for (const key of [pki.ec256, pki.ec384]) assertJudgesAgree(folder, await signed(pdf('giay-moi'), { key }), 1, pki.rootPem);
});

test('an invisible signature and one without an image satisfy every judge', async () => {
  const invisible = await signed(pdf('giay-moi'), { place: null, image: null });
  assertJudgesAgree(folder, invisible, 1, pki.rootPem);
  assertJudgesAgree(folder, await signed(invisible, { image: null }), 2, pki.rootPem);
});

test('a prepared document is signed and issued into its own fields', async () => {
  const input = pdf('cong-van-xa');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok);
  const prepared = await engine.prepare(bytesSource(input), places.value);
  assert.ok(prepared.ok);
  const draft = Buffer.concat([input, prepared.value.tail]);
  assert.deepEqual(engine.inspect(bytesSource(draft)), { ok: true, value: { pages: 1, signatures: 0, prepared: true } });
  assert.doesNotMatch(prepared.value.tail.toString(), /NeedAppearances/);

  const approved = await engine.sign(bytesSource(draft), request({ place: places.value.signature }));
  assert.ok(approved.ok);
  assert.equal(approved.value.field, 'chu_ky_lanh_dao');
  const leaders = Buffer.concat([draft, approved.value.tail]);
  assertJudgesAgree(folder, leaders, 1, pki.rootPem);

  const issued = await engine.issue(bytesSource(leaders), { ...request({ key: pki.seal, place: places.value.seal, image: image('con-dau-do') }), number: '15', day: '05', month: '02', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  assert.equal(issued.value.field, 'con_dau_co_quan');
  const output = Buffer.concat([leaders, issued.value.tail]);
  assertJudgesAgree(folder, output, 2, pki.rootPem);
  const text = run('pdftotext', ['-layout', join(folder, 'judged.pdf'), '-']).output;
  assert.match(text, /Số:\s*15\s*\//);
  assert.match(text, /ngày\s*05\s*tháng\s*02\s*năm/);
});

test('a document from elsewhere gets its number and date inside the appearance of the seal', async () => {
  const leaders = await signed(pdf('cong-van-xa'));
  const places = await engine.findPlaces(bytesSource(leaders));
  assert.ok(places.ok);
  const issued = await engine.issue(bytesSource(leaders), { ...request({ key: pki.seal, place: { page: 1, rect: { x: 90, y: 175, width: 36, height: 36 } }, image: image('con-dau-do') }), number: '15', day: '05', month: '02', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  assertJudgesAgree(folder, Buffer.concat([leaders, issued.value.tail]), 2, pki.rootPem);
  assert.match(run('pdftotext', ['-layout', join(folder, 'judged.pdf'), '-']).output, /Số:\s*15\s*\//);
});

test('a number on another page than the seal gets a signature of its own there', async () => {
  const input = pdf('quyet-dinh');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok);
  const issued = await engine.issue(bytesSource(input), { ...request({ key: pki.seal, place: { page: 4, rect: { x: 90, y: 175, width: 36, height: 36 } }, image: image('con-dau-do') }), number: '15', day: '05', month: '02', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  assertJudgesAgree(folder, Buffer.concat([input, issued.value.tail]), 2, pki.rootPem);
  assert.match(run('pdftotext', ['-layout', '-l', '1', join(folder, 'judged.pdf'), '-']).output, /Số:\s*15\s*\//);
});

test('what cannot be signed is refused with its reason', async () => {
  const code = async (input: Uint8Array, changes: Partial<SignRequest> = {}): Promise<string> => {
    const result = await engine.sign(bytesSource(input), request(changes));
    return result.ok ? 'ok' : result.error.code;
  };
  assert.equal(await code(Buffer.from('Đây là văn bản thường, không phải PDF.\n'.repeat(100))), 'pdf.not-pdf');
  assert.equal(await code(new Uint8Array(0)), 'file.empty');
  assert.equal(await code(pdf('bao-cao-quy-encrypted')), 'pdf.encrypted');
  assert.equal(await code(pdf('cong-van-xa').subarray(0, 40_000)), 'pdf.broken');
  assert.equal(await code(Buffer.concat([pdf('cong-van-xa'), Buffer.from('thừa')])), 'pdf.broken');
  assert.equal(await code(pdf('giay-moi'), { place: { page: 2, rect } }), 'pdf.no-such-page');
  assert.equal(await code(pdf('giay-moi'), { place: { page: 1, rect: { ...rect, x: 180 } } }), 'placement.outside-page');
  assert.equal(await code(pdf('giay-moi'), { image: Buffer.from('không phải ảnh') }), 'image.not-png');
  assert.equal(await code(pdf('giay-moi'), { field: 'không có' }), 'not-found');
  assert.equal(await code(pdf('giay-moi'), { key: pki.weak }), 'certificate.weak-key');
  assert.equal(await code(pdf('giay-moi'), { key: pki.keyAgreement }), 'certificate.wrong-usage');
  assert.equal(await code(pdf('giay-moi'), { at: new Date(Date.now() + 40 * 86_400_000) }), 'certificate.expired');
  assert.equal(await code(pdf('giay-moi'), { at: new Date(Date.now() - 40 * 86_400_000) }), 'certificate.not-yet-valid');
});

test('a token that answers with another signature leaves nothing behind', async () => {
  const lying = { ...pki.leader, sign: pki.seal.sign };
  const result = await engine.sign(bytesSource(pdf('giay-moi')), request({ key: lying }));
  assert.deepEqual(result, { ok: false, error: { code: 'signing.self-check-failed' } });
});

test('the signed ranges are everything but the contents of the signature', async () => {
  const output = await signed(pdf('giay-moi'));
  const [found] = extractSignatures(output);
  assert.ok(found !== undefined);
  const [start, first, second, length] = found.range;
  assert.equal(start, 0);
  assert.equal(second! + length!, output.length);
  assert.match(Buffer.from(output.subarray(first, second)).toString('latin1'), /^<[0-9A-F]+>$/);
});
