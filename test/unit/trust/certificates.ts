import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { TrustList, TrustManifest } from '../../../src-shared/protocol/trust.ts';
import { createTestPki, type TestPki } from '../verification/pki.ts';

export const caExtensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';

/** A PKI whose certificates people might hand to the desk, good and bad. */
export type Certificates = TestPki & {
  /** PEM of a certificate of the PKI. */
  readonly pem: (name: string) => Buffer;
  /** A root of its own. */
  readonly root2: Uint8Array;
  readonly make: (name: string, options?: Parameters<typeof makeCertificate>[2]) => Uint8Array;
};

export function createCertificates(): Certificates {
  const pki = createTestPki();
  const make = (name: string, options?: Parameters<typeof makeCertificate>[2]): Uint8Array => makeCertificate(pki, name, options);
  return { ...pki, make, root2: make('root2'), pem: (name) => readFileSync(pki.path(`${name}.pem`)) };
}

/** Self-signed, unless an issuer is told. */
function makeCertificate(pki: TestPki, name: string, { bits = 2048, hash = 'sha256', extensions = caExtensions, days = 3650, issuer }: { readonly bits?: number; readonly hash?: string; readonly extensions?: string; readonly days?: number; readonly issuer?: string } = {}): Uint8Array {
  pki.openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`, '-out', `${name}.key`);
  pki.openssl('req', '-new', '-key', `${name}.key`, '-subj', `/C=VN/O=Nơi cấp thử/CN=${name}`, '-utf8', '-out', `${name}.csr`);
  writeFileSync(pki.path(`${name}.ext`), extensions);
  const by = issuer === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
  pki.openssl('x509', '-req', '-in', `${name}.csr`, ...by, `-${hash}`, '-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`);
  return new Uint8Array(new X509Certificate(readFileSync(pki.path(`${name}.pem`))).raw);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A folder as `resources/trust` is one. */
export function writeFolder(pki: TestPki, folder: string, entries: readonly (Pick<TrustManifest['certificates'][number], 'role' | 'file'> & { readonly der: Uint8Array; readonly sha256?: string })[]): string {
  const dir = pki.path(folder);
  mkdirSync(dir, { recursive: true });
  for (const { file, der } of entries) writeFileSync(`${dir}/${file}`, file.endsWith('.pem') ? new X509Certificate(der).toString() : der);
  const manifest: TrustManifest = {
    schema: 2, version: 1, dated: '2026-11-01', note: '',
    certificates: entries.map(({ file, role, der, sha256: told }) => ({ file, role, sha256: told ?? sha256(der), name: file, notAfter: '2036-11-01', since: '2026-11-01', source: null, status: 'shipped' })),
  };
  writeFileSync(`${dir}/trust.json`, JSON.stringify(manifest));
  return dir;
}

export function listOf(version: number, certificates: readonly { readonly role: 'anchor' | 'intermediate'; readonly der: Uint8Array; readonly sha256?: string }[]): TrustList {
  return { schema: 1, version, dated: '2026-11-20', note: '', certificates: certificates.map(({ role, der, sha256: told }) => ({ role, der: Buffer.from(der).toString('base64'), sha256: told ?? sha256(der) })) };
}
