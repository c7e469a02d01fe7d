import { createPrivateKey, sign } from 'node:crypto';
import { ok } from '../../src-shared/result.ts';
import type { SignatureAlgorithm, SigningKey } from '../../src-main/ports/token.ts';
import type { TestCertificate } from './pki.ts';

/** A key of the test PKI that signs in this process: for tests that are not about tokens. */
export function createSoftKey(certificate: TestCertificate, algorithm: SignatureAlgorithm, others: readonly Uint8Array[] = []): SigningKey {
  const key = createPrivateKey({ key: certificate.pkcs8, format: 'der', type: 'pkcs8' });
  return { certificate: certificate.der, others, algorithm, sign: async (data) => ok(new Uint8Array(sign('sha256', data, key))) };
}
