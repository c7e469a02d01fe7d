import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trustManifest, type TrustManifest } from '../../src-shared/protocol/trust.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { readCertificateFile } from './certificate-file.ts';
import { findFault, type TrustRole } from './faults.ts';

export type ShippedCertificate = { readonly role: TrustRole; readonly certificate: Certificate; /** ISO 8601 day. */ readonly since: string };

export type Shipped = {
  readonly certificates: readonly ShippedCertificate[];
  /** Who may sign the lists of servers. */
  readonly listSigners: readonly Certificate[];
  /** Files that are not what the manifest promises, with the reason; none of them is believed. */
  readonly refused: readonly string[];
};

/** DER, ready for `VerifyOptions`. */
export type TrustStore = { readonly anchors: readonly Uint8Array[]; readonly intermediates: readonly Uint8Array[]; readonly rejected: readonly string[] };

const manifestName = 'trust.json';
const nothing: Shipped = { certificates: [], listSigners: [], refused: [] };

/**
 * Reads the folder by its manifest: an anchor is what the manifest says is one, with the hash that it says. A file that is not named, or is another one
 * than was promised, is refused and told. A folder that is not there is an empty list.
 */
export function readShipped(folder: string): Shipped {
  if (!existsSync(folder)) return nothing;
  const manifest = readManifest(join(folder, manifestName));
  if (manifest === null) return { ...nothing, refused: [`${manifestName}: unreadable`] };
  const certificates: ShippedCertificate[] = [];
  const listSigners: Certificate[] = [];
  const refused: string[] = [];
  const shipped = manifest.certificates.filter(({ status }) => status === 'shipped');
  for (const entry of shipped) {
    const read = readEntry(folder, entry);
    if (typeof read === 'string') refused.push(`${entry.file}: ${read}`);
    else if (entry.role === 'list-signer') listSigners.push(read);
    else certificates.push({ role: entry.role, certificate: read, since: entry.since ?? manifest.dated });
  }
  const named = new Set(shipped.map(({ file }) => file));
  for (const file of readdirSync(folder).sort()) if (/\.(pem|crt|cer|der|p7b)$/i.test(file) && !named.has(file)) refused.push(`${file}: unnamed`);
  return { certificates, listSigners, refused };
}

/** The same for whoever judges with what is shipped alone. */
export function readTrustStore(folder: string): TrustStore {
  const { certificates, refused } = readShipped(folder);
  const of = (role: TrustRole): readonly Uint8Array[] => certificates.filter((each) => each.role === role).map(({ certificate }) => certificate.der);
  return { anchors: of('anchor'), intermediates: of('intermediate'), rejected: refused };
}

function readManifest(path: string): TrustManifest | null {
  try {
    const parsed = trustManifest.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // not there, or no JSON: the same as none, and told as such
    return null;
  }
}

/** The certificate, or why it is not believed. */
function readEntry(folder: string, { file, sha256, role }: TrustManifest['certificates'][number]): Certificate | string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(folder, file));
  } catch {
    return 'missing';
  }
  const [der, ...more] = readCertificateFile(bytes);
  if (der === undefined || more.length > 0) return 'not one certificate';
  if (createHash('sha256').update(der).digest('hex') !== sha256) return 'another hash';
  const certificate = readCertificate(der);
  if (certificate === null) return 'unreadable';
  return (role === 'list-signer' ? null : findFault(certificate, role)) ?? certificate;
}
