import type { KeyObject } from 'node:crypto';
import { children, derTag, readOid, readSmallInteger, sequence, type DerNode } from './der.ts';

/** What this verifier computes. SHA-1 is known by name, so that it can be refused by name. */
export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512';

export type SignatureScheme =
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashName | null }
  | { readonly kind: 'rsa-pss'; readonly hash: HashName; readonly saltLength: number }
  | { readonly kind: 'ecdsa'; readonly hash: HashName | null };

const hashes: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

const schemes: Readonly<Record<string, SignatureScheme>> = {
  // RFC 8017 A.2: rsaEncryption leaves the hash to digestAlgorithm.
  '1.2.840.113549.1.1.1': { kind: 'rsa-pkcs1', hash: null },
  '1.2.840.113549.1.1.5': { kind: 'rsa-pkcs1', hash: 'sha1' },
  '1.2.840.113549.1.1.11': { kind: 'rsa-pkcs1', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa-pkcs1', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa-pkcs1', hash: 'sha512' },
  // Some old signers put the key's own OID here.
  '1.2.840.10045.2.1': { kind: 'ecdsa', hash: null },
  '1.2.840.10045.4.1': { kind: 'ecdsa', hash: 'sha1' },
  '1.2.840.10045.4.3.2': { kind: 'ecdsa', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ecdsa', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ecdsa', hash: 'sha512' },
};

const minimumRsaBits = 2048;
/** By OpenSSL's names. A curve given by its numbers has none: who may choose the numbers can make a key fit (CVE-2020-0601). */
const strongCurves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1']);

/** Signing.md §2: RSA of 2048 bits, curves of 256. */
export function isWeakKey(key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType?.startsWith('rsa') === true) return (details?.modulusLength ?? 0) < minimumRsaBits;
  return key.asymmetricKeyType === 'ec' && !strongCurves.has(details?.namedCurve ?? '');
}

const pss = '1.2.840.113549.1.1.10';
const mgf1 = '1.2.840.113549.1.1.8';

/** Hash of an AlgorithmIdentifier, or null for one that this verifier does not know. */
export function readHashAlgorithm(node: DerNode | null | undefined): HashName | null {
  const parts = sequence(node);
  const oid = readOid(parts?.[0]);
  return oid === null || !plainParameters(parts?.slice(1) ?? []) ? null : (hashes[oid] ?? null);
}

/** Scheme of a signatureAlgorithm, or null for one that this verifier does not know. */
export function readSignatureScheme(node: DerNode | null | undefined): SignatureScheme | null {
  const parts = sequence(node);
  const oid = readOid(parts?.[0]);
  if (oid === null) return null;
  if (oid === pss) return readPss(parts?.[1]);
  return plainParameters(parts?.slice(1) ?? []) ? (schemes[oid] ?? null) : null;
}

/** RFC 5754 §2: absent or NULL. Anything else is another algorithm than its name says. */
function plainParameters(nodes: readonly DerNode[]): boolean {
  return nodes.length === 0 || (nodes.length === 1 && nodes[0]?.tag === derTag.null && nodes[0].content.length === 0);
}

/** RFC 4055 §3.1. The defaults are SHA-1: a missing field is read as that, never as something better. */
function readPss(node: DerNode | undefined): SignatureScheme | null {
  const fields = sequence(node);
  if (fields === null) return null;
  const field = (tag: number): DerNode | undefined => children(fields.find((each) => each.tag === tag))?.[0];
  const hash = field(0xa0) === undefined ? 'sha1' : readHashAlgorithm(field(0xa0));
  const mask = sequence(field(0xa1));
  const maskHash = field(0xa1) === undefined ? 'sha1' : readOid(mask?.[0]) === mgf1 ? readHashAlgorithm(mask?.[1]) : null;
  const saltLength = field(0xa2) === undefined ? 20 : readSmallInteger(field(0xa2));
  const trailer = field(0xa3) === undefined ? 1 : readSmallInteger(field(0xa3));
  // OpenSSL, and so node:crypto, masks with the message's hash; another mask hash cannot be checked here.
  if (hash === null || maskHash !== hash || saltLength === null || saltLength > 512 || trailer !== 1) return null;
  return { kind: 'rsa-pss', hash, saltLength };
}
