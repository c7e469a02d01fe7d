import type { KeyObject } from 'node:crypto';
import { readSignatureScheme } from '../verification/algorithms.ts';
import { isSignedBy } from '../verification/cms-check.ts';
import { derTag, type DerNode } from '../verification/der.ts';

/** What X.509 signs: `data` whole, the AlgorithmIdentifier, the BIT STRING. */
export type SignedParts = { readonly data: DerNode; readonly algorithm: DerNode; readonly signature: DerNode };

/** SHA-1 proves nothing here: a fresh answer has no excuse for it. */
export function holdsUnder(key: KeyObject, { data, algorithm, signature }: SignedParts): boolean {
  const scheme = readSignatureScheme(algorithm);
  const digest = scheme?.hash ?? null;
  if (scheme === null || digest === null || digest === 'sha1') return false;
  // a signature is whole bytes: no unused bits
  if (signature.tag !== derTag.bitString || signature.content[0] !== 0) return false;
  return isSignedBy(key, data.raw, signature.content.subarray(1), { scheme, digest });
}
