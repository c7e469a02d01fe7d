import type { Certificate } from '../verification/certificate.ts';
import { sameBytes } from '../verification/der.ts';

export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return sameBytes(certificate.issuer, issuer.subject) && certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    // A key of another kind than the signature: not its issuer.
    return false;
  }
}
