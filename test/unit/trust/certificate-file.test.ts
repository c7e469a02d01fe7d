import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { readCertificateFile } from '../../../src-main/trust/certificate-file.ts';
import { createCertificates } from './certificates.ts';

const pki = createCertificates();
after(pki.remove);
const both = Buffer.concat([pki.pem('root'), Buffer.from('\r\nghi chú của nơi cấp\r\n'), pki.pem('issuing')]);

test('PEM of several certificates is read in its order, each once, with what stands between them passed over', () => {
  assert.deepEqual(readCertificateFile(both), [pki.root, pki.issuing]);
  assert.deepEqual(readCertificateFile(Buffer.concat([both, pki.pem('root')])), [pki.root, pki.issuing]);
});

test('PEM that an editor saved as UTF-16 or with Windows line ends is read', () => {
  const text = pki.pem('root').toString().replaceAll('\n', '\r\n');
  assert.deepEqual(readCertificateFile(Buffer.from(text)), [pki.root]);
  assert.deepEqual(readCertificateFile(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])), [pki.root]);
  assert.deepEqual(readCertificateFile(Buffer.from(`\uFEFF${text}`)), [pki.root]);
});

test('a DER file is its one certificate', () => {
  assert.deepEqual(readCertificateFile(pki.root), [pki.root]);
});

test('PKCS#7 of certificates alone is read as DER and as PEM', () => {
  writeFileSync(pki.path('both.pem'), both);
  for (const form of ['DER', 'PEM']) {
    pki.openssl('crl2pkcs7', '-nocrl', '-certfile', 'both.pem', '-outform', form, '-out', 'both.p7b');
    const found = readCertificateFile(readFileSync(pki.path('both.p7b')));
    assert.deepEqual(new Set(found.map((der) => Buffer.from(der).toString('hex'))), new Set([pki.root, pki.issuing].map((der) => Buffer.from(der).toString('hex'))), form);
  }
});

test('PKCS#7 that a tool streamed with indefinite lengths is read too', () => {
  writeFileSync(pki.path('both.pem'), both);
  pki.issue('signer');
  pki.openssl('cms', '-sign', '-binary', '-nodetach', '-stream', '-in', 'signer.ext', '-certfile', 'both.pem', '-signer', 'signer.pem', '-inkey', 'signer.key', '-outform', 'DER', '-out', 'streamed.p7b');
  const bytes = readFileSync(pki.path('streamed.p7b'));
  assert.equal(bytes[1], 0x80, 'its length is not told');
  const found = new Set(readCertificateFile(bytes).map((der) => Buffer.from(der).toString('hex')));
  for (const der of [pki.root, pki.issuing]) assert.ok(found.has(Buffer.from(der).toString('hex')));
  assert.deepEqual(readCertificateFile(bytes.subarray(0, -4)), []);
});

test('a key, a text, a cut file and nothing hold no certificate', () => {
  for (const bytes of [readFileSync(pki.path('root.key')), Buffer.from('không phải chứng thư'), pki.root.subarray(0, -1), new Uint8Array(0), Buffer.from('%PDF-1.7\n')]) assert.deepEqual(readCertificateFile(bytes), []);
});
