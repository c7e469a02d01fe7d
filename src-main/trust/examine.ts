import { createHash } from 'node:crypto';
import type { TrustCandidate, TrustFault } from '../../src-shared/contract/trust.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { readCertificateFile } from './certificate-file.ts';
import { findFault, findTimeFault, isSelfSigned, type TrustRole } from './faults.ts';
import { summarize } from './summarize.ts';

const maxFileBytes = 2_000_000;
const maxCertificates = 50;

export type FoundCertificate = {
  readonly thumbprint: string;
  /** Null: bytes that stand where a certificate should, and are none. */
  readonly certificate: Certificate | null;
  readonly role: TrustRole;
  readonly fault: (now: Date) => TrustFault | null;
};

/** What a file offers. A certificate signed with its own key is offered as an anchor, any other as help on the way to one. */
export function findCandidates(file: Uint8Array): readonly FoundCertificate[] {
  if (file.length > maxFileBytes) return [];
  const found = readCertificateFile(file).slice(0, maxCertificates).map((der) => {
    const certificate = readCertificate(der);
    const role = certificate === null || isSelfSigned(certificate) ? 'anchor' : 'intermediate';
    return {
      thumbprint: createHash('sha256').update(der).digest('hex'),
      certificate,
      role,
      fault: (now: Date) => (certificate === null ? ('unreadable' as const) : (findFault(certificate, role) ?? findTimeFault(certificate, now))),
    } as const;
  });
  return found.every(({ certificate }) => certificate === null) ? [] : found;
}

/** Error: `trust.no-certificate`. */
export function examineFile(file: Uint8Array, isKnown: (thumbprint: string) => boolean, now: Date): Result<readonly TrustCandidate[]> {
  const found = findCandidates(file);
  if (found.length === 0) return fail('trust.no-certificate');
  return ok(found.map(({ thumbprint, certificate, role, fault }) => ({ ...(certificate === null ? { ...blank, thumbprint } : summarize(certificate)), role, known: isKnown(thumbprint), problem: fault(now) })));
}

const blank = { commonName: '', organization: '', issuer: '', serial: '', notBefore: '', notAfter: '' } as const;
