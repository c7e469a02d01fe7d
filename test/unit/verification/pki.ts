import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';

/** A throw-away root → issuing CA → signers, made by OpenSSL in its own folder. */
export type TestPki = {
  readonly folder: string;
  readonly root: Uint8Array;
  readonly issuing: Uint8Array;
  readonly openssl: (...args: readonly string[]) => Buffer;
  /** Makes key and certificate `name`; `key` is an OpenSSL algorithm, `extensions` an openssl.cnf section body. */
  readonly issue: (name: string, options?: { readonly key?: readonly string[]; readonly extensions?: string; readonly days?: number; readonly issuer?: string }) => Uint8Array;
  /** An RFC 3161 token over the data, by a TSA of this PKI. */
  readonly timestamp: (data: Uint8Array) => Uint8Array;
  readonly path: (name: string) => string;
  readonly remove: () => void;
};

const caExtensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';
export const signerExtensions = 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\nsubjectKeyIdentifier=hash\n';
export const rsaKey = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'] as const;
export const ecKey = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const;

export function createTestPki(): TestPki {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-verification-'));
  const path = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const make = (name: string, key: readonly string[], extensions: string, days: number, issuer: string | null): Uint8Array => {
    openssl('genpkey', ...key, '-out', `${name}.key`);
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/C=VN/O=UBND xã Thử Nghiệm/CN=${name}`, '-utf8', '-out', `${name}.csr`);
    writeFileSync(path(`${name}.ext`), extensions);
    const signedBy = issuer === null ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signedBy, '-sha256', '-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`);
    return new Uint8Array(new X509Certificate(readFileSync(path(`${name}.pem`))).raw);
  };
  const root = make('root', ecKey, caExtensions, 3650, null);
  const issuing = make('issuing', ecKey, caExtensions, 3000, 'root');
  const timestamp = (data: Uint8Array): Uint8Array => {
    if (!existsSync(path('tsa.pem'))) {
      make('tsa', ecKey, 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n', 365, 'issuing');
      writeFileSync(path('tsa.cnf'), `[t]\nserial=${path('tsa.serial')}\nsigner_cert=${path('tsa.pem')}\nsigner_key=${path('tsa.key')}\ncerts=${path('issuing.pem')}\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\ness_cert_id_alg=sha256\n`);
      writeFileSync(path('tsa.serial'), '01\n');
    }
    writeFileSync(path('stamped.bin'), data);
    openssl('ts', '-query', '-data', 'stamped.bin', '-sha256', '-cert', '-out', 'query.tsq');
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 't', '-queryfile', 'query.tsq', '-token_out', '-out', 'token.der');
    return new Uint8Array(readFileSync(path('token.der')));
  };
  return {
    timestamp,
    folder, root, issuing, openssl, path,
    issue: (name, options = {}) => make(name, options.key ?? rsaKey, options.extensions ?? signerExtensions, options.days ?? 365, options.issuer ?? 'issuing'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
