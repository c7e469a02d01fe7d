import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { BitString, fromBER, Sequence } from 'asn1js';
import { digestNames, type DigestName, type SignatureAlgorithm } from '../ports/token.ts';

/** RFC 8017 §9.2 note 1: the DER prefix of DigestInfo. */
const digestInfoPrefix: Readonly<Record<DigestName, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

export function digestInfo(digest: DigestName, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(digestInfoPrefix[digest], 'hex'), hash(digest, data)]);
}

export function hash(digest: DigestName, data: Uint8Array): Buffer {
  return createHash(digest).update(data).digest();
}

/** Bytes of the curve's order; the digest that is no weaker than the curve (RFC 5753 §8); OpenSSL's names. */
const curves = {
  prime256v1: { bytes: 32, digest: 'sha256' },
  secp384r1: { bytes: 48, digest: 'sha384' },
  secp521r1: { bytes: 66, digest: 'sha512' },
} as const satisfies Record<string, { readonly bytes: number; readonly digest: DigestName }>;

function curveOf(publicKey: KeyObject): (typeof curves)[keyof typeof curves] | null {
  const name = publicKey.asymmetricKeyDetails?.namedCurve ?? '';
  return name in curves ? curves[name as keyof typeof curves] : null;
}

/** Bytes of r and of s; null for a key that is not of a known curve. */
export function curveBytes(publicKey: KeyObject): number | null {
  return curveOf(publicKey)?.bytes ?? null;
}

/** How a key of this kind signs, with at least this digest where the key leaves a choice; null for a kind that signs no documents here. */
export function findAlgorithm(publicKey: KeyObject, atLeast: DigestName = 'sha256'): SignatureAlgorithm | null {
  switch (publicKey.asymmetricKeyType) {
    case 'rsa': return `rsa-pkcs1-${atLeast}`;
    case 'rsa-pss': return findPss(publicKey, atLeast);
    case 'ec': {
      const curve = curveOf(publicKey);
      return curve === null ? null : `ecdsa-${stronger(curve.digest, atLeast)}`;
    }
    default: return null;
  }
}

function stronger(one: DigestName, other: DigestName): DigestName {
  return digestNames.indexOf(one) > digestNames.indexOf(other) ? one : other;
}

/** RFC 4055 §1.2: a key with parameters signs with these and no others; salt as long as the digest is what is made here. */
function findPss(publicKey: KeyObject, atLeast: DigestName): SignatureAlgorithm | null {
  const { hashAlgorithm, mgf1HashAlgorithm, saltLength } = publicKey.asymmetricKeyDetails ?? {};
  if (hashAlgorithm === undefined) return `rsa-pss-${atLeast}`;
  const fixed = digestNames.find((name) => name === hashAlgorithm);
  if (fixed === undefined || mgf1HashAlgorithm !== hashAlgorithm) return null;
  return (saltLength ?? 0) <= createHash(fixed).digest().length ? `rsa-pss-${fixed}` : null;
}

/** The modulus of an RSA key of either kind, to know its private key by; null for other keys. */
export function findModulus(publicKey: KeyObject): Buffer | null {
  if (publicKey.asymmetricKeyType !== 'rsa' && publicKey.asymmetricKeyType !== 'rsa-pss') return null;
  // RFC 5280 §4.1: SubjectPublicKeyInfo; its bits are an RSAPublicKey, whatever the algorithm's name. JWK knows no RSASSA-PSS key.
  const { result } = fromBER(publicKey.export({ format: 'der', type: 'spki' }));
  const bits = result instanceof Sequence ? result.valueBlock.value[1] : undefined;
  if (!(bits instanceof BitString)) return null;
  const plain = createPublicKey({ key: Buffer.from(bits.valueBlock.valueHexView), format: 'der', type: 'pkcs1' });
  return Buffer.from(plain.export({ format: 'jwk' }).n ?? '', 'base64url');
}

/**
 * PKCS#11 gives r‖s of equal length; CMS wants `SEQUENCE { r INTEGER, s INTEGER }` (RFC 3279 §2.2.3). Some drivers give that themselves:
 * what has not the length of r‖s is theirs.
 */
export function ecdsaToDer(raw: Uint8Array, bytesEach: number): Buffer {
  if (raw.length !== bytesEach * 2) return Buffer.from(raw);
  const body = Buffer.concat([derInteger(raw.subarray(0, bytesEach)), derInteger(raw.subarray(bytesEach))]);
  // Two 66-byte integers (P-521) take one length byte more than 127 allows.
  const header = body.length < 128 ? [0x30, body.length] : [0x30, 0x81, body.length];
  return Buffer.concat([Buffer.from(header), body]);
}

function derInteger(unsigned: Uint8Array): Buffer {
  let start = 0;
  while (start < unsigned.length - 1 && unsigned[start] === 0) start++;
  const magnitude = unsigned.subarray(start);
  const padding = (magnitude[0] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.from([0x02, magnitude.length + padding.length, ...padding, ...magnitude]);
}
