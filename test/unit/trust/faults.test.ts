import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readCertificate } from '../../../src-main/verification/certificate.ts';
import { createCertificates } from './certificates.ts';

const pki = createCertificates();
after(pki.remove);

test('a certificate whose first or last day is no day is none', () => {
  const text = Buffer.from(pki.root).toString('latin1');
  // UTCTime, YYMMDDHHMMSSZ (RFC 5280 4.1.2.5.1)
  const times = [...text.matchAll(/\d{12}Z/g)];
  assert.equal(times.length, 2);
  for (const { index } of times) {
    const bytes = Uint8Array.from(pki.root);
    // the month
    bytes.set([0x39, 0x39], index + 2);
    assert.equal(readCertificate(bytes), null);
  }
  assert.notEqual(readCertificate(pki.root), null);
});
