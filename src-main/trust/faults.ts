import type { TrustFault } from '../../src-shared/contract/trust.ts';
import { keyUsageBit, type Certificate } from '../verification/certificate.ts';
import { sameBytes } from '../verification/der.ts';

export type TrustRole = 'anchor' | 'intermediate';

const minimumRsaBits = 2048;
const strongCurves: readonly (string | undefined)[] = ['prime256v1', 'secp384r1', 'secp521r1'];

/**
 * Why a certificate cannot serve in this role, or null. Time is apart (`findTimeFault`): an authority whose days are over still answers for what was
 * signed in its time.
 */
export function findFault(certificate: Certificate, role: TrustRole): TrustFault | null {
  if (!isAuthority(certificate, role)) return 'not-ca';
  if (!hasStrongKey(certificate)) return 'weak-key';
  // what an anchor's own signature is made with is irrelevant: nobody leans on it
  if (role === 'intermediate' && (certificate.scheme === null || certificate.scheme.hash === 'sha1')) return 'weak-signature';
  return null;
}

export function findTimeFault(certificate: Certificate, now: Date): 'expired' | 'not-yet-valid' | null {
  if (now < certificate.notBefore) return 'not-yet-valid';
  return now > certificate.notAfter ? 'expired' : null;
}

/** Signed with its own key: what is meant to be an anchor. A name alone can be copied. */
export function isSelfSigned(certificate: Certificate): boolean {
  if (!sameBytes(certificate.subject, certificate.issuer)) return false;
  try {
    return certificate.x509.verify(certificate.x509.publicKey);
  } catch {
    // a key of the wrong kind for the signature: not its own
    return false;
  }
}

/** RFC 5280 4.2.1.9, 4.2.1.3. A root of version 1 has no extensions to say it with; as an anchor it is one because we say so. */
function isAuthority({ basicConstraints, keyUsage, extensions }: Certificate, role: TrustRole): boolean {
  if (!basicConstraints.ca && !(role === 'anchor' && extensions.length === 0)) return false;
  return keyUsage === null || keyUsage.has(keyUsageBit.keyCertSign);
}

function hasStrongKey({ x509: { publicKey } }: Certificate): boolean {
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = publicKey;
  if (kind === 'rsa' || kind === 'rsa-pss') return (details?.modulusLength ?? 0) >= minimumRsaBits;
  if (kind === 'ec') return strongCurves.includes(details?.namedCurve);
  return kind === 'ed25519' || kind === 'ed448';
}
