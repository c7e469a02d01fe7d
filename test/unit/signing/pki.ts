import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../../src-shared/result.ts';
import type { SignatureAlgorithm, SigningKey } from '../../../src-main/ports/token.ts';

/** A small PKI made by OpenSSL: root → issuing CA → the people of an office, and certificates that must be refused. */
export type TestPki = {
  readonly rootPem: string;
  readonly chain: readonly Uint8Array[];
  readonly leader: SigningKey;
  readonly seal: SigningKey;
  readonly ec256: SigningKey;
  readonly ec384: SigningKey;
  readonly keyAgreement: SigningKey;
  readonly weak: SigningKey;
};

export function createTestPki(folder: string): TestPki {
  const at = (name: string): string => join(folder, name);
  const run = (...args: readonly string[]): void => { execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }); };
  writeFileSync(at('ca.ext'), 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n');
  writeFileSync(at('sign.ext'), 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\n');
  writeFileSync(at('agree.ext'), 'basicConstraints=critical,CA:false\nkeyUsage=critical,keyAgreement\n');
  const keyFor = (name: string, algorithm: readonly string[]): void => run('genpkey', ...algorithm, '-out', at(`${name}.key`));
  const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
  const ec = (curve: string): readonly string[] => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`];
  const issue = (name: string, subject: string, ext: string, issuer: string | null): void => {
    run('req', '-new', '-utf8', '-key', at(`${name}.key`), '-subj', subject, '-out', at(`${name}.csr`));
    const by = issuer === null ? ['-signkey', at(`${name}.key`)] : ['-CA', at(`${issuer}.pem`), '-CAkey', at(`${issuer}.key`), '-CAcreateserial'];
    run('x509', '-req', '-in', at(`${name}.csr`), ...by, '-extfile', at(ext), '-days', '30', '-sha256', '-out', at(`${name}.pem`));
  };
  keyFor('root', ec('P-256'));
  issue('root', '/CN=CA gốc thử/C=VN', 'ca.ext', null);
  keyFor('ca', ec('P-256'));
  issue('ca', '/CN=CA cấp chứng thư thử/C=VN', 'ca.ext', 'root');
  const person = (name: string, subject: string, algorithm: readonly string[], ext = 'sign.ext'): void => {
    keyFor(name, algorithm);
    issue(name, subject, ext, 'ca');
  };
  person('leader', '/CN=Nguyễn Văn Thử/O=UBND xã Thử/C=VN', rsa);
  person('seal', '/CN=UBND xã Thử/O=UBND xã Thử/C=VN', rsa);
  person('ec256', '/CN=Trần Thị P-256/C=VN', ec('P-256'));
  person('ec384', '/CN=Lê P-384/C=VN', ec('P-384'));
  person('agree', '/CN=Không ký/C=VN', ec('P-256'), 'agree.ext');
  person('weak', '/CN=Yếu/C=VN', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']);
  const load = (name: string, algorithm: SignatureAlgorithm): SigningKey => signingKey(new X509Certificate(readFileSync(at(`${name}.pem`))).raw, createPrivateKey(readFileSync(at(`${name}.key`))), algorithm);
  const der = (name: string): Uint8Array => new X509Certificate(readFileSync(at(`${name}.pem`))).raw;
  return {
    rootPem: at('root.pem'), chain: [der('ca'), der('root')],
    leader: load('leader', 'rsa-pkcs1-sha256'), seal: load('seal', 'rsa-pkcs1-sha256'),
    ec256: load('ec256', 'ecdsa-sha256'), ec384: load('ec384', 'ecdsa-sha384'),
    keyAgreement: load('agree', 'ecdsa-sha256'), weak: load('weak', 'rsa-pkcs1-sha256'),
  };
}

function signingKey(certificate: Uint8Array, key: KeyObject, algorithm: SignatureAlgorithm): SigningKey {
  const digest = algorithm === 'ecdsa-sha384' ? 'sha384' : 'sha256';
  return { certificate, others: [], algorithm, sign: async (data) => ok(new Uint8Array(sign(digest, data, key))) };
}
