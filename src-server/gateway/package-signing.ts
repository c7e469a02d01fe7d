import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { PackageSignature } from '../../src-shared/domain/package-signature.ts';
import type { PackageSigner } from '../../src-shared/edxml/signature-algorithms.ts';
import type { SignatureResult } from '../../src-shared/edxml/signature.ts';

/** Files in PEM. `passphrase`: of a key that is locked with one; from the environment, never from a file. */
export type PackageKey = { readonly key: string; readonly certificate: string; readonly passphrase?: string };

const signAsync = promisify(sign);

/**
 * What signs packages on their way out. RSA alone, whose signature of the same bytes is the same each time: a message that is sent again must be the same message. Throws, naming the file and never its
 * content, when one cannot be read, when they are not a pair, or when the key is no RSA key.
 */
export function openPackageSigner({ key, certificate, passphrase }: PackageKey): PackageSigner {
  const own = reading(certificate, (pem) => new X509Certificate(pem));
  const secret = reading(key, (pem) => createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) }));
  if (secret.asymmetricKeyType !== 'rsa') throw new Error(`${key}: a package is signed with an RSA key`);
  if (!own.checkPrivateKey(secret)) throw new Error(`${certificate} is not the certificate of ${key}`);
  return { algorithm: 'rsa-sha256', certificate: own.raw, sign: async (data) => new Uint8Array(await signAsync('sha256', data, secret)) };
}

/** What an event keeps of how a package was signed. */
export function packageSignatureOf(result: SignatureResult): PackageSignature {
  if (result.state === 'none') return { state: 'none' };
  if (result.state === 'broken') return { state: 'broken', why: result.why };
  return { state: 'intact', legacy: result.legacy, signer: commonName(result.certificate) };
}

/** A stranger's certificate: empty where it names nobody. */
function commonName(certificate: Uint8Array): string {
  const name = /^CN=(.*)$/mu.exec(new X509Certificate(certificate).subject)?.[1] ?? '';
  return Array.from(name.replaceAll(/\p{Cc}/gu, ' ').trim()).slice(0, 200).join('');
}

function reading<T>(file: string, read: (pem: Buffer) => T): T {
  try {
    return read(readFileSync(file));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error && 'code' in error ? String(error.code) : 'not what it should be'}`, { cause: error });
  }
}
