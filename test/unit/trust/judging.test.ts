import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createTrust } from '../../../src-main/trust/trust.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { readFixture, signPdf } from '../verification/make-pdf.ts';
import { createCertificates, listOf, sha256 } from './certificates.ts';

const pki = createCertificates();
after(pki.remove);

test('a signature is judged by the list as it stands: nothing to judge by, an authority added, and taken away again', async () => {
  pki.issue('leader');
  const bytes = signPdf(readFixture('cong-van-xa.pdf'), pki, 'leader');
  const source = { sizeBytes: bytes.length, read: (offset: number, length: number) => bytes.subarray(offset, offset + length) };
  const values = new Map<string, string>();
  const now = new Date(Date.now() + 60_000);
  const trust = createTrust({ settings: { getSetting: (key) => values.get(key) ?? null, setSetting: (key, value) => void values.set(key, value) }, now: () => now, log: () => undefined });
  const judge = async (): Promise<readonly string[]> => {
    const { verdict, signatures } = await createVerifier({}).verify(source, { ...trust, now });
    return [verdict, signatures[0]?.trust.status ?? ''];
  };
  assert.deepEqual(await judge(), ['indeterminate', 'unknown']);
  // what only helps on the way is no authority
  trust.add(pki.pem('issuing'), [sha256(pki.issuing)]);
  assert.deepEqual(await judge(), ['indeterminate', 'unknown']);
  trust.server.take({ list: JSON.stringify(listOf(1, [{ role: 'anchor', der: pki.root2 }])), signature: null }, null);
  assert.deepEqual(await judge(), ['indeterminate', 'untrusted']);
  trust.server.take({ list: JSON.stringify(listOf(2, [{ role: 'anchor', der: pki.root }])), signature: null }, null);
  assert.equal((await judge())[1], 'trusted');
  // a sub CA that the list itself calls an anchor is one, without its root
  trust.server.take({ list: JSON.stringify(listOf(3, [{ role: 'anchor', der: pki.issuing }])), signature: null }, null);
  assert.equal((await judge())[1], 'trusted');
  trust.follow(false);
  assert.deepEqual(await judge(), ['indeterminate', 'unknown']);
});
