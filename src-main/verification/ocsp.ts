import { createHash } from 'node:crypto';
import { readHashAlgorithm, readSignatureScheme, type SignatureScheme } from './algorithms.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { isSignedBy } from './cms-check.ts';
import { children, derTag, readGeneralizedTime, readOid, readWholeDer, sameBytes, sequence, type DerNode } from './der.ts';
import type { Statement } from './revocation.ts';

/** A basic OCSP response (RFC 6960 §4.2.1) as read; nothing of it is checked yet. */
export type OcspResponse = {
  readonly tbs: Uint8Array;
  readonly scheme: SignatureScheme;
  readonly signature: Uint8Array;
  readonly certificates: readonly Certificate[];
  /** The responder's name (DER) or the SHA-1 of its key. */
  readonly responder: { readonly name: Uint8Array } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly singles: readonly DerNode[];
};

const basicOid = '1.3.6.1.5.5.7.48.1.1';
const ocspSigning = '1.3.6.1.5.5.7.3.9';
const maxCertificates = 16;
/** Services answer about one certificate, or some; an answer of thousands, in a DSS of thousands of answers, is held in memory whole. */
const maxSingles = 50;

export function readOcspResponse(der: Uint8Array): OcspResponse | null {
  const outer = sequence(readWholeDer(der));
  // 0: successful.
  if (outer?.[0]?.tag !== derTag.enumerated || outer[0].content.length !== 1 || outer[0].content[0] !== 0) return null;
  const wrapped = outer[1]?.tag === 0xa0 ? sequence(children(outer[1])?.[0]) : null;
  if (readOid(wrapped?.[0]) !== basicOid || wrapped?.[1]?.tag !== derTag.octetString) return null;
  const basic = sequence(readWholeDer(wrapped[1].content));
  const [tbs, algorithm, bits, certificates] = basic ?? [];
  const scheme = readSignatureScheme(algorithm);
  const data = sequence(tbs);
  if (tbs === undefined || data === null || scheme === null || bits?.tag !== derTag.bitString || bits.content[0] !== 0 || (certificates !== undefined && certificates.tag !== 0xa0)) return null;
  const [responderId, producedAt, list] = data[0]?.tag === 0xa0 ? data.slice(1) : data;
  const responder = readResponder(responderId);
  const produced = readGeneralizedTime(producedAt);
  const singles = sequence(list);
  if (responder === null || produced === null || singles === null || singles.length > maxSingles) return null;
  const known = sequence(children(certificates)?.[0]) ?? [];
  return {
    tbs: tbs.raw, scheme, signature: bits.content.subarray(1), responder, producedAt: produced, singles,
    certificates: known.slice(0, maxCertificates).flatMap((each) => readCertificate(each.raw) ?? []),
  };
}

/** What the response says of this certificate, once it is signed by the issuer or by whom the issuer named for it (§4.2.2.2). Null: nothing. */
export function ocspStatement(response: OcspResponse, certificate: Certificate, issuer: Certificate, others: readonly Certificate[]): Statement | null {
  const single = response.singles.map((each) => readSingle(each, certificate, issuer)).find((each) => each !== null);
  if (single === undefined || single === null) return null;
  const signer = findResponder(response, issuer, others);
  return signer === null ? null : { ...single, producedAt: response.producedAt, responder: signer.thumbprint === issuer.thumbprint ? null : signer };
}

/** The issuer, or whom it named, if that one signed. */
export function findResponder(response: OcspResponse, issuer: Certificate, others: readonly Certificate[]): Certificate | null {
  return [issuer, ...response.certificates, ...others].find((each) => isNamed(response, each) && mayRespond(each, issuer, response.producedAt) && isByResponder(response, each)) ?? null;
}

function readResponder(node: DerNode | undefined): OcspResponse['responder'] | null {
  const inner = children(node)?.[0];
  if (inner === undefined) return null;
  if (node?.tag === 0xa1) return { name: inner.raw };
  return node?.tag === 0xa2 && inner.tag === derTag.octetString ? { keyHash: inner.content } : null;
}

function readSingle(node: DerNode, certificate: Certificate, issuer: Certificate): Omit<Statement, 'responder' | 'producedAt'> | null {
  const [id, status, thisUpdate, ...more] = sequence(node) ?? [];
  if (!isAbout(id, certificate, issuer)) return null;
  const at = readGeneralizedTime(thisUpdate);
  const next = more.find((each) => each.tag === 0xa0);
  const nextUpdate = next === undefined ? null : readGeneralizedTime(children(next)?.[0]);
  if (at === null || (next !== undefined && nextUpdate === null)) return null;
  const common = { thisUpdate: at, nextUpdate };
  if (status?.tag === 0x80) return { ...common, status: 'good', revokedAt: null, reason: null };
  if (status?.tag !== 0xa1) return null;
  const [time, reason] = children(status) ?? [];
  const revokedAt = readGeneralizedTime(time);
  return revokedAt === null ? null : { ...common, status: 'revoked', revokedAt, reason: children(reason)?.[0]?.content[0] ?? null };
}

/** Whether a CertID (§4.1.1) means this certificate. */
export function isAbout(id: DerNode | undefined, certificate: Certificate, issuer: Certificate): boolean {
  const [algorithm, name, key, serial] = sequence(id) ?? [];
  // SHA-1 only names the issuer here, and is what every client asks with.
  const hash = readHashAlgorithm(algorithm);
  if (hash === null || name === undefined || key === undefined || serial === undefined) return false;
  const digest = (bytes: Uint8Array): Uint8Array => createHash(hash).update(bytes).digest();
  return sameBytes(serial.content, certificate.serial) && sameBytes(name.content, digest(issuer.subject)) && sameBytes(key.content, digest(issuer.keyBits));
}

export function isNamed({ responder }: OcspResponse, certificate: Certificate): boolean {
  return 'name' in responder ? sameBytes(responder.name, certificate.subject) : sameBytes(responder.keyHash, createHash('sha1').update(certificate.keyBits).digest());
}

function mayRespond(responder: Certificate, issuer: Certificate, at: Date): boolean {
  if (at < responder.notBefore || at > responder.notAfter) return false;
  if (responder.thumbprint === issuer.thumbprint) return true;
  if (!sameBytes(responder.issuer, issuer.subject) || responder.extendedKeyUsage?.includes(ocspSigning) !== true || responder.scheme === null || responder.scheme.hash === 'sha1') return false;
  try {
    return responder.x509.verify(issuer.x509.publicKey);
  } catch {
    // A key of the wrong kind for the signature: not its issuer.
    return false;
  }
}

export function isByResponder(response: OcspResponse, { x509 }: Certificate): boolean {
  const { hash } = response.scheme;
  return hash !== null && hash !== 'sha1' && isSignedBy(x509.publicKey, response.tbs, response.signature, { scheme: response.scheme, digest: hash });
}
