import { execFileSync } from 'node:child_process';
import { createPrivateKey, constants, randomBytes, sign } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TimestampPort } from '../../../src-main/ports/authorities.ts';
import { splitAlgorithm, type SignatureAlgorithm, type SigningKey } from '../../../src-main/ports/token.ts';
import { ok } from '../../../src-shared/result.ts';
import { issueCertificate, type TestCertificate, type TestPki } from '../../support/pki.ts';

/** A TSA without a line: `openssl ts` over the imprint. `extra`: so many more certificates in each token, by the number of its call from 0. */
export function opensslStamp(pki: TestPki, extra: (call: number) => number = () => 0): TimestampPort & { readonly calls: () => number } {
  let calls = 0;
  const openssl = (...args: readonly string[]): void => { execFileSync('openssl', args, { cwd: pki.dir, stdio: 'pipe' }); };
  return {
    calls: () => calls,
    stamp: async (imprint) => {
      fatten(pki, extra(calls));
      calls += 1;
      openssl('ts', '-query', '-digest', Buffer.from(imprint).toString('hex'), '-sha256', '-cert', '-out', 'query.tsq');
      openssl('ts', '-reply', '-config', 'fat.cnf', '-section', 'tsa', '-queryfile', 'query.tsq', '-token_out', '-out', 'token.der');
      return ok(new Uint8Array(readFileSync(join(pki.dir, 'token.der'))));
    },
  };
}

function fatten(pki: TestPki, count: number): void {
  const bundle = join(pki.dir, 'fat.pem');
  writeFileSync(bundle, readFileSync(pki.chainPem));
  for (let i = 0; i < count; i += 1) appendFileSync(bundle, readFileSync(strangerAt(pki, i).pem));
  writeFileSync(join(pki.dir, 'fat.cnf'), readFileSync(pki.tsaConfig, 'utf8').replaceAll(pki.chainPem, bundle));
}

const strangers = new Map<string, TestCertificate>();

function strangerAt(pki: TestPki, index: number): TestCertificate {
  const key = `${pki.dir}/${String(index)}`;
  // A name of two kilobytes: few certificates make a fat token.
  const subject = `/C=VN${Array.from({ length: 30 }, () => `/O=${randomBytes(30).toString('hex')}`).join('')}/CN=${String(index)}`;
  const made = strangers.get(key) ?? issueCertificate(pki, { name: `stranger-${String(index)}`, subject });
  strangers.set(key, made);
  return made;
}

/** A key that signs here and counts how often. */
export function signingKey(certificate: Pick<TestCertificate, 'der' | 'key'>, wanted?: SignatureAlgorithm): SigningKey & { readonly signings: () => number } {
  const key = createPrivateKey(readFileSync(certificate.key));
  const algorithm = wanted ?? (key.asymmetricKeyType === 'ec' ? 'ecdsa-sha256' : 'rsa-pkcs1-sha256');
  const [scheme, digest] = splitAlgorithm(algorithm);
  let signings = 0;
  return {
    certificate: certificate.der, others: [], algorithm, signings: () => signings,
    sign: async (data) => {
      signings += 1;
      return ok(new Uint8Array(sign(digest, data, scheme === 'rsa-pss' ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key)));
    },
  };
}
