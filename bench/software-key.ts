import { execFileSync } from 'node:child_process';
import { X509Certificate, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ok } from '../src-shared/result.ts';
import type { SigningKey } from '../src-main/ports/token.ts';

const signAsync = promisify(sign);

/** A certificate that only this run knows. OpenSSL makes it; it is not part of any figure. */
export function makeCertificate(folder: string): void {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha256', '-days', '2', '-subj', '/C=VN/O=Bench/CN=Bench', '-addext', 'keyUsage=critical,digitalSignature,nonRepudiation', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')], { stdio: 'pipe' });
}

/** RSA 2048 in this process: what is left of the time is the program's own. */
export function softwareKey(folder: string): SigningKey {
  const key = createPrivateKey(readFileSync(join(folder, 'key.pem')));
  return {
    certificate: new X509Certificate(readFileSync(join(folder, 'certificate.pem'))).raw,
    others: [],
    algorithm: 'rsa-pkcs1-sha256',
    sign: async (data) => ok(await signAsync('sha256', data, key)),
  };
}
