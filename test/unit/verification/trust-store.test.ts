import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readTrustStore } from '../../../src-main/verification/trust-store.ts';
import { createTestPki } from './pki.ts';

const shipped = fileURLToPath(new URL('../../../resources/trust', import.meta.url));

test('the store takes roots as anchors, other certificates as help, and names what it cannot read', () => {
  const pki = createTestPki();
  try {
    mkdirSync(pki.path('store'));
    copyFileSync(pki.path('root.pem'), pki.path('store/a.pem'));
    copyFileSync(pki.path('issuing.pem'), pki.path('store/b.crt'));
    writeFileSync(pki.path('store/c.pem'), 'no certificate');
    const store = readTrustStore(pki.path('store'));
    assert.deepEqual(store.anchors, [pki.root]);
    assert.deepEqual(store.intermediates, [pki.issuing]);
    assert.deepEqual(store.rejected, ['c.pem']);
  } finally {
    pki.remove();
  }
});

test('a folder that is not there is an empty store', () => {
  assert.deepEqual(readTrustStore('/nowhere/at/all'), { anchors: [], intermediates: [], rejected: [] });
});

test('every shipped certificate is named in the manifest and has the hash it promises', () => {
  const manifest = JSON.parse(readFileSync(`${shipped}/trust.json`, 'utf8')) as { readonly anchors: readonly { readonly file: string; readonly sha256: string; readonly status: string }[] };
  const store = readTrustStore(shipped);
  const promised = new Set(manifest.anchors.filter((each) => each.status === 'shipped').map((each) => each.sha256));
  assert.deepEqual(store.rejected, []);
  assert.deepEqual(new Set([...store.anchors, ...store.intermediates].map((der) => createHash('sha256').update(der).digest('hex'))), promised);
  for (const each of manifest.anchors) assert.match(each.sha256, /^[0-9a-f]{64}$/);
});
