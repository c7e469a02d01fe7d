import pkcs11js from 'pkcs11js';
import { splitAlgorithm, type DigestName, type SignatureAlgorithm } from '../ports/token.ts';
import { digestInfo, hash } from './signature-encoding.ts';

/** One way to have the token make the signature: the mechanism, and what goes into C_Sign. */
export type Way = { readonly mechanism: pkcs11js.Mechanism; readonly input: Buffer };

/** PKCS#11 v2.40 Mechanisms §2.1 and §2.3: hashing by the token, and over a digest made here. */
const numbers = {
  sha256: { hash: pkcs11js.CKM_SHA256, mgf: pkcs11js.CKG_MGF1_SHA256, pkcs1: pkcs11js.CKM_SHA256_RSA_PKCS, pss: pkcs11js.CKM_SHA256_RSA_PKCS_PSS, ecdsa: pkcs11js.CKM_ECDSA_SHA256 },
  sha384: { hash: pkcs11js.CKM_SHA384, mgf: pkcs11js.CKG_MGF1_SHA384, pkcs1: pkcs11js.CKM_SHA384_RSA_PKCS, pss: pkcs11js.CKM_SHA384_RSA_PKCS_PSS, ecdsa: pkcs11js.CKM_ECDSA_SHA384 },
  sha512: { hash: pkcs11js.CKM_SHA512, mgf: pkcs11js.CKG_MGF1_SHA512, pkcs1: pkcs11js.CKM_SHA512_RSA_PKCS, pss: pkcs11js.CKM_SHA512_RSA_PKCS_PSS, ecdsa: pkcs11js.CKM_ECDSA_SHA512 },
} as const satisfies Record<DigestName, object>;

/**
 * The ways to this signature that the token offers, the best one first. A token that offers none of them is asked all the same: some
 * drivers forget to list what they can do, and some list what they refuse.
 */
export function signingWays(algorithm: SignatureAlgorithm, data: Uint8Array, offered: readonly number[], curveBytes: number | null): readonly Way[] {
  const ways = waysOf(algorithm, data, curveBytes);
  return ways.toSorted((a, b) => Number(offered.includes(b.mechanism.mechanism)) - Number(offered.includes(a.mechanism.mechanism)));
}

function waysOf(algorithm: SignatureAlgorithm, data: Uint8Array, curveBytes: number | null): readonly Way[] {
  const [scheme, digest] = splitAlgorithm(algorithm);
  const number = numbers[digest];
  const whole = Buffer.from(data);
  const hashed = hash(digest, data);
  switch (scheme) {
    case 'rsa-pkcs1':
      return [{ mechanism: { mechanism: number.pkcs1 }, input: whole }, { mechanism: { mechanism: pkcs11js.CKM_RSA_PKCS }, input: digestInfo(digest, data) }];
    case 'rsa-pss': {
      const parameter = { type: pkcs11js.CK_PARAMS_RSA_PSS, hashAlg: number.hash, mgf: number.mgf, saltLen: hashed.length };
      return [{ mechanism: { mechanism: number.pss, parameter }, input: whole }, { mechanism: { mechanism: pkcs11js.CKM_RSA_PKCS_PSS, parameter }, input: hashed }];
    }
    case 'ecdsa':
      // FIPS 186-4 §6.4: the leftmost bits of a digest longer than the curve's order; not every driver cuts it itself.
      return [{ mechanism: { mechanism: pkcs11js.CKM_ECDSA }, input: hashed.subarray(0, curveBytes ?? hashed.length) }, { mechanism: { mechanism: number.ecdsa }, input: whole }];
  }
}
