import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import type { HashName, PackageSigner, SignatureAlgorithm } from '../../../src-shared/edxml/signature-algorithms.ts';

export type Key = { readonly keyFile: string; readonly certificate: Uint8Array };

/** A key and its own certificate, made by OpenSSL in `folder`. */
export function makeKey(folder: string, kind: 'rsa' | 'ecdsa'): Key {
  const keyFile = join(folder, `${kind}.key`);
  const certFile = join(folder, `${kind}.crt`);
  const algorithm = kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  execFileSync('openssl', ['req', '-x509', '-nodes', ...algorithm, '-keyout', keyFile, '-out', certFile, '-days', '30', '-subj', `/CN=Van thu ${kind}`], { stdio: 'ignore' });
  return { keyFile, certificate: new X509Certificate(readFileSync(certFile)).raw };
}

export function signerOf(key: Key, algorithm: SignatureAlgorithm): PackageSigner {
  const [kind, hash] = algorithm.split('-') as ['rsa' | 'ecdsa', HashName];
  const privateKey = createPrivateKey(readFileSync(key.keyFile));
  return { algorithm, certificate: key.certificate, sign: (data) => Promise.resolve(sign(hash, data, kind === 'rsa' ? privateKey : { key: privateKey, dsaEncoding: 'ieee-p1363' })) };
}
