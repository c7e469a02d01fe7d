import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { trustList } from '../../src-shared/protocol/trust.ts';
import { challengeText } from '../../src-shared/protocol/wire.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';

export type TrustedCertificate = { readonly role: 'anchor' | 'intermediate'; readonly certificate: X509Certificate };
export type Proof = { readonly host: string; readonly challenge: string; readonly certificates: readonly string[]; readonly signature: string };

/** Issuers between a signer and an anchor; government chains have two. */
const longestChain = 5;

/**
 * Whether the holder of the first certificate signed this challenge for this host. Answers the certificate's name: the SHA-256 (hex) of its DER.
 * `trusted` null: the server has no list, and the binding alone is what counts. Errors: `session.certificate-expired`, `session.certificate-untrusted`, `session.bad-signature`.
 */
export function checkProof(proof: Proof, trusted: readonly TrustedCertificate[] | null, nowMs: number): Result<{ readonly thumbprint: string; readonly subject: string }> {
  const [signer, ...issuers] = proof.certificates.map(readCertificate);
  if (signer === undefined || signer === null || !isStrong(signer)) return fail('session.bad-signature');
  if (!verifies(signer, Buffer.from(challengeText(proof.host, proof.challenge), 'utf8'), Buffer.from(proof.signature, 'base64'))) return fail('session.bad-signature');
  const thumbprint = createHash('sha256').update(signer.raw).digest('hex');
  // only what was proven is told about: a certificate is public, and whoever sends one need not hold its key
  if (!isInTime(signer, nowMs)) return fail('session.certificate-expired', { until: signer.validToDate.toISOString().slice(0, 10) });
  if (trusted !== null && !chains(signer, issuers.filter((each) => each !== null), trusted, nowMs)) return fail('session.certificate-untrusted');
  return ok({ thumbprint, subject: /^CN=(.+)$/m.exec(signer.subject)?.[1] ?? '' });
}

/** The certificates of a published list's text; null for a list that names none, since nobody could sign in by it. */
export function readTrusted(list: string): readonly TrustedCertificate[] | null {
  const { certificates } = trustList.parse(JSON.parse(list));
  const read = certificates.flatMap(({ role, der }) => {
    const certificate = readCertificate(der);
    return certificate === null ? [] : [{ role, certificate }];
  });
  return read.length === 0 ? null : read;
}

/** Base64 of DER. */
function readCertificate(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    // OpenSSL's errors are of many kinds, and all of them mean that it is none
    return null;
  }
}

/** RFC 8017 8.1, 8.2; FIPS 186-5. An RSA key may sign in either of its two ways: the signature itself says which. */
function verifies(signer: X509Certificate, text: Buffer, signature: Buffer): boolean {
  const key = signer.publicKey;
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
  try {
    switch (key.asymmetricKeyType) {
      case 'rsa': return verify('sha256', text, { key, padding: constants.RSA_PKCS1_PADDING }, signature) || verify('sha256', text, pss, signature);
      case 'rsa-pss': return ['sha256', 'sha384', 'sha512'].some((digest) => (key.asymmetricKeyDetails?.hashAlgorithm ?? digest) === digest && verify(digest, text, pss, signature));
      // RFC 5753 8: a digest no weaker than the curve is what tokens make, SHA-256 what the protocol asks for
      case 'ec': return ['sha256', 'sha384', 'sha512'].some((digest) => verify(digest, text, { key, dsaEncoding: 'der' }, signature));
      default: return false;
    }
  } catch {
    // a signature that is no signature at all
    return false;
  }
}

function isStrong(certificate: X509Certificate): boolean {
  const { asymmetricKeyType: kind, asymmetricKeyDetails: details } = certificate.publicKey;
  if (kind === 'rsa' || kind === 'rsa-pss') return (details?.modulusLength ?? 0) >= 2048;
  return kind === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '');
}

function isInTime(certificate: X509Certificate, nowMs: number): boolean {
  return certificate.validFromDate.getTime() <= nowMs && nowMs <= certificate.validToDate.getTime();
}

/** RFC 5280 6.1, as far as a sign-in needs it: names, signatures, time and CA flags, up to an anchor of the list. */
function chains(signer: X509Certificate, sent: readonly X509Certificate[], trusted: readonly TrustedCertificate[], nowMs: number): boolean {
  const between = [...sent, ...trusted.filter(({ role }) => role === 'intermediate').map(({ certificate }) => certificate)];
  const anchors = trusted.filter(({ role }) => role === 'anchor').map(({ certificate }) => certificate);
  const issued = (below: X509Certificate, issuer: X509Certificate): boolean => issuer.ca && below.checkIssued(issuer) && below.verify(issuer.publicKey);
  const reaches = (below: X509Certificate, depth: number): boolean => {
    if (anchors.some((anchor) => issued(below, anchor))) return true;
    if (depth >= longestChain) return false;
    return between.some((issuer) => isInTime(issuer, nowMs) && issued(below, issuer) && !issuer.raw.equals(below.raw) && reaches(issuer, depth + 1));
  };
  return !signer.ca && reaches(signer, 1);
}
