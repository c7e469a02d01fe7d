import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { readCertificateFile as readCertificates } from '../trust/certificate-file.ts';
import { readTrustStore } from '../trust/shipped.ts';

export type Trust = { readonly anchors: readonly Uint8Array[]; readonly intermediates: readonly Uint8Array[] };

/** What is shipped and what the person names. A named file without any self-issued certificate is trusted as it is: the person said so. */
export function readTrust(paths: readonly string[]): Result<Trust> {
  const shipped = readTrustStore(findTrustFolder());
  const anchors = [...shipped.anchors];
  const intermediates = [...shipped.intermediates];
  for (const path of paths) {
    const certificates = readCertificateFile(path);
    if (!certificates.ok) return certificates;
    const roots = certificates.value.filter(isSelfIssued);
    anchors.push(...(roots.length > 0 ? roots : certificates.value));
    intermediates.push(...certificates.value.filter((der) => !roots.includes(der)));
  }
  return ok({ anchors, intermediates });
}

/** Every certificate of a file as people have them (PEM, DER, PKCS#7), DER. */
export function readCertificateFile(path: string): Result<readonly Uint8Array[]> {
  try {
    const certificates = readCertificates(readFileSync(path));
    if (certificates.length === 0) return fail('file.unreadable', { path });
    // Parsed here so that a wrong file is named before anything is signed or judged with it.
    return ok(certificates.map((der) => new Uint8Array(new X509Certificate(der).raw)));
  } catch {
    return fail('file.unreadable', { path });
  }
}

/** `resources/trust` of the nearest folder above this file: the same for the source, the build and the package. */
function findTrustFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources', 'trust');
    if (existsSync(candidate) || folder === dirname(folder)) return candidate;
  }
}

function isSelfIssued(der: Uint8Array): boolean {
  const certificate = new X509Certificate(der);
  return certificate.subject === certificate.issuer;
}
