import { createHash } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { crlStatement, readRevocationList } from './crl.ts';
import { ocspStatement, readOcspResponse } from './ocsp.ts';

/** What a certification authority said of one certificate, its signature checked. */
export type Statement = {
  readonly status: 'good' | 'revoked';
  readonly revokedAt: Date | null;
  /** CRLReason (RFC 5280 §5.3.1); null when none is given. */
  readonly reason: number | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly producedAt: Date;
  /** Who signed it for the issuer; null when the issuer did itself. */
  readonly responder: Certificate | null;
};

/** Where a proof lay: the file's DSS, a signature itself, this machine, or with whoever was asked just now. Only the DSS counts for a level. */
export type ProofSource = 'dss' | 'cms' | 'cache' | 'asked';

/** An OCSP response or a CRL, and the oldest revision whose DSS holds it. */
export type Proof = {
  readonly kind: 'ocsp' | 'crl';
  readonly source: ProofSource;
  readonly der: Uint8Array;
  /** SHA-256 of the DER, hex. */
  readonly id: string;
  readonly revision: number;
  /** Certificates that came inside it. */
  readonly certificates: readonly Certificate[];
  /** `others` may hold the responder's certificate. Null: it says nothing of this certificate that counts. */
  readonly about: (certificate: Certificate, issuer: Certificate, others: readonly Certificate[]) => Statement | null;
};

/** Null when the bytes are no such proof. What it says of a certificate is worked out once. */
export function readProof(kind: Proof['kind'], der: Uint8Array, revision: number, source: ProofSource = 'dss'): Proof | null {
  const id = createHash('sha256').update(der).digest('hex');
  const known = new Map<string, Statement | null>();
  const remember = (say: (certificate: Certificate, issuer: Certificate, others: readonly Certificate[]) => Statement | null): Proof['about'] => (certificate, issuer, others) => {
    const key = `${certificate.thumbprint}/${issuer.thumbprint}/${String(others.length)}`;
    const said = known.get(key);
    if (said !== undefined) return said;
    const statement = say(certificate, issuer, others);
    known.set(key, statement);
    return statement;
  };
  if (kind === 'ocsp') {
    const response = readOcspResponse(der);
    return response === null ? null : { kind, source, der, id, revision, certificates: response.certificates, about: remember((certificate, issuer, others) => ocspStatement(response, certificate, issuer, others)) };
  }
  const list = readRevocationList(der);
  return list === null ? null : { kind, source, der, id, revision, certificates: [], about: remember((certificate, issuer) => crlStatement(list, certificate, issuer)) };
}
