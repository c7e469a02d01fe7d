import type { CertificateSummary } from '../../src-shared/contract/verification.ts';
import type { Certificate } from '../verification/certificate.ts';

export function summarize({ commonName, organization, issuerName, serial, notBefore, notAfter, thumbprint }: Certificate): CertificateSummary {
  return { commonName: commonName || organization, organization, issuer: issuerName, serial: Buffer.from(serial).toString('hex'), notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString(), thumbprint };
}
