import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignatureAlgorithm } from '../../../src-main/ports/token.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { createTestPki, issueCertificate, type KeyKind, type TestPki } from '../../support/pki.ts';
import { assertJudgesAgree, extractSignatures, run } from './judges.ts';
import { signingKey } from './levels-stamp.ts';

const input = readFileSync(new URL('../../fixtures/pdf/giay-moi.pdf', import.meta.url));
const engine = createSigningEngine();
let folder: string;
let pki: TestPki;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-pss-'));
  pki = createTestPki(join(folder, 'pki'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const rsa: readonly KeyKind[] = ['rsa2048', 'rsa3072', 'rsa4096'];
const cases: readonly (readonly [KeyKind, SignatureAlgorithm])[] = [
  ...rsa.map((key) => [key, 'rsa-pkcs1-sha256'] as const),
  ...rsa.map((key) => [key, 'rsa-pss-sha256'] as const),
  ['rsa2048', 'rsa-pkcs1-sha384'], ['rsa2048', 'rsa-pkcs1-sha512'],
  ['rsa2048', 'rsa-pss-sha384'], ['rsa2048', 'rsa-pss-sha512'],
  ['rsaPss', 'rsa-pss-sha256'],
  ['p256', 'ecdsa-sha256'], ['p384', 'ecdsa-sha384'], ['p384', 'ecdsa-sha256'], ['p521', 'ecdsa-sha512'],
];

for (const [kind, algorithm] of cases) {
  test(`${algorithm} with a key of ${kind} satisfies every judge`, async () => {
    const certificate = issueCertificate(pki, { name: `${kind}-${algorithm}`, key: kind });
    const result = await engine.sign(bytesSource(input), { key: signingKey(certificate, algorithm), profile: 'pades', chain: [pki.issuing.der], reason: '', location: '', at: new Date(), place: null, image: null });
    assert.ok(result.ok, JSON.stringify(result));
    const pdf = Buffer.concat([input, result.value.tail]);
    if (algorithm.startsWith('rsa-pss')) assertAllButMutoolAgree(pdf, kind);
    else assertJudgesAgree(folder, pdf, 1, pki.root.pem);
    const report = await createVerifier().verify(bytesSource(pdf), { anchors: [pki.root.der], intermediates: [], now: new Date() });
    assert.equal(report.verdict, 'valid', JSON.stringify(report, null, 1));
    assertNamedAlgorithm(pdf, algorithm);
  });
}

/** mutool reads with PKCS #7 1.5 (RFC 2315), which knows RSA-PSS only by the key: OpenSSL's own reader of that form must refuse the same bytes, or the fault is ours. */
function assertAllButMutoolAgree(pdf: Uint8Array, kind: KeyKind): void {
  const path = join(folder, 'judged.pdf');
  writeFileSync(path, pdf);
  const isOwnKind = kind === 'rsaPss';
  // NSS of the day reads RSA-PSS under an ordinary RSA key, and no key that is itself id-RSASSA-PSS.
  if (!isOwnKind) assert.match(run('pdfsig', ['-nocert', path]).output, /- Total document signed[\s\S]*Signature is Valid/);
  assert.equal(run('qpdf', ['--check', path]).status, 0);
  const [found] = extractSignatures(pdf);
  assert.ok(found !== undefined);
  const [cms, content] = [join(folder, 'pss.der'), join(folder, 'pss.bin')];
  writeFileSync(cms, found.cms);
  writeFileSync(content, found.content);
  const common = ['-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', content, '-CAfile', pki.root.pem, '-purpose', 'any', '-out', join(folder, 'out.bin')];
  const verified = run('openssl', ['cms', '-cades', ...common]);
  assert.equal(verified.status, 0, verified.output);
  assert.equal(run('openssl', ['smime', ...common]).status === 0, isOwnKind);
  assert.match(run('mutool', ['sign', '-v', path]).output, isOwnKind ? /unchanged since signing/ : /Digest error: Unknown error/);
}

/** What OpenSSL reads in the SignerInfo: the digest that was asked for and, for RSA-PSS, all of its parameters. */
function assertNamedAlgorithm(pdf: Uint8Array, algorithm: SignatureAlgorithm): void {
  const [found] = extractSignatures(pdf);
  assert.ok(found !== undefined);
  const path = join(folder, 'printed.der');
  writeFileSync(path, found.cms);
  const printed = run('openssl', ['cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', path]).output;
  const digest = algorithm.slice(-6);
  const info = printed.slice(printed.indexOf('signerInfos:'));
  assert.match(info, new RegExp(`digestAlgorithm:\\s+algorithm: ${digest}`));
  const named = { 'rsa-pkcs1': 'rsaEncryption', 'rsa-pss': 'rsassaPss', 'ecdsa': `ecdsa-with-${digest.toUpperCase()}` }[algorithm.slice(0, -7)];
  assert.match(info, new RegExp(`signatureAlgorithm:\\s+algorithm: ${named ?? '-'}`, 'i'));
  if (algorithm.startsWith('rsa-pss')) {
    const dump = run('openssl', ['asn1parse', '-inform', 'DER', '-in', path]).output;
    const parameters = dump.slice(dump.lastIndexOf('rsassaPss'));
    assert.match(parameters, new RegExp(`:${digest}[\\s\\S]*:mgf1[\\s\\S]*:${digest}[\\s\\S]*INTEGER +:${(Number(digest.slice(3)) / 8).toString(16).toUpperCase()}\\b`));
  }
}
