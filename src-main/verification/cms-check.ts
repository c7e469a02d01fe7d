import { constants, createHash, verify, type KeyObject } from 'node:crypto';
import { isWeakKey, readHashAlgorithm, type HashName, type SignatureScheme } from './algorithms.ts';
import { attributeOid, contentType, type Cms } from './cms.ts';
import { derTag, readOid, sameBytes, sequence } from './der.ts';
import type { ProblemCode } from './messages.ts';

/** `intact` only when every check below was made and held. `not-examined`: mathematically possible, not proven by what policy accepts. */
export type CmsCheck = { readonly integrity: 'intact' | 'broken' | 'not-examined'; readonly problems: readonly ProblemCode[] };

/**
 * RFC 5652 §5.6 over a CMS that was read strictly. `digestOf` hashes what the signature is about: the byte range, or the
 * encapsulated content of a time-stamp token.
 */
export function checkCms(cms: Cms, options: { readonly expectedType: string; readonly digest: Uint8Array; readonly essRequired: boolean }): CmsCheck {
  const broken: ProblemCode[] = [];
  const doubts: ProblemCode[] = [];
  const notes: ProblemCode[] = [];

  if (cms.contentType !== options.expectedType || readOid(cms.attributes.get(attributeOid.contentType)) !== options.expectedType) broken.push('cms.wrong-content-type');
  // A detached signature that carries content leaves it open which of the two was signed.
  if (options.expectedType === contentType.data && cms.content !== null) broken.push('cms.not-detached');
  const claimed = cms.attributes.get(attributeOid.messageDigest);
  if (claimed?.tag !== derTag.octetString || !sameBytes(claimed.content, options.digest)) broken.push('cms.digest-mismatch');
  if (!isSignedBy(cms.signer.x509.publicKey, cms.signedAttrs, cms.signature, cms)) broken.push('cms.signature-wrong');

  const ess = checkSigningCertificate(cms);
  if (ess === 'wrong') broken.push('cms.certificate-mismatch');
  if (ess === 'absent') (options.essRequired ? doubts : notes).push('cms.no-signing-certificate');
  if (ess === 'unknown') doubts.push('cms.unknown-algorithm');

  if (cms.digest === 'sha1') doubts.push('cms.sha1');
  if (isWeakKey(cms.signer.x509.publicKey)) doubts.push('cms.weak-key');
  return { integrity: broken.length > 0 ? 'broken' : doubts.length > 0 ? 'not-examined' : 'intact', problems: [...broken, ...doubts, ...notes] };
}

/** Whether the key made this signature over the data, under the scheme and the message's digest. */
export function isSignedBy(key: KeyObject, data: Uint8Array, signature: Uint8Array, { scheme, digest }: { readonly scheme: SignatureScheme; readonly digest: HashName }): boolean {
  try {
    if (scheme.kind === 'ecdsa') return key.asymmetricKeyType === 'ec' && verify(digest, data, { key, dsaEncoding: 'der' }, signature);
    if (scheme.kind === 'rsa-pkcs1') return key.asymmetricKeyType === 'rsa' && verify(digest, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
    const rsa = key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss';
    return rsa && verify(digest, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }, signature);
  } catch {
    // OpenSSL refuses the key or the encoding outright: the signature does not hold.
    return false;
  }
}

/** RFC 5035 §3, RFC 2634 §5.4: the first ESSCertID names the signer's certificate. */
function checkSigningCertificate(cms: Cms): 'matches' | 'wrong' | 'absent' | 'unknown' {
  const second = cms.attributes.get(attributeOid.signingCertificateV2);
  const first = cms.attributes.get(attributeOid.signingCertificate);
  if (second === undefined && first === undefined) return 'absent';
  const results = [second === undefined ? 'matches' : checkIdentifier(second, 'sha256'), first === undefined ? 'matches' : checkIdentifier(first, 'sha1')] as const;
  if (results.includes('wrong')) return 'wrong';
  return results.includes('unknown') ? 'unknown' : 'matches';

  function checkIdentifier(node: NonNullable<typeof second>, fallback: 'sha1' | 'sha256'): 'matches' | 'wrong' | 'unknown' {
    const identifiers = sequence(sequence(node)?.[0]);
    const parts = sequence(identifiers?.[0]);
    // ESSCertIDv2 ::= SEQUENCE { hashAlgorithm DEFAULT sha256, certHash OCTET STRING, issuerSerial OPTIONAL }
    const named = parts?.[0]?.tag === derTag.sequence ? parts[0] : undefined;
    const hash = named === undefined ? fallback : readHashAlgorithm(named);
    const value = parts?.[named === undefined ? 0 : 1];
    if (value?.tag !== derTag.octetString) return 'wrong';
    if (hash === null) return 'unknown';
    return sameBytes(createHash(hash).update(cms.signer.der).digest(), value.content) ? 'matches' : 'wrong';
  }
}
