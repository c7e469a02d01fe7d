import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { trustAnswer, trustManifest, type TrustAnswer, type TrustList, type TrustManifest } from '../../src-shared/protocol/trust.ts';

export const manifestName = 'trust.json';
/** Detached CMS over the list's text, DER. */
export const signatureName = 'list.p7s';

export type TrustFolder = { readonly version: number; readonly answer: TrustAnswer };
export type FolderOutcome = { readonly ok: true; readonly value: TrustFolder } | { readonly ok: false; readonly reason: string };

/** The list that the administrator's folder makes, checked file by file as every desk will check it. A folder with one fault makes none. */
export function readTrustFolder(folder: string): FolderOutcome {
  const manifest = readManifest(folder);
  if (typeof manifest === 'string') return { ok: false, reason: manifest };
  const certificates: { readonly role: 'anchor' | 'intermediate'; readonly der: Uint8Array; readonly sha256: string }[] = [];
  for (const { file, role, sha256, status } of manifest.certificates) {
    if (role === 'list-signer') return { ok: false, reason: `${file}: a list names no list-signer; the program does` };
    if (status !== 'shipped') return { ok: false, reason: `${file}: status is not "shipped"` };
    const certificate = readCertificateOf(folder, file);
    if (typeof certificate === 'string') return { ok: false, reason: `${file}: ${certificate}` };
    if (fingerprintOf(certificate) !== sha256) return { ok: false, reason: `${file}: sha256 is ${fingerprintOf(certificate)}` };
    const fault = findAuthorityFault(certificate, role);
    if (fault !== null) return { ok: false, reason: `${file}: ${fault}` };
    if (certificates.some((each) => each.sha256 === sha256)) return { ok: false, reason: `${file}: stands in the list twice` };
    certificates.push({ role, der: certificate.raw, sha256 });
  }
  const signature = path.join(folder, signatureName);
  const answer = trustAnswer.safeParse({ list: composeList(manifest, certificates), signature: existsSync(signature) ? readFileSync(signature).toString('base64') : null });
  return answer.success ? { ok: true, value: { version: manifest.version, answer: answer.data } } : { ok: false, reason: 'the list is too large' };
}

/** The manifest, or why there is none. */
export function readManifest(folder: string): TrustManifest | string {
  const file = path.join(folder, manifestName);
  if (!existsSync(file)) return `${manifestName} is missing`;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return `${manifestName}: ${(error as Error).message}`;
  }
  const parsed = trustManifest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${manifestName}: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`;
}

/** PEM or DER with one certificate in it, or why it is none. */
export function readCertificateOf(folder: string, file: string): X509Certificate | string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.join(folder, file));
  } catch {
    return 'is missing';
  }
  if (bytes.toString('latin1').split('-----BEGIN CERTIFICATE-----').length > 2) return 'holds several certificates; put each in a file of its own';
  try {
    return new X509Certificate(bytes);
  } catch {
    return 'holds no certificate that can be read';
  }
}

export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

/** Why it cannot be an authority, or null. Its time is not asked: one that has ended still answers for what was signed in its time. */
export function findAuthorityFault(certificate: X509Certificate, role: 'anchor' | 'intermediate'): string | null {
  if (!certificate.ca) return 'is not the certificate of an authority';
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = certificate.publicKey;
  const strong = kind === 'rsa' || kind === 'rsa-pss' ? (details?.modulusLength ?? 0) >= 2048 : kind === 'ec' ? ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '') : kind === 'ed25519' || kind === 'ed448';
  if (!strong) return 'its key is too weak';
  if (role === 'intermediate' && /sha1|md5/i.test(certificate.signatureAlgorithm ?? '')) return `it is signed with ${certificate.signatureAlgorithm}`;
  return null;
}

/** The text that is sent, and signed: the same folder makes the same bytes, always. */
function composeList({ version, dated, note }: TrustManifest, certificates: readonly { readonly role: 'anchor' | 'intermediate'; readonly der: Uint8Array; readonly sha256: string }[]): string {
  const list: TrustList = { schema: 1, version, dated, note, certificates: certificates.map(({ role, der, sha256 }) => ({ role, der: Buffer.from(der).toString('base64'), sha256 })) };
  return JSON.stringify(list);
}

/** Changes whenever something in the folder does; null when there is no folder. */
export function stampOf(folder: string): string | null {
  if (!existsSync(folder)) return null;
  return readdirSync(folder).sort().map((name) => {
    const { mtimeMs, size } = statSync(path.join(folder, name));
    return `${name} ${mtimeMs} ${size}`;
  }).join('\n');
}
