import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { readTrust } from '../../../src-main/cli/certificates.ts';
import { createCertificates } from './certificates.ts';

const pki = createCertificates();
after(pki.remove);

test('--trust takes a file as authorities publish it: PEM, DER and PKCS#7', () => {
  writeFileSync(pki.path('both.pem'), Buffer.concat([pki.pem('root'), pki.pem('issuing')]));
  writeFileSync(pki.path('root.cer'), pki.root);
  pki.openssl('crl2pkcs7', '-nocrl', '-certfile', 'both.pem', '-outform', 'DER', '-out', 'both.p7b');
  for (const file of ['both.pem', 'both.p7b']) assert.deepEqual(readTrust([pki.path(file)]), { ok: true, value: { anchors: [pki.root], intermediates: [pki.issuing] } }, file);
  assert.deepEqual(readTrust([pki.path('root.cer')]), { ok: true, value: { anchors: [pki.root], intermediates: [] } });
  for (const file of ['root.key', 'nowhere.pem']) assert.deepEqual(readTrust([pki.path(file)]), { ok: false, error: { code: 'file.unreadable', params: { path: pki.path(file) } } });
});
