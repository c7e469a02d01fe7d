import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { pdfArray, pdfDict, pdfName, pdfNumber, pdfText, type PdfObject } from '../../../src-main/pdf/index.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { onePage, tablePdf } from '../pdf/make-pdf.ts';
import { signPdf, verify } from '../verification/make-pdf.ts';
import { createTestPki as createOtherPki, ecKey, type TestPki as OtherPki } from '../verification/pki.ts';
import { assertJudgesAgree } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

let folder: string;
let pki: TestPki;
let others: OtherPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-certified-'));
  pki = createTestPki(folder);
  others = createOtherPki();
  others.issue('leader', { key: ecKey });
  engine = createSigningEngine();
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
  others.remove();
});

function request(): SignRequest {
  return { key: pki.seal, profile: 'office', chain: pki.chain, reason: '', location: '', at: new Date(), place: { page: 1, rect: { x: 100, y: 60, width: 36, height: 36 } }, image: readFileSync(new URL('images/con-dau-do.png', fixtures)) };
}

/** Certified by another writer, with OpenSSL: the catalog names the signature's object before it is there. */
function certified(level: number | null, options: { readonly fieldEntries?: Readonly<Record<string, PdfObject>> } = {}): Uint8Array {
  const base = tablePdf(['<</Type /Catalog /Pages 2 0 R /Perms <</DocMDP 5 0 R>>>>', ...onePage('', '[0 0 595 842]').slice(1)]);
  const params = pdfDict({ Type: pdfName('TransformParams'), V: pdfName('1.2'), ...(level === null ? {} : { P: pdfNumber(level) }) });
  const reference = pdfArray([pdfDict({ Type: pdfName('SigRef'), TransformMethod: pdfName('DocMDP'), TransformParams: params })]);
  return signPdf(base, others, 'leader', { entries: { Reference: reference, Name: pdfText('Tên tự khai') }, ...options });
}

test('a certified document tells its level and the common name of who certified it', () => {
  for (const [given, level] of [[1, 1], [2, 2], [3, 3], [null, 2], [7, 2]] as const) {
    assert.partialDeepStrictEqual(engine.inspect(bytesSource(certified(given))), { ok: true, value: { certified: { level, by: 'leader' }, signatures: 1 } });
  }
  assert.partialDeepStrictEqual(engine.inspect(bytesSource(readFileSync(new URL('pdf/giay-moi.pdf', fixtures)))), { ok: true, value: { certified: null } });
});

test('a certification that the catalog does not point at counts all the same, as it does for the verifier', async () => {
  const reference = pdfArray([pdfDict({ Type: pdfName('SigRef'), TransformMethod: pdfName('DocMDP'), TransformParams: pdfDict({ P: pdfNumber(1) }) })]);
  const input = signPdf(tablePdf(onePage('', '[0 0 595 842]')), others, 'leader', { entries: { Reference: reference } });
  assert.partialDeepStrictEqual(engine.inspect(bytesSource(input)), { ok: true, value: { certified: { level: 1, by: 'leader' } } });
  assert.deepEqual(await engine.sign(bytesSource(input), request()), { ok: false, error: { code: 'pdf.certified-no-changes' } });
});

test('where the certifier\'s certificate cannot be read, its own /Name stands', () => {
  const bytes = Buffer.from(certified(2));
  const at = bytes.lastIndexOf('/Contents <') + 11;
  bytes.write('ff'.repeat(40), at, 'latin1');
  assert.partialDeepStrictEqual(engine.inspect(bytesSource(bytes)), { ok: true, value: { certified: { level: 2, by: 'Tên tự khai' } } });
});

test('a document closed by its certification, or by a signed field\'s lock, is refused, and prepared for nothing', async () => {
  const base = tablePdf(onePage('', '[0 0 595 842]'));
  const lock = pdfDict({ Type: pdfName('SigFieldLock'), Action: pdfName('All'), P: pdfNumber(1) });
  for (const closed of [certified(1), signPdf(base, others, 'leader', { fieldEntries: { Lock: lock } })]) {
    assert.deepEqual(await engine.sign(bytesSource(closed), request()), { ok: false, error: { code: 'pdf.certified-no-changes' } });
    assert.partialDeepStrictEqual(await engine.prepare(bytesSource(closed), { pages: [], signature: null, seal: null, number: null, day: null, month: null, prepared: false }), { ok: false, error: { code: 'pdf.certified-no-changes' } });
  }
});

test('on top of a certification at P=2 and P=3 our seal leaves every judge content', async () => {
  for (const level of [2, 3]) {
    const input = certified(level);
    const result = await engine.sign(bytesSource(input), request());
    assert.ok(result.ok, JSON.stringify(result));
    const output = Buffer.concat([input, result.value.tail]);
    // OpenSSL would need both roots for the one check: each judge but it, and it for ours.
    const report = await verify(output, [others.root]);
    assert.equal(report.signatures[0]?.verdict, 'valid-extended', JSON.stringify(report.signatures[0], null, 1));
    assert.equal(report.signatures[1]?.integrity, 'intact');
    assertJudgesAgree(folder, output, 2, allRoots());
  }
});

test('the structure tree of a certified document is left alone', async () => {
  const reference = pdfArray([pdfDict({ Type: pdfName('SigRef'), TransformMethod: pdfName('DocMDP'), TransformParams: pdfDict({ P: pdfNumber(2) }) })]);
  const tagged = readFileSync(new URL('pdf/giay-moi-chromium.pdf', fixtures));
  for (const [input, touched] of [[signPdf(tagged, others, 'leader', { entries: { Reference: reference } }), false], [signPdf(tagged, others, 'leader'), true]] as const) {
    const result = await engine.sign(bytesSource(input), request());
    assert.ok(result.ok, JSON.stringify(result));
    assert.equal(/\/OBJR|\/StructElem|\/StructParent \d|\/ParentTree/.test(Buffer.from(result.value.tail).toString('latin1')), touched);
    assert.equal((await verify(Buffer.concat([input, result.value.tail]), [others.root])).signatures[0]?.verdict, 'valid-extended');
  }
});

function allRoots(): string {
  const path = join(folder, 'roots.pem');
  const other = `-----BEGIN CERTIFICATE-----\n${Buffer.from(others.root).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  writeFileSync(path, readFileSync(pki.rootPem, 'utf8') + other);
  return path;
}
