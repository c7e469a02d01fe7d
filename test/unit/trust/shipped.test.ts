import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { trustManifest } from '../../../src-shared/protocol/trust.ts';
import { readShipped, readTrustStore } from '../../../src-main/trust/shipped.ts';
import { createCertificates, sha256, writeFolder } from './certificates.ts';

const shippedDir = fileURLToPath(new URL('../../../resources/trust', import.meta.url));
const pki = createCertificates();
after(pki.remove);

test('a certificate has the role that the manifest gives it, whoever issued it', () => {
  const dir = writeFolder(pki, 'roles', [{ file: 'a.pem', role: 'intermediate', der: pki.root }, { file: 'b.cer', role: 'anchor', der: pki.issuing }]);
  assert.deepEqual(readTrustStore(dir), { anchors: [pki.issuing], intermediates: [pki.root], rejected: [] });
});

test('a file of another hash, one that is no authority, one that is not there and one that nobody named are refused and told; the rest stands', () => {
  const clerk = pki.issue('clerk');
  const dir = writeFolder(pki, 'refused', [
    { file: 'good.pem', role: 'anchor', der: pki.root },
    { file: 'changed.pem', role: 'anchor', der: pki.root2, sha256: sha256(pki.root) },
    { file: 'clerk.pem', role: 'anchor', der: clerk },
    { file: 'gone.pem', role: 'anchor', der: pki.issuing },
  ]);
  writeFileSync(`${dir}/gone.pem`, '');
  copyFileSync(pki.path('root2.pem'), `${dir}/stray.crt`);
  const { anchors, intermediates, rejected } = readTrustStore(dir);
  assert.deepEqual([anchors, intermediates], [[pki.root], []]);
  assert.deepEqual(rejected, ['changed.pem: another hash', 'clerk.pem: not-ca', 'gone.pem: not one certificate', 'stray.crt: unnamed']);
});

test('what is expected and not shipped is not believed, even when its file lies there', () => {
  const dir = writeFolder(pki, 'expected', [{ file: 'a.pem', role: 'anchor', der: pki.root }]);
  const manifest = JSON.parse(readFileSync(`${dir}/trust.json`, 'utf8')) as { certificates: { status: string }[] };
  if (manifest.certificates[0] !== undefined) manifest.certificates[0].status = 'expected, not shipped';
  writeFileSync(`${dir}/trust.json`, JSON.stringify(manifest));
  assert.deepEqual(readTrustStore(dir), { anchors: [], intermediates: [], rejected: ['a.pem: unnamed'] });
});

test('a manifest that cannot be read leaves nothing to believe, and says so; a folder that is not there is an empty list', () => {
  const dir = writeFolder(pki, 'broken', [{ file: 'a.pem', role: 'anchor', der: pki.root }]);
  writeFileSync(`${dir}/trust.json`, '{"schema":2,');
  assert.deepEqual(readShipped(dir), { certificates: [], listSigners: [], refused: ['trust.json: unreadable'] });
  assert.deepEqual(readTrustStore('/nowhere/at/all'), { anchors: [], intermediates: [], rejected: [] });
});

test('every shipped certificate is named in the manifest, has the hash it promises and ends on the day that it says', () => {
  const manifest = trustManifest.parse(JSON.parse(readFileSync(`${shippedDir}/trust.json`, 'utf8')));
  const { certificates, listSigners, refused } = readShipped(shippedDir);
  assert.deepEqual(refused, []);
  const read = [...certificates.map(({ certificate }) => certificate), ...listSigners].map(({ thumbprint, notAfter }) => `${thumbprint} ${notAfter.toISOString().slice(0, 10)}`);
  const promised = manifest.certificates.filter(({ status }) => status === 'shipped').map((each) => `${each.sha256} ${each.notAfter}`);
  assert.deepEqual(new Set(read), new Set(promised));
  assert.equal(new Set(manifest.certificates.map((each) => each.sha256)).size, manifest.certificates.length);
});
