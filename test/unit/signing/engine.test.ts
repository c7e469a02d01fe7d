import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { objectStreamPdf, onePage, tablePdf } from '../pdf/make-pdf.ts';
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
  const output = Buffer.concat([input, result.value.tail]);
  const known = (changes.key ?? pki.leader).algorithm.endsWith('sha256') ? createHash('sha256').update(output).digest('hex') : undefined;
  assert.equal(result.value.sha256, known, 'the hash of the whole is known from the one reading');
  return output;
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
    assert.partialDeepStrictEqual(engine.inspect(bytesSource(twice)), { ok: true, value: { pages: name === 'cong-van-xa' ? 1 : 4, signatures: 2, prepared: false } });
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
  assert.partialDeepStrictEqual(engine.inspect(bytesSource(draft)), { ok: true, value: { pages: 1, signatures: 0, prepared: true } });
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
  assert.equal(issued.value.sha256, createHash('sha256').update(input).update(issued.value.tail).digest('hex'), 'of both updates together');
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
  assert.equal(await code(pdf('giay-moi-encrypted-password')), 'pdf.password-needed');
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

/** The page as mutool shows it, one byte a channel. */
function rendered(document: Uint8Array): Buffer {
  const path = join(folder, 'shown.pdf');
  writeFileSync(path, document);
  const done = run('mutool', ['draw', '-q', '-r', '40', '-F', 'ppm', '-o', join(folder, 'shown.ppm'), path, '1']);
  assert.equal(done.status, 0, done.output);
  return readFileSync(join(folder, 'shown.ppm'));
}

test('an image lands at the same place of the displayed page whatever its rotation, crop box and unit', async () => {
  const upright = rendered(await signed(tablePdf(onePage('', '[0 0 600 840]'))));
  const pages = {
    'rotated by 90': onePage('/Rotate 90', '[0 0 840 600]'),
    'rotated by 180': onePage('/Rotate 180', '[0 0 600 840]'),
    'rotated by 270': onePage('/Rotate -90', '[0 0 840 600]'),
    'cropped': onePage('/CropBox [-20 30 580 870]', '[-50 0 700 900]'),
    'cropped and rotated': onePage('/CropBox [-20 30 820 630] /Rotate 90', '[-50 0 900 900]'),
    'in units of 1/36 inch': onePage('/UserUnit 2', '[0 0 300 420]'),
    'in object streams': null,
  };
  for (const [name, objects] of Object.entries(pages)) {
    const shown = rendered(await signed(objects === null ? objectStreamPdf(onePage('', '[0 0 600 840]'), 2) : tablePdf(objects)));
    assert.equal(shown.length, upright.length, name);
    let different = 0;
    for (let i = 0; i < shown.length; i += 1) if (Math.abs(shown[i]! - upright[i]!) > 96) different += 1;
    assert.ok(different < 150, `${name}: ${different} bytes differ`);
  }
  assert.ok(upright.filter((byte) => byte < 128).length > 300, 'the image is to be seen at all');
});

test('a document that an earlier signer closed is refused', async () => {
  const closed = tablePdf(['<</Type /Catalog /Pages 2 0 R /Perms <</DocMDP 4 0 R>>>>', ...onePage().slice(1), '<</Type /Sig /Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</P 1>>>>]>>']);
  const result = await engine.sign(bytesSource(closed), request());
  assert.deepEqual(result, { ok: false, error: { code: 'pdf.certified-no-changes' } });
});

test('a form, annotations and an indirect list of them stay as they were, and grow', async () => {
  const input = tablePdf([
    '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>',
    ...onePage('/Annots 6 0 R', '[0 0 600 840]').slice(1),
    '<</Fields 7 0 R /DA (/Helv 0 Tf) /SigFlags 0>>',
    '<</FT /Tx /T (chu_ky_1) /Type /Annot /Subtype /Widget /Rect [0 0 10 10] /P 3 0 R>>',
    '[5 0 R]',
    '[5 0 R]',
  ]);
  const output = await signed(input);
  assertJudgesAgree(folder, output, 1, pki.rootPem);
  const json = run('qpdf', ['--json=2', '--json-key=qpdf', join(folder, 'judged.pdf')]).output;
  const objects = JSON.parse(json).qpdf[1];
  assert.equal(objects['obj:7 0 R'].value.length, 2);
  assert.equal(objects['obj:6 0 R'].value.length, 2);
  assert.equal(objects['obj:4 0 R'].value['/SigFlags'], 3);
  assert.equal(objects['obj:4 0 R'].value['/DA'], 'u:/Helv 0 Tf');
  assert.equal(objects[`obj:${objects['obj:7 0 R'].value[1]}`].value['/T'], 'u:chu_ky_2');
});

test('a PNG that hides what is beneath it is refused', async () => {
  // One white pixel, 8-bit RGB, no alpha.
  const opaque = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC', 'base64');
  const result = await engine.sign(bytesSource(pdf('giay-moi')), request({ image: opaque }));
  assert.deepEqual(result, { ok: false, error: { code: 'image.no-alpha' } });
});

test('the leader may move a prepared frame before anything is signed, and the seal goes along', async () => {
  const input = pdf('cong-van-xa');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok && places.value.signature !== null && places.value.seal !== null);
  const prepared = await engine.prepare(bytesSource(input), places.value);
  assert.ok(prepared.ok);
  const moved = { page: 1, rect: { ...places.value.signature.rect, x: places.value.signature.rect.x - 12, y: places.value.signature.rect.y + 7 } };
  const output = await signed(Buffer.concat([input, prepared.value.tail]), { place: moved });
  const found = await engine.findPlaces(bytesSource(output));
  assert.ok(found.ok && found.value.signature !== null && found.value.seal !== null);
  assert.ok(Math.abs(found.value.signature.rect.x - moved.rect.x) < 0.1);
  assert.ok(Math.abs(found.value.seal.rect.x - (places.value.seal.rect.x - 12)) < 0.1);
  assert.ok(Math.abs(found.value.seal.rect.y - (places.value.seal.rect.y + 7)) < 0.1);
});

test('a seal that the clerk drags away still goes into its own field and keeps the leader\'s signature', async () => {
  const input = pdf('quyet-dinh-linearized-objstm');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok && places.value.seal !== null);
  const prepared = await engine.prepare(bytesSource(input), places.value);
  assert.ok(prepared.ok);
  const leaders = await signed(Buffer.concat([input, prepared.value.tail]), { place: places.value.signature });
  const { page, rect: proposed } = places.value.seal;
  const issued = await engine.issue(bytesSource(leaders), { ...request({ key: pki.seal, place: { page, rect: { ...proposed, x: proposed.x - 20 } }, image: image('con-dau-do') }), number: '15', day: '05', month: '02', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  assert.equal(issued.value.field, 'con_dau_co_quan');
  assertJudgesAgree(folder, Buffer.concat([leaders, issued.value.tail]), 2, pki.rootPem);
});

test('a document that is signed or prepared already is not prepared again', async () => {
  const input = pdf('cong-van-xa');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok);
  const once = await engine.prepare(bytesSource(input), places.value);
  assert.ok(once.ok && once.value.tail.length > 0);
  for (const document of [Buffer.concat([input, once.value.tail]), await signed(input)]) {
    const again = await engine.prepare(bytesSource(document), places.value);
    assert.deepEqual(again.ok ? again.value.tail.length : again, 0);
  }
});
