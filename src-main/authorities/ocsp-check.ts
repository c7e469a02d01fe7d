import type { Certificate } from '../verification/certificate.ts';
import { children, derTag, readGeneralizedTime, readOid, readWholeDer, sameBytes, sequence, type DerNode } from '../verification/der.ts';
import { findResponder, isAbout, isByResponder, isNamed, ocspStatement, readOcspResponse, type OcspResponse } from '../verification/ocsp.ts';
import { isCurrent, skewMs } from './current.ts';
import { ocspNonceOid } from './ocsp-request.ts';
import { invalid, type Judgement } from './revocation-judgement.ts';

export type OcspQuestion = { readonly certificate: Certificate; readonly issuer: Certificate; readonly nonce: Uint8Array; readonly now: Date };

type Said = Pick<Extract<Judgement, { kind: 'answer' }>['answer'], 'status' | 'revokedAt' | 'thisUpdate' | 'nextUpdate'>;

/** Without nextUpdate "newer information is always available" (RFC 6960 4.2.2.1); this is how old it may still be. */
const longestWithoutNextMs = 24 * 3600_000;

/**
 * RFC 6960 3.2, the acceptance requirements: what the verifier would take from a file's DSS, and besides an answer to this very question, and of its time.
 * Who was not named by the issuer but signed is told apart from a signature that is nobody's.
 */
export function judgeOcsp(der: Uint8Array, { certificate, issuer, nonce, now }: OcspQuestion): Judgement {
  if (isOnlyStatus(der)) return { kind: 'no-answer' };
  const response = readOcspResponse(der);
  const returned = response === null ? 'malformed' : readNonce(response);
  if (response === null || returned === 'malformed') return invalid('garbage');
  const signer = findResponder(response, issuer, []);
  if (signer === null) return invalid(isSignedByStranger(response, issuer) ? 'stranger' : 'signature');
  // Many responders answer from stock, without any.
  if (returned !== null && !sameBytes(returned, nonce)) return invalid('nonce');
  const single = response.singles.find((each) => isAbout(sequence(each)?.[0], certificate, issuer));
  if (single === undefined) return invalid('other-certificate');
  const said = ocspStatement(response, certificate, issuer, []) ?? readUnknown(single);
  if (said === null || hasUnreadable(single)) return invalid('garbage');
  if (!isOfItsTime(said, response, now, returned !== null) || !isInForce(signer, now)) return invalid('stale');
  const { status, revokedAt, thisUpdate, nextUpdate } = said;
  const certificates = sameBytes(signer.der, issuer.der) ? [] : [signer.der];
  return { kind: 'answer', answer: { status, revokedAt, proof: { kind: 'ocsp', der }, certificates, thisUpdate, nextUpdate } };
}

/** tryLater, unauthorized and the like come without a word about any certificate, and unsigned. */
function isOnlyStatus(der: Uint8Array): boolean {
  const status = sequence(readWholeDer(der))?.[0];
  return status?.tag === derTag.enumerated && status.content.length === 1 && status.content[0] !== 0;
}

/** One that bears the responder's name and made the signature, but was not named by the issuer; or a responder that nobody here knows. */
function isSignedByStranger(response: OcspResponse, issuer: Certificate): boolean {
  const named = [issuer, ...response.certificates].filter((each) => isNamed(response, each));
  return named.length === 0 || named.some((each) => isByResponder(response, each));
}

/** The third answer, which the verifier has no use for: the responder does not know this certificate. */
function readUnknown(single: DerNode): Said | null {
  const [, status, updated] = sequence(single) ?? [];
  const thisUpdate = readGeneralizedTime(updated);
  return status?.tag !== 0x82 || thisUpdate === null ? null : { status: 'unknown', revokedAt: null, thisUpdate, nextUpdate: null };
}

/** RFC 6960 4.4: an extension that must be understood, and is not. */
function hasUnreadable(single: DerNode): boolean {
  const extensions = sequence(single)?.slice(3).find(({ tag }) => tag === 0xa1);
  return (sequence(children(extensions)?.[0]) ?? []).some(isCritical);
}

/** Of the response as a whole; null when it has none. */
function readNonce({ tbs }: OcspResponse): Uint8Array | null | 'malformed' {
  const extensions = sequence(readWholeDer(tbs))?.slice(2).find(({ tag }) => tag === 0xa1);
  if (extensions === undefined) return null;
  const list = sequence(children(extensions)?.[0]);
  const isNonce = (each: DerNode): boolean => readOid(sequence(each)?.[0]) === ocspNonceOid;
  if (list === null || list.some((each) => isCritical(each) && !isNonce(each))) return 'malformed';
  const [found, ...more] = list.filter(isNonce);
  if (found === undefined) return null;
  const octets = sequence(found)?.at(-1);
  if (more.length > 0 || octets?.tag !== derTag.octetString) return 'malformed';
  // Some old responders leave the inner OCTET STRING out.
  const inner = readWholeDer(octets.content);
  return inner?.tag === derTag.octetString ? inner.content : octets.content;
}

function isCritical(extension: DerNode): boolean {
  const flag = sequence(extension)?.[1];
  return flag?.tag === derTag.boolean && flag.content[0] !== 0;
}

function isOfItsTime(said: Said, { producedAt }: OcspResponse, now: Date, isAnswerToThis: boolean): boolean {
  if (producedAt.getTime() > now.getTime() + skewMs || !isCurrent(said, now)) return false;
  return said.nextUpdate !== null || isAnswerToThis || now.getTime() - said.thisUpdate.getTime() <= longestWithoutNextMs;
}

/** Whether it was itself revoked is not asked here: RFC 6960 4.2.2.2.1 leaves that to id-pkix-ocsp-nocheck and a short life, and the DSS's keeper proves the rest. */
function isInForce(responder: Certificate, now: Date): boolean {
  return responder.notBefore.getTime() <= now.getTime() + skewMs && responder.notAfter.getTime() >= now.getTime() - skewMs;
}
