import { readHashAlgorithm, type HashName } from '../verification/algorithms.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { children, derTag, readOid, readWholeDer, sequence, type DerNode } from '../verification/der.ts';
import { ocspNonceOid } from './ocsp-request.ts';
import { readTime } from './asn1-time.ts';
import type { SignedParts } from './signed-by.ts';

export type SingleResponse = {
  readonly hash: HashName;
  readonly nameHash: Uint8Array;
  readonly keyHash: Uint8Array;
  readonly serial: Uint8Array;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: Date | null;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
};

export type BasicResponse = {
  readonly signed: SignedParts;
  /** Raw Name, or SHA-1 of the key. */
  readonly responder: { readonly by: 'name' | 'key'; readonly value: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  /** As it was sent, without the wrapping OCTET STRING. */
  readonly nonce: Uint8Array | null;
  readonly certificates: readonly Certificate[];
};

export type OcspReply = { readonly kind: 'basic'; readonly response: BasicResponse } | { readonly kind: 'status' } | { readonly kind: 'garbage' };

const basicOid = '1.3.6.1.5.5.7.48.1.1';
const maxCertificates = 16;
const garbage: OcspReply = { kind: 'garbage' };

/** OCSPResponse (RFC 6960 4.2.1), read strictly: what could be taken in two ways is not taken at all. */
export function readOcspReply(der: Uint8Array): OcspReply {
  const [status, wrapped, ...more] = sequence(readWholeDer(der)) ?? [];
  if (status?.tag !== 0x0a || status.content.length !== 1 || more.length > 0) return garbage;
  if (status.content[0] !== 0) return { kind: 'status' };
  const [type, bytes] = sequence(wrapped?.tag === 0xa0 ? children(wrapped)?.[0] : null) ?? [];
  if (readOid(type) !== basicOid || bytes?.tag !== derTag.octetString) return garbage;
  const response = readBasic(bytes.content);
  return response === null ? garbage : { kind: 'basic', response };
}

function readBasic(der: Uint8Array): BasicResponse | null {
  const [data, algorithm, signature, certs] = sequence(readWholeDer(der)) ?? [];
  const parts = sequence(data);
  if (data === undefined || algorithm === undefined || signature === undefined || parts === null) return null;
  // [0] EXPLICIT version DEFAULT v1, and [1] byName or [2] byKey
  const [id, produced, list, extensions] = parts[0]?.tag === 0xa0 ? parts.slice(1) : parts;
  const responder = readResponder(id);
  const producedAt = readTime(produced);
  const responses = sequence(list)?.map(readSingle) ?? null;
  const nonce = readNonce(extensions);
  if (responder === null || producedAt === null || responses === null || nonce === 'malformed') return null;
  if (!responses.every((each): each is SingleResponse => each !== null)) return null;
  return { signed: { data, algorithm, signature }, responder, producedAt, responses, nonce, certificates: readCertificates(certs) };
}

function readResponder(node: DerNode | undefined): BasicResponse['responder'] | null {
  const [value] = children(node) ?? [];
  if (value === undefined) return null;
  if (node?.tag === 0xa1) return { by: 'name', value: value.raw };
  return node?.tag === 0xa2 && value.tag === derTag.octetString ? { by: 'key', value: value.content } : null;
}

function readSingle(node: DerNode): SingleResponse | null {
  const [id, status, updated, ...rest] = sequence(node) ?? [];
  const [algorithm, nameHash, keyHash, serial] = sequence(id) ?? [];
  const hash = readHashAlgorithm(algorithm);
  const thisUpdate = readTime(updated);
  const next = rest.find(({ tag }) => tag === 0xa0);
  const nextUpdate = next === undefined ? null : readTime(children(next)?.[0]);
  if (hash === null || nameHash?.tag !== derTag.octetString || keyHash?.tag !== derTag.octetString || serial?.tag !== derTag.integer) return null;
  if (thisUpdate === null || (next !== undefined && nextUpdate === null)) return null;
  // RFC 6960 4.4: extensions of a single response that must be understood are understood by nobody here
  if (hasCritical(children(rest.find(({ tag }) => tag === 0xa1))?.[0])) return null;
  const known = { hash, nameHash: nameHash.content, keyHash: keyHash.content, serial: serial.content, thisUpdate, nextUpdate };
  switch (status?.tag) {
    case 0x80: return { ...known, status: 'good', revokedAt: null };
    case 0xa1: {
      const revokedAt = readTime(children(status)?.[0]);
      return revokedAt === null ? null : { ...known, status: 'revoked', revokedAt };
    }
    case 0x82: return { ...known, status: 'unknown', revokedAt: null };
    default: return null;
  }
}

function readNonce(node: DerNode | undefined): Uint8Array | null | 'malformed' {
  if (node === undefined) return null;
  const list = node.tag === 0xa1 ? sequence(children(node)?.[0]) : null;
  if (list === null || list.some((each) => isCritical(each) && readOid(sequence(each)?.[0]) !== ocspNonceOid)) return 'malformed';
  const found = list.filter((each) => readOid(sequence(each)?.[0]) === ocspNonceOid);
  if (found.length === 0) return null;
  const octets = sequence(found[0])?.at(-1);
  if (found.length > 1 || octets?.tag !== derTag.octetString) return 'malformed';
  // Some old responders leave the inner OCTET STRING out.
  const inner = readWholeDer(octets.content);
  return inner?.tag === derTag.octetString ? inner.content : octets.content;
}

function hasCritical(node: DerNode | undefined): boolean {
  return (sequence(node) ?? []).some(isCritical);
}

export function isCritical(extension: DerNode): boolean {
  const flag = sequence(extension)?.[1];
  return flag?.tag === derTag.boolean && flag.content[0] !== 0;
}

function readCertificates(node: DerNode | undefined): readonly Certificate[] {
  const list = node?.tag === 0xa0 ? sequence(children(node)?.[0]) : null;
  return (list ?? []).slice(0, maxCertificates).flatMap((each) => readCertificate(each.raw) ?? []);
}
