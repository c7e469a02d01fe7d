import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCertificate } from './certificate.ts';
import { sameBytes } from './der.ts';

/** DER, ready for `VerifyOptions`. Self-issued certificates are anchors; the rest help to complete chains and are trusted for nothing. */
export type TrustStore = { readonly anchors: readonly Uint8Array[]; readonly intermediates: readonly Uint8Array[]; readonly rejected: readonly string[] };

/**
 * Reads every `.pem` and `.crt` of a folder (PEM, one or more certificates a file). A file that cannot be read is named in `rejected`, never skipped in
 * silence. A folder that is not there is an empty store.
 */
export function readTrustStore(folder: string): TrustStore {
  const anchors: Uint8Array[] = [];
  const intermediates: Uint8Array[] = [];
  const rejected: string[] = [];
  for (const name of listFiles(folder)) {
    const found = readPemCertificates(readFileSync(join(folder, name), 'latin1'));
    if (found.length === 0) rejected.push(name);
    for (const der of found) {
      const certificate = readCertificate(der);
      if (certificate === null) rejected.push(name);
      else (sameBytes(certificate.subject, certificate.issuer) ? anchors : intermediates).push(der);
    }
  }
  return { anchors, intermediates, rejected };
}

/** DER of every certificate in a PEM text, in its order. */
export function readPemCertificates(pem: string): readonly Uint8Array[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)].map((match) => new Uint8Array(Buffer.from(match[1] ?? '', 'base64')));
}

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /\.(pem|crt)$/i.test(name)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
