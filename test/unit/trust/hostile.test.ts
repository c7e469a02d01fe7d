import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { createTrust } from '../../../src-main/trust/trust.ts';
import type { TrustPort } from '../../../src-main/ports/trust.ts';
import { createCertificates, listOf, sha256, writeFolder } from './certificates.ts';

const pki = createCertificates();
after(pki.remove);
const signer = pki.issue('signer');
const shippedDir = writeFolder(pki, 'shipped', [{ file: 'root.pem', role: 'anchor', der: pki.root }, { file: 'signer.pem', role: 'list-signer', der: signer }]);
const now = new Date(Date.now() + 60_000);

function open(): TrustPort {
  const values = new Map<string, string>();
  return createTrust({ shippedDir, settings: { getSetting: (key) => values.get(key) ?? null, setSetting: (key, value) => void values.set(key, value) }, now: () => now, log: () => undefined });
}

/** Some bytes changed, or the end cut off. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  return fc.tuple(flips, fc.option(fc.nat(bytes.length), { freq: 4 })).map(([changes, cut]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, value] of changes) copy[at] = value;
    return cut === null ? copy : copy.subarray(0, cut);
  });
}

test('a damaged or hostile file of certificates is told from a sound one, and never stops the program', () => {
  writeFileSync(pki.path('both.pem'), Buffer.concat([pki.pem('root2'), pki.pem('issuing')]));
  pki.openssl('crl2pkcs7', '-nocrl', '-certfile', 'both.pem', '-outform', 'DER', '-out', 'both.p7b');
  const trust = open();
  const sound = new Set([pki.root2, pki.issuing].map(sha256));
  pki.openssl('cms', '-sign', '-binary', '-nodetach', '-stream', '-in', 'signer.ext', '-certfile', 'both.pem', '-signer', 'signer.pem', '-inkey', 'signer.key', '-outform', 'DER', '-out', 'streamed.p7b');
  for (const file of ['both.pem', 'both.p7b', 'streamed.p7b']) {
    fc.assert(fc.property(damaged(readFileSync(pki.path(file))), (bytes) => {
      const found = trust.examine(bytes);
      if (!found.ok) return assert.equal(found.error.code, 'trust.no-certificate');
      // a changed certificate is another one: what was compared is found in the file under its own fingerprint, or not at all
      const there = found.value.filter(({ thumbprint }) => sound.has(thumbprint));
      for (const { thumbprint, known, problem } of there) assert.deepEqual([known, problem, open().add(bytes, [thumbprint]).ok], [false, null, true]);
      if (there.length < sound.size) assert.equal(open().add(bytes, [...sound]).ok, false);
    }), { numRuns: 600 });
  }
  assert.deepEqual(trust.anchors, [pki.root]);
});

test('of a signed list not one byte can be changed, and no damage of its signature stops the program', () => {
  const text = JSON.stringify(listOf(1, [{ role: 'anchor', der: pki.root2 }]));
  writeFileSync(pki.path('list.json'), text);
  pki.openssl('cms', '-sign', '-binary', '-md', 'sha256', '-in', 'list.json', '-signer', 'signer.pem', '-inkey', 'signer.key', '-outform', 'DER', '-out', 'list.p7s');
  const signature = readFileSync(pki.path('list.p7s'));
  const trust = open();
  fc.assert(fc.property(damaged(Buffer.from(text)), (bytes) => {
    const list = Buffer.from(bytes).toString('utf8');
    fc.pre(list !== text);
    assert.equal(trust.server.take({ list, signature: signature.toString('base64') }, null).ok, false);
  }), { numRuns: 400 });
  assert.deepEqual(trust.anchors, [pki.root]);
  fc.assert(fc.property(damaged(signature), (bytes) => {
    const fresh = open();
    // parts of a CMS are not signed; whatever is taken, it is the list that was
    if (fresh.server.take({ list: text, signature: Buffer.from(bytes).toString('base64') }, null).ok) assert.deepEqual(new Set(fresh.anchors.map(sha256)), new Set([pki.root, pki.root2].map(sha256)));
  }), { numRuns: 400 });
});

test('whatever a server answers, the list stays and the program goes on', () => {
  const trust = open();
  fc.assert(fc.property(fc.anything(), (answer) => {
    assert.equal(trust.server.take(answer, null).ok, false);
  }), { numRuns: 400 });
  assert.deepEqual([trust.anchors, trust.version], [[pki.root], 1]);
});
