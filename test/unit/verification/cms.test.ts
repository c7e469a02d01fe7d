import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { checkCms } from '../../../src-main/verification/cms-check.ts';
import { contentType, parseCms } from '../../../src-main/verification/cms.ts';
import { imprintHolds, readTimestamp } from '../../../src-main/verification/timestamp.ts';
import { createTestPki, ecKey, type TestPki } from './pki.ts';

const content = Buffer.from('Cộng hòa xã hội chủ nghĩa Việt Nam');
let pki: TestPki;

before(() => {
  pki = createTestPki();
  writeFileSync(pki.path('content'), content);
  pki.issue('rsa');
  pki.issue('ec', { key: ecKey });
  pki.issue('other', { key: ecKey });
});
after(() => pki.remove());

function sign(name: string, ...options: readonly string[]): Uint8Array {
  pki.openssl('cms', '-sign', '-binary', '-in', 'content', '-signer', `${name}.pem`, '-inkey', `${name}.key`, '-certfile', 'issuing.pem', '-outform', 'DER', '-out', 'out.der', ...options);
  return new Uint8Array(readFileSync(pki.path('out.der')));
}

function check(der: Uint8Array, options: { readonly data?: Uint8Array; readonly essRequired?: boolean } = {}): { readonly integrity: string; readonly problems: readonly string[] } {
  const outcome = parseCms(der);
  if (!outcome.ok) return { integrity: 'unread', problems: [outcome.code] };
  const digest = createHash(outcome.cms.digest).update(options.data ?? content).digest();
  return checkCms(outcome.cms, { expectedType: contentType.data, digest, essRequired: options.essRequired ?? true });
}

describe('a CMS made by OpenSSL', () => {
  test('holds with RSA PKCS#1, RSA-PSS and ECDSA under SHA-256, 384 and 512', () => {
    for (const hash of ['sha256', 'sha384', 'sha512']) {
      assert.deepEqual(check(sign('rsa', '-cades', '-md', hash)), { integrity: 'intact', problems: [] });
      assert.deepEqual(check(sign('rsa', '-cades', '-md', hash, '-keyopt', 'rsa_padding_mode:pss')), { integrity: 'intact', problems: [] });
      assert.deepEqual(check(sign('ec', '-cades', '-md', hash)), { integrity: 'intact', problems: [] });
    }
  });

  test('is broken when the content is another', () => {
    assert.deepEqual(check(sign('rsa', '-cades'), { data: Buffer.from('khác') }), { integrity: 'broken', problems: ['cms.digest-mismatch'] });
  });

  test('never comes out intact when any of its bytes is changed', () => {
    const der = sign('ec', '-cades', '-nocerts', '-certfile', 'ec.pem');
    const survivors: number[] = [];
    for (let at = 0; at < der.length; at += 1) {
      const changed = Uint8Array.from(der);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      if (check(changed).integrity === 'intact') survivors.push(at);
    }
    assert.deepEqual(survivors, []);
  });

  test('signed with SHA-1 is not intact, and is told apart from a broken one', () => {
    const result = check(sign('rsa', '-md', 'sha1'), { essRequired: false });
    assert.equal(result.integrity, 'not-examined');
    assert.ok(result.problems.includes('cms.sha1'));
  });

  test('without a signing-certificate attribute is noted in the office profile and a doubt in PAdES', () => {
    const der = sign('rsa');
    assert.deepEqual(check(der, { essRequired: false }), { integrity: 'intact', problems: ['cms.no-signing-certificate'] });
    assert.equal(check(der, { essRequired: true }).integrity, 'not-examined');
  });

  test('is refused with two signers, with none, without signed attributes, without the certificate, or with content inside', () => {
    assert.deepEqual(check(sign('rsa', '-cades', '-signer', 'ec.pem', '-inkey', 'ec.key')).problems, ['cms.several-signers']);
    assert.deepEqual(check(sign('rsa', '-noattr')).problems, ['cms.no-signed-attributes']);
    assert.deepEqual(check(sign('rsa', '-cades', '-nocerts')).problems, ['cms.no-signer-certificate']);
    assert.deepEqual(check(sign('rsa', '-cades', '-nodetach')).problems, ['cms.not-detached']);
    pki.openssl('crl2pkcs7', '-nocrl', '-certfile', 'rsa.pem', '-outform', 'DER', '-out', 'certs.der');
    assert.deepEqual(check(new Uint8Array(readFileSync(pki.path('certs.der')))).problems, ['cms.no-signer']);
  });

  test('with a key under 2048 bits is a doubt', () => {
    pki.issue('weak', { key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'] });
    assert.deepEqual(check(sign('weak', '-cades')), { integrity: 'not-examined', problems: ['cms.weak-key'] });
  });

  test('cut short anywhere, or followed by a byte, is malformed', () => {
    const der = sign('ec', '-cades');
    for (let length = 0; length < der.length; length += 7) assert.deepEqual(check(der.subarray(0, length)).problems, ['cms.malformed']);
    assert.deepEqual(check(Uint8Array.from([...der, 0])).problems, ['cms.malformed']);
  });
});

test('a time-stamp by OpenSSL proves its time for its own bytes only', () => {
  const outcome = readTimestamp(pki.timestamp(content));
  assert.ok(outcome.ok);
  assert.ok(Math.abs(outcome.timestamp.at.getTime() - Date.now()) < 3_600_000);
  assert.ok(imprintHolds(outcome.timestamp, createHash('sha256').update(content).digest()));
  assert.ok(!imprintHolds(outcome.timestamp, createHash('sha256').update('khác').digest()));
});
