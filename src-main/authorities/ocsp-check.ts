import { keyUsageBit, type Certificate } from '../verification/certificate.ts';
import { sameBytes } from '../verification/der.ts';
import { isCurrent, skewMs } from './asn1-time.ts';
import { hashIssuer } from './ocsp-request.ts';
import { readOcspReply, type BasicResponse, type SingleResponse } from './ocsp-response.ts';
import { invalid, type Distrust, type Judgement } from './revocation-judgement.ts';
import { holdsUnder } from './signed-by.ts';

export type OcspQuestion = {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** Null: none was sent, as for an answer that was kept. */
  readonly nonce: Uint8Array | null;
  readonly now: Date;
};

const ocspSigning = '1.3.6.1.5.5.7.3.9';
/** Without nextUpdate "newer information is always available" (RFC 6960 4.2.2.1); this is how old it may still be. */
const longestWithoutNextMs = 24 * 3600_000;

/** RFC 6960 3.2, the acceptance requirements: about this certificate, signed, by one who may, of its time, and an answer to this very question. */
export function judgeOcsp(der: Uint8Array, question: OcspQuestion): Judgement {
  const reply = readOcspReply(der);
  if (reply.kind === 'garbage') return invalid('garbage');
  if (reply.kind === 'status') return { kind: 'no-answer' };
  const { response } = reply;
  const { certificate, issuer, nonce, now } = question;
  const signer = findResponder(response, issuer);
  if (typeof signer === 'string') return invalid(signer);
  if (nonce !== null && response.nonce !== null && !sameBytes(response.nonce, nonce)) return invalid('nonce');
  const single = response.responses.find((each) => isAbout(each, certificate, issuer));
  if (single === undefined) return invalid('other-certificate');
  const fresh = nonce !== null && response.nonce !== null;
  if (!isOfItsTime(single, response.producedAt, now, fresh) || !isInForce(signer, now)) return invalid('stale');
  const { status, revokedAt, thisUpdate, nextUpdate } = single;
  const certificates = sameBytes(signer.der, issuer.der) ? [] : [signer.der];
  return { kind: 'answer', answer: { status, revokedAt, proof: { kind: 'ocsp', der }, certificates, thisUpdate, nextUpdate } };
}

function isAbout(single: SingleResponse, certificate: Certificate, issuer: Certificate): boolean {
  if (!sameBytes(single.serial, certificate.serial)) return false;
  const { nameHash, keyHash } = hashIssuer(issuer, single.hash);
  return sameBytes(single.nameHash, nameHash) && sameBytes(single.keyHash, keyHash);
}

function isOfItsTime({ thisUpdate, nextUpdate }: SingleResponse, producedAt: Date, now: Date, fresh: boolean): boolean {
  if (producedAt.getTime() > now.getTime() + skewMs || !isCurrent(thisUpdate, nextUpdate, now)) return false;
  return nextUpdate !== null || fresh || now.getTime() - thisUpdate.getTime() <= longestWithoutNextMs;
}

function isInForce(responder: Certificate, now: Date): boolean {
  return responder.notBefore.getTime() <= now.getTime() + skewMs && responder.notAfter.getTime() >= now.getTime() - skewMs;
}

/**
 * RFC 6960 4.2.2.2: the issuer itself, or one to whom the issuer gave a certificate for this purpose. Whoever else signed is named apart from a
 * signature that is nobody's.
 */
function findResponder(response: BasicResponse, issuer: Certificate): Certificate | Extract<Distrust, 'signature' | 'stranger'> {
  const named = [issuer, ...response.certificates].filter((each) => isNamed(each, response));
  const holds = (each: Certificate): boolean => holdsUnder(each.x509.publicKey, response.signed);
  const trusted = named.find((each) => (sameBytes(each.der, issuer.der) || isDelegate(each, issuer)) && holds(each));
  if (trusted !== undefined) return trusted;
  return named.some((each) => holds(each)) || named.length === 0 ? 'stranger' : 'signature';
}

function isNamed(certificate: Certificate, { responder }: BasicResponse): boolean {
  if (responder.by === 'name') return sameBytes(responder.value, certificate.subject);
  return sameBytes(responder.value, hashIssuer(certificate, 'sha1').keyHash);
}

/** Whether it was itself revoked is not asked: RFC 6960 4.2.2.2.1 leaves that to id-pkix-ocsp-nocheck and a short life, which is how it is done. */
function isDelegate(certificate: Certificate, issuer: Certificate): boolean {
  const { scheme, keyUsage, extendedKeyUsage } = certificate;
  if (scheme === null || scheme.hash === 'sha1' || !sameBytes(certificate.issuer, issuer.subject)) return false;
  if (extendedKeyUsage?.includes(ocspSigning) !== true || (keyUsage !== null && !keyUsage.has(keyUsageBit.digitalSignature))) return false;
  return certificate.unknownCritical.length === 0 && isIssuedBy(certificate, issuer);
}

export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return sameBytes(certificate.issuer, issuer.subject) && certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    // A key of another kind than the signature: not its issuer.
    return false;
  }
}
