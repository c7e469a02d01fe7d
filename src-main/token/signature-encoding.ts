import { createHash, type KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '../ports/token.ts';

/** RFC 8017 §9.2 note 1: the DER prefix of DigestInfo for SHA-256. */
const sha256Prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');

export function sha256DigestInfo(data: Uint8Array): Buffer {
  return Buffer.concat([sha256Prefix, createHash('sha256').update(data).digest()]);
}

/** How a key of this kind signs; null for a kind that signs no documents here. */
export function findAlgorithm(publicKey: KeyObject): SignatureAlgorithm | null {
  if (publicKey.asymmetricKeyType === 'rsa') return 'rsa-pkcs1-sha256';
  if (publicKey.asymmetricKeyType !== 'ec') return null;
  return publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ecdsa-sha256' : 'ecdsa-sha384';
}

/** PKCS#11 gives r‖s of equal length; CMS wants `SEQUENCE { r INTEGER, s INTEGER }` (RFC 3279 §2.2.3). */
export function ecdsaToDer(raw: Uint8Array): Buffer {
  const half = raw.length / 2;
  const body = Buffer.concat([derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half))]);
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
