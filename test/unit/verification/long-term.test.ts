import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as asn1 from 'asn1js';
import { Attribute, ContentInfo, SignedAndUnsignedAttributes, SignedData } from 'pkijs';
import { entryOf, pdfArray, pdfDict, pdfRef, withEntries, type PdfFile, type PdfUpdate } from '../../../src-main/pdf/index.ts';
import { codes, readFixture, signPdf, updatePdf, verify } from './make-pdf.ts';
import { createTestPki, ecKey, type TestPki } from './pki.ts';

let pki: TestPki;
let signed: Uint8Array;

before(() => {
  pki = createTestPki();
  pki.issue('leader', { key: ecKey });
  signed = signPdf(readFixture('cong-van-xa.pdf'), pki, 'leader');
});
after(() => pki.remove());

/** The CMS with a time-stamp token over `stamped` as its unsigned attribute. */
function withToken(cms: Uint8Array, stamped: 'signature' | 'else'): Uint8Array {
  const info = ContentInfo.fromBER(Uint8Array.from(cms));
  const data = new SignedData({ schema: info.content });
  const [signer] = data.signerInfos;
  assert.ok(signer !== undefined);
  const token = pki.timestamp(stamped === 'signature' ? new Uint8Array(signer.signature.valueBlock.valueHexView) : Buffer.from('khác'));
  signer.unsignedAttrs = new SignedAndUnsignedAttributes({ type: 1, attributes: [new Attribute({ type: '1.2.840.113549.1.9.16.2.14', values: [asn1.fromBER(Uint8Array.from(token)).result] })] });
  return new Uint8Array(new ContentInfo({ contentType: info.contentType, content: data.toSchema(true) }).toSchema().toBER(false));
}

test('a time-stamp over the signature value proves the time and makes B-T', async () => {
  const stamped = signPdf(readFixture('phu-luc.pdf'), pki, 'leader', { container: (_, cms) => withToken(cms(), 'signature') });
  const report = await verify(stamped, [pki.root]);
  assert.equal(report.verdict, 'valid', JSON.stringify(report, null, 1));
  assert.equal(report.signatures[0]?.level, 'B-T');
  assert.equal(report.signatures[0]?.time?.proven, true);
  const untrusted = await verify(stamped, []);
  assert.equal(untrusted.signatures[0]?.time?.proven, false);
  assert.ok(codes(untrusted).includes('timestamp.untrusted'));
});

test('a time-stamp over something else is not counted, and said', async () => {
  const report = await verify(signPdf(readFixture('phu-luc.pdf'), pki, 'leader', { container: (_, cms) => withToken(cms(), 'else') }), [pki.root]);
  assert.equal(report.signatures[0]?.level, 'B-B');
  assert.equal(report.signatures[0]?.time?.proven, false);
  assert.ok(codes(report).includes('timestamp.imprint-mismatch'));
});

test('a document time-stamp after a signature is lawful, even where the signer allowed nothing else', async () => {
  const stamped = signPdf(signed, pki, 'leader', { name: 'Stamp', subFilter: 'ETSI.RFC3161', container: (data) => pki.timestamp(data) });
  const report = await verify(stamped, [pki.root]);
  assert.deepEqual(report.signatures.map((each) => each.verdict), ['valid-extended', 'valid'], JSON.stringify(report, null, 1));
  assert.equal(report.signatures[1]?.time?.proven, true);
  const wrong = await verify(signPdf(signed, pki, 'leader', { name: 'Stamp', subFilter: 'ETSI.RFC3161', container: () => pki.timestamp(Buffer.from('khác')) }), [pki.root]);
  assert.equal(wrong.signatures[1]?.verdict, 'invalid');
});

test('a DSS may be added and grow, not shrink or change', async () => {
  let certificate = 0;
  const added = updatePdf(signed, (file, update) => {
    certificate = update.allocate();
    putStream(update, certificate, pki.root);
    setStore(file, update, [certificate]);
  });
  const first = await verify(added, [pki.root]);
  assert.equal(first.verdict, 'valid-extended', JSON.stringify(first, null, 1));
  // Certificates alone prove nothing of revocation.
  assert.ok(codes(first).includes('revocation.not-checked'));
  const grown = updatePdf(added, (file, update) => {
    const other = update.allocate();
    putStream(update, other, pki.issuing);
    setStore(file, update, [certificate, other]);
  });
  assert.equal((await verify(grown, [pki.root])).verdict, 'valid-extended');
  assert.equal((await verify(updatePdf(grown, (file, update) => setStore(file, update, [certificate])), [pki.root])).verdict, 'invalid');
  assert.equal((await verify(updatePdf(grown, (_, update) => putStream(update, certificate, pki.issuing)), [pki.root])).verdict, 'invalid');
});

function putStream(update: PdfUpdate, num: number, bytes: Uint8Array): void {
  update.put(num, 0, Buffer.concat([Buffer.from(`<</Length ${bytes.length}>>\nstream\n`), bytes, Buffer.from('\nendstream')]));
}

function setStore(file: PdfFile, update: PdfUpdate, certificates: readonly number[]): void {
  const root = entryOf(file.trailer, 'Root');
  assert.ok(root.kind === 'ref');
  update.put(root.num, root.gen, withEntries(file.catalog, { DSS: pdfDict({ Certs: pdfArray(certificates.map((num) => pdfRef(num))) }) }));
}
