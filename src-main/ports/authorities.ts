import type { Result } from '../../src-shared/result.ts';

/** Certification services over the line. Each call has a deadline, obeys `signal`, and paces itself; a service that is down is an error, never a wait without end. */
export type AuthorityCall = {
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
  /** Asked anew, even where an answer is still remembered. */
  readonly fresh?: boolean;
};

/** RFC 3161. */
export type TimestampPort = {
  /**
   * A TimeStampToken (DER of its ContentInfo) over `imprint`, the SHA-256 of what is stamped: its status, imprint, nonce, signature and the
   * purpose of its certificate are checked before it is handed out; whom to trust is the verifier's business.
   * Errors: `timestamp.unreachable`, `timestamp.timeout`, `timestamp.refused`, `timestamp.invalid` (`reason`: garbage, imprint, nonce, signature, usage).
   */
  readonly stamp: (imprint: Uint8Array, call?: AuthorityCall) => Promise<Result<Uint8Array>>;
};

/** What a certification authority said of one certificate, and the DER that proves it. Times are Dates. */
export type RevocationAnswer = {
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | null;
  /** `ocsp`: an OCSPResponse (RFC 6960 4.2.1). `crl`: a CertificateList (RFC 5280 5.1). */
  readonly proof: { readonly kind: 'ocsp' | 'crl'; readonly der: Uint8Array };
  /** The responder's own certificates, when it is not the issuer itself. */
  readonly certificates: readonly Uint8Array[];
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
};

export type RevocationPort = {
  /**
   * Asks by OCSP (the address in the certificate), else by CRL. A response counts only when it is signed by the issuer or by a responder that
   * the issuer named for it (RFC 6960 4.2.2.2), is about this certificate, and is of its time.
   * Errors: `revocation.no-address`, `revocation.unreachable`, `revocation.timeout`, `revocation.invalid` (`reason`: garbage, signature, stranger, other-certificate, nonce, stale).
   */
  readonly check: (certificate: Uint8Array, issuer: Uint8Array, call?: AuthorityCall) => Promise<Result<RevocationAnswer>>;
  /** The issuer's certificate from the address in the certificate (RFC 5280 4.2.2.1); null when there is no address or nothing that fits. */
  readonly findIssuer: (certificate: Uint8Array, call?: AuthorityCall) => Promise<Uint8Array | null>;
};
