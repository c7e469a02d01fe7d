import { constants, createHash, verify } from 'node:crypto';
import { splitAlgorithm, type DigestName, type SignatureAlgorithm } from '../ports/token.ts';
import { assertNever } from '../../src-shared/result.ts';
import type { SignerCertificate } from './certificate.ts';
import { derNull, explicit, implicitSet, octets, oid, sequence, setOf, smallInteger } from './der.ts';
import { timestampAttribute } from './timestamp-attribute.ts';

const ids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  rsa: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
} as const;

/** RFC 5754 2 and 3.3; the salt of RSA-PSS is as long as the digest (RFC 4056 3). */
const digests = {
  sha256: { id: '2.16.840.1.101.3.4.2.1', ecdsa: '1.2.840.10045.4.3.2', bytes: 32 },
  sha384: { id: '2.16.840.1.101.3.4.2.2', ecdsa: '1.2.840.10045.4.3.3', bytes: 48 },
  sha512: { id: '2.16.840.1.101.3.4.2.3', ecdsa: '1.2.840.10045.4.3.4', bytes: 64 },
} as const satisfies Record<DigestName, { readonly id: string; readonly ecdsa: string; readonly bytes: number }>;

export function digestOf(algorithm: SignatureAlgorithm): DigestName {
  return splitAlgorithm(algorithm)[1];
}

/**
 * DER of SignedAttributes as a SET, which is what is signed (RFC 5652 5.4): content-type, message-digest, signing-certificate-v2
 * (RFC 5035; SHA-256 is its default and so left out). No signing-time: the claimed time is the dictionary's /M.
 */
export function encodeSignedAttributes(signer: SignerCertificate, digest: Uint8Array): Uint8Array {
  const certHash = createHash('sha256').update(signer.der).digest();
  return setOf([
    attribute(ids.contentType, oid(ids.data)),
    attribute(ids.messageDigest, octets(digest)),
    attribute(ids.signingCertificateV2, sequence(sequence(sequence(octets(certHash))))),
  ]);
}

/** Whether the value is this key's signature over the attributes: a token that signs wrongly must not leave a document behind. */
export function isSignatureOf(signer: SignerCertificate, algorithm: SignatureAlgorithm, signedAttributes: Uint8Array, signature: Uint8Array): boolean {
  const [scheme, digest] = splitAlgorithm(algorithm);
  const kind = signer.publicKey.asymmetricKeyType;
  // What verifies under another scheme than the one that will be named is no signature to anybody else.
  if (scheme === 'ecdsa' ? kind !== 'ec' : kind !== 'rsa' && !(kind === 'rsa-pss' && scheme === 'rsa-pss')) return false;
  const key = scheme === 'rsa-pss' ? { key: signer.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: digests[digest].bytes } : signer.publicKey;
  return verify(digest, signedAttributes, key, signature);
}

/** ContentInfo of a detached SignedData v1 with one SignerInfo and the whole chain, DER (RFC 5652 5.1). */
export function encodeSignedData(parts: {
  readonly signer: SignerCertificate;
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  /** A TimeStampToken over the signature value, for the unsigned attribute; null for none. */
  readonly timestamp?: Uint8Array | null;
}): Uint8Array {
  const digestAlgorithm = sequence(oid(digests[digestOf(parts.algorithm)].id));
  const signerInfo = sequence(
    smallInteger(1),
    sequence(parts.signer.issuer, parts.signer.serial),
    digestAlgorithm,
    asImplicit0(parts.signedAttributes),
    signatureAlgorithm(parts.algorithm),
    octets(parts.signature),
    ...(parts.timestamp === null || parts.timestamp === undefined ? [] : [implicitSet(1, [attribute(timestampAttribute, parts.timestamp)])]),
  );
  const signedData = sequence(
    smallInteger(1),
    setOf([digestAlgorithm]),
    sequence(oid(ids.data)),
    implicitSet(0, parts.chain),
    setOf([signerInfo]),
  );
  return sequence(oid(ids.signedData), explicit(0, signedData));
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), setOf([value]));
}

/** RFC 5652 5.4: signed as SET OF, carried as [0] IMPLICIT: only the tag differs. */
function asImplicit0(set: Uint8Array): Uint8Array {
  const carried = new Uint8Array(set);
  carried[0] = 0xa0;
  return carried;
}

function signatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array {
  const [scheme, digest] = splitAlgorithm(algorithm);
  switch (scheme) {
    // RFC 3370 3.2: rsaEncryption with NULL is what every reader takes.
    case 'rsa-pkcs1': return sequence(oid(ids.rsa), derNull);
    case 'rsa-pss': return sequence(oid(ids.rsaPss), pssParameters(digest));
    case 'ecdsa': return sequence(oid(digests[digest].ecdsa));
    default: return assertNever(scheme);
  }
}

/** RSASSA-PSS-params (RFC 4055 3.1): hash, MGF1 with the same hash, the salt's length; the trailer is its default. */
function pssParameters(digest: DigestName): Uint8Array {
  const hash = sequence(oid(digests[digest].id));
  return sequence(explicit(0, hash), explicit(1, sequence(oid(ids.mgf1), hash)), explicit(2, smallInteger(digests[digest].bytes)));
}
