import { derNull, octets, oid, sequence, smallInteger } from '../signing/der.ts';
import { children, derTag, readSmallInteger, readWholeDer, sequence as members, type DerNode } from '../verification/der.ts';

const sha256 = '2.16.840.1.101.3.4.2.1';
const derTrue = Uint8Array.of(0x01, 1, 0xff);

/** TimeStampReq (RFC 3161 2.4.1): SHA-256, the nonce, and the authority's certificate wanted in the answer. */
export function encodeTimestampRequest(imprint: Uint8Array, nonce: Uint8Array): Uint8Array {
  return sequence(smallInteger(1), sequence(sequence(oid(sha256), derNull), octets(imprint)), integer(nonce), derTrue);
}

/** A nonce of the given random bytes: positive, in its shortest form, so that it comes back byte for byte. */
export function nonceOf(random: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(random);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

export type TimestampReply =
  | { readonly kind: 'token'; readonly token: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'garbage' };

/** TimeStampResp (RFC 3161 2.4.2). The token is not looked into. */
export function readTimestampReply(der: Uint8Array): TimestampReply {
  const [info, token, ...more] = members(readWholeDer(der)) ?? [];
  const parts = members(info);
  const status = readSmallInteger(parts?.[0]);
  if (parts === null || status === null || more.length > 0) return { kind: 'garbage' };
  // 0 granted, 1 grantedWithMods
  if (status > 1) return { kind: 'refused', reason: readReason(parts.slice(1)) ?? `status ${status}` };
  return token === undefined ? { kind: 'garbage' } : { kind: 'token', token: token.raw };
}

/** The nonce of a TSTInfo: its INTEGER after genTime; null when it has none. */
export function readInfoNonce(info: Uint8Array): Uint8Array | null {
  return members(readWholeDer(info))?.slice(5).find((each) => each.tag === derTag.integer)?.content ?? null;
}

/** PKIFailureInfo by bit. */
const failures: ReadonlyMap<number, string> = new Map([
  [0, 'badAlg'], [2, 'badRequest'], [5, 'badDataFormat'], [14, 'timeNotAvailable'], [15, 'unacceptedPolicy'], [16, 'unacceptedExtension'], [17, 'addInfoNotAvailable'], [25, 'systemFailure'],
]);

function readReason(parts: readonly DerNode[]): string | null {
  const bits = parts.find((each) => each.tag === derTag.bitString)?.content.subarray(1) ?? new Uint8Array();
  for (const [bit, name] of failures) if ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) return name;
  const text = children(parts.find((each) => each.tag === derTag.sequence))?.[0];
  if (text?.tag !== derTag.utf8String) return null;
  return Buffer.from(text.content).toString('utf8').replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim().slice(0, 100) || null;
}

function integer(content: Uint8Array): Uint8Array {
  return Uint8Array.of(0x02, content.length, ...content);
}
