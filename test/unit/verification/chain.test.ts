import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readCertificate, type Certificate } from '../../../src-main/verification/certificate.ts';
import { buildChain } from '../../../src-main/verification/chain.ts';
import { createTestPki, ecKey, signerExtensions, type TestPki } from './pki.ts';

let pki: TestPki;
before(() => {
  pki = createTestPki();
});
after(() => pki.remove());

const soon = (): Date => new Date(Date.now() + 60_000);

function read(der: Uint8Array): Certificate {
  const certificate = readCertificate(der);
  assert.ok(certificate !== null);
  return certificate;
}

function status(signer: Uint8Array, options: { readonly others?: readonly Uint8Array[]; readonly anchors?: readonly Uint8Array[]; readonly at?: Date } = {}): string {
  return buildChain({ signer: read(signer), others: (options.others ?? [pki.issuing]).map(read), anchors: (options.anchors ?? [pki.root]).map(read), at: options.at ?? soon(), purpose: 'signing' }).status;
}

describe('a path to an anchor', () => {
  test('is trusted through the issuing CA, and unreadable without it', () => {
    const leaf = pki.issue('leaf', { key: ecKey });
    assert.equal(status(leaf), 'trusted');
    assert.equal(status(leaf, { others: [] }), 'untrusted');
    assert.equal(status(leaf, { anchors: [] }), 'unknown');
  });

  test('is untrusted when the anchor only bears the same name', () => {
    const impostor = createTestPki();
    try {
      assert.equal(status(pki.issue('leaf2', { key: ecKey }), { anchors: [impostor.root] }), 'untrusted');
    } finally {
      impostor.remove();
    }
  });

  test('is expired when the time lies outside the validity of signer or issuer', () => {
    const leaf = pki.issue('short', { key: ecKey, days: 2 });
    const day = 86_400_000;
    assert.equal(status(leaf, { at: new Date(Date.now() + 3 * day) }), 'expired');
    assert.equal(status(leaf, { at: new Date(Date.now() - 3 * day) }), 'expired');
    assert.equal(status(pki.issue('long', { key: ecKey, days: 9000 }), { at: new Date(Date.now() + 8000 * day) }), 'expired');
  });

  test('does not pass through a certificate that is no CA or may not sign certificates', () => {
    const middle = pki.issue('middle', { key: ecKey });
    assert.equal(status(below(signerExtensions), { others: [pki.issuing, middle] }), 'untrusted');
    const noSign = pki.issue('middle', { key: ecKey, extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign\n' });
    assert.equal(status(below(signerExtensions), { others: [pki.issuing, noSign] }), 'untrusted');
    const ca = pki.issue('middle', { key: ecKey, extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' });
    assert.equal(status(below(signerExtensions), { others: [pki.issuing, ca] }), 'trusted');
  });

  test('obeys a path length', () => {
    const limited = pki.issue('limited', { key: ecKey, issuer: 'root', extensions: 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n' });
    const middle = issueBelow('limited', 'mid', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n');
    const leaf = issueBelow('mid', 'deep', signerExtensions);
    assert.equal(status(leaf, { others: [limited, middle] }), 'untrusted');
    assert.equal(status(issueBelow('limited', 'shallow', signerExtensions), { others: [limited] }), 'trusted');
  });

  test('with a critical extension that is not understood is unknown', () => {
    assert.equal(status(pki.issue('odd', { key: ecKey, extensions: `${signerExtensions}1.2.3.4=critical,ASN1:NULL\n` })), 'unknown');
  });

  test('ends untrusted for a signer whose key usage excludes signing', () => {
    assert.equal(status(pki.issue('cipher', { key: ecKey, extensions: 'basicConstraints=CA:FALSE\nkeyUsage=critical,keyAgreement\n' })), 'untrusted');
  });

  test('ends untrusted for a signer whose every purpose is another, and for no other', () => {
    const purposes = (named: string): ReturnType<typeof status> => status(pki.issue('purpose', { key: ecKey, extensions: `${signerExtensions}extendedKeyUsage=${named}\n` }));
    for (const named of ['timeStamping', 'OCSPSigning', 'serverAuth,codeSigning', 'critical,timeStamping']) assert.equal(purposes(named), 'untrusted', named);
    // log-in and mail, as authorities write for people; documents (RFC 9336); anything; a vendor's own beside a server's
    for (const named of ['clientAuth', 'clientAuth,emailProtection', '1.3.6.1.5.5.7.3.36', 'anyExtendedKeyUsage', 'serverAuth,1.2.840.113583.1.1.5']) assert.equal(purposes(named), 'trusted', named);
  });

  test('is trusted through a critical list of policies, and unknown where policies are demanded', () => {
    const named = (extensions: string): ReturnType<typeof status> => status(pki.issue('policies', { key: ecKey, extensions: `${signerExtensions}${extensions}\n` }));
    assert.equal(named('certificatePolicies=critical,1.2.3.4'), 'trusted');
    const demanding = pki.issue('demanding', { key: ecKey, issuer: 'root', extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\npolicyConstraints=critical,requireExplicitPolicy:0\n' });
    assert.equal(status(issueBelow('demanding', 'demanded', signerExtensions), { others: [demanding] }), 'unknown');
  });
});

function below(extensions: string): Uint8Array {
  return issueBelow('middle', 'below', extensions);
}

function issueBelow(issuer: string, name: string, extensions: string): Uint8Array {
  return pki.issue(name, { key: ecKey, extensions, issuer });
}
