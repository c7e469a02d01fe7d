import { constants, createHash, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describeError } from '../../src-shared/errors.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { DriverInfo, TokenInfo } from '../ports/token-types.ts';
import { splitAlgorithm, type DigestName, type SigningKey, type TokenPort } from '../ports/token.ts';
import { findDescription } from './certificate-info.ts';
import { findKeyOf, openPkcs12, readPkcs12, type OpenedPkcs12, type Pkcs12 } from './pkcs12.ts';
import { findAlgorithm } from './signature-encoding.ts';

export type SoftToken = { readonly label: string } & ({ readonly path: string } | { readonly bytes: Uint8Array });

/** PKCS#12 files behind the token port, for machines without a PKCS#11 module: the PIN is the file's password. Nothing locks. */
export function createSoftTokens(options: { readonly pkcs12: readonly SoftToken[]; readonly now?: () => Date }): TokenPort {
  const now = options.now ?? (() => new Date());
  return {
    list: async () => {
      const listed = await Promise.all(options.pkcs12.map((token) => listFile(token, now())));
      return { tokens: listed.flatMap((one) => one.tokens), drivers: listed.map((one) => one.driver) };
    },
    withKey: async (thumbprint, pin, use, { digest = 'sha256' } = {}) => (pin === null ? fail('token.pin-needed') : useKey(options.pkcs12, thumbprint.toLowerCase(), pin, digest, use)),
    findCertificate: async (thumbprint) => {
      for (const token of options.pkcs12) {
        const file = await readToken(token);
        const certificate = file.ok ? file.value.certificates.find((der) => isCalled(der, thumbprint.toLowerCase())) : undefined;
        if (file.ok && certificate !== undefined) return { certificate, others: file.value.certificates.filter((der) => der !== certificate) };
      }
      return null;
    },
    // A file neither comes nor goes.
    watch: () => () => undefined,
    close: async () => undefined,
  };
}

function nameOf(token: SoftToken): string {
  return 'path' in token ? token.path : `pkcs12:${token.label}`;
}

async function readToken(token: SoftToken): Promise<Result<Pkcs12>> {
  let bytes: Uint8Array;
  try {
    bytes = 'path' in token ? await readFile(token.path) : token.bytes;
  } catch {
    return fail('file.unreadable', { path: nameOf(token) });
  }
  try {
    return ok(readPkcs12(bytes));
  } catch {
    return fail('token.driver-unloadable', { driver: nameOf(token), reason: 'không phải tệp PKCS#12' });
  }
}

async function listFile(token: SoftToken, now: Date): Promise<{ readonly tokens: readonly TokenInfo[]; readonly driver: DriverInfo }> {
  const driver = nameOf(token);
  const file = await readToken(token);
  if (!file.ok) return { tokens: [], driver: { driver, problem: { code: file.error.code, message: describeError(file.error) } } };
  const certificates = file.value.certificates.map((der) => {
    const hasPrivateKey = file.value.shroudedKeys.length > 0 && !new X509Certificate(der).ca;
    return findDescription({ der, label: '', hasPrivateKey }, now);
  });
  const serial = createHash('sha256').update(driver).digest('hex').slice(0, 16);
  const pin = { countLow: false, finalTry: false, locked: false, pad: false };
  return { tokens: [{ driver, label: token.label, serial, pin, certificates: certificates.filter((one) => one !== null) }], driver: { driver, problem: null } };
}

/** Files that show the certificate come first; one that hides its certificates can only be asked with the password, which locks nothing. */
async function useKey<T>(tokens: readonly SoftToken[], thumbprint: string, pin: string, digest: DigestName, use: (key: SigningKey) => Promise<Result<T>>): Promise<Result<T>> {
  let missing: AppError = { code: tokens.length === 0 ? 'token.absent' : 'token.certificate-missing' };
  const hidden: Pkcs12[] = [];
  for (const token of tokens) {
    const file = await readToken(token);
    if (!file.ok) missing = file.error;
    else if (file.value.certificates.some((der) => isCalled(der, thumbprint))) {
      const opened = await openPkcs12(file.value, pin);
      return opened === null ? fail('token.pin-wrong', { left: 'again' }) : useOpened(opened, thumbprint, digest, use);
    } else if (file.value.hidden) hidden.push(file.value);
  }
  let refused = false;
  for (const file of hidden) {
    const opened = await openPkcs12(file, pin);
    if (opened === null) refused = true;
    else if (opened.certificates.some((der) => isCalled(der, thumbprint))) return useOpened(opened, thumbprint, digest, use);
  }
  return refused ? fail('token.pin-wrong', { left: 'again' }) : { ok: false, error: missing };
}

async function useOpened<T>({ certificates, keys }: OpenedPkcs12, thumbprint: string, digest: DigestName, use: (key: SigningKey) => Promise<Result<T>>): Promise<Result<T>> {
  const certificate = certificates.find((der) => isCalled(der, thumbprint));
  if (certificate === undefined) return fail('token.certificate-missing');
  let key: KeyObject | null = findKeyOf(certificate, keys);
  if (key === null) return fail('token.key-missing');
  const algorithm = findAlgorithm(new X509Certificate(certificate).publicKey, digest);
  if (algorithm === null) return fail('certificate.wrong-usage');
  const [scheme, hashed] = splitAlgorithm(algorithm);
  const padding = scheme === 'rsa-pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  try {
    return await use({
      certificate,
      others: certificates.filter((der) => der !== certificate),
      algorithm,
      sign: async (data) => (key === null ? fail('token.failed', { ckr: 'CKR_USER_NOT_LOGGED_IN' }) : ok(sign(hashed, data, { key, ...padding }))),
    });
  } finally {
    key = null;
  }
}

function isCalled(der: Uint8Array, thumbprint: string): boolean {
  return createHash('sha256').update(der).digest('hex') === thumbprint;
}
