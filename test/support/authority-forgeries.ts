import { sign, type KeyObject } from 'node:crypto';
import { derNull, explicit, octets, oid, sequence, smallInteger } from '../../src-main/signing/der.ts';
import { children, derTag, readWholeDer, sequence as members, type DerNode } from '../../src-main/verification/der.ts';

/**
 * What a bad service answers, made of what a good one would: the request is altered before OpenSSL sees it, or its answer is altered and signed anew.
 * So every forgery is well-formed and truly signed, and only the client's own check can find it out.
 */
export function withOtherNonce(request: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(request);
  const parts = must(members(readWholeDer(copy)));
  const nonce = parts[0]?.tag === derTag.integer ? parts.slice(1).find((each) => each.tag === derTag.integer) : findOcspNonce(parts[0]);
  flipLast(must(nonce));
  return copy;
}

export function withOtherImprint(request: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(request);
  flipLast(must(members(must(members(readWholeDer(copy)))[1])?.[1]));
  return copy;
}

/** Asks for a SHA-1 imprint, as the tool in use does. */
export function withSha1Imprint(request: Uint8Array): Uint8Array {
  const [, imprint, ...rest] = must(members(readWholeDer(request)));
  const digest = must(members(imprint)?.[1]).content.subarray(0, 20);
  const algorithm = sequence(oid('1.3.14.3.2.26'), derNull);
  return sequence(smallInteger(1), sequence(algorithm, octets(digest)), ...rest.map((each) => each.raw));
}

export function withoutOcspNonce(request: Uint8Array): Uint8Array {
  const list = must(members(members(readWholeDer(request))?.[0])).find((each) => each.tag === derTag.sequence);
  return sequence(sequence(must(list).raw));
}

/** Asks about another certificate of the same issuer. */
export function withOtherSerial(request: Uint8Array, certificate: Uint8Array): Uint8Array {
  const [list, ...extensions] = must(members(members(readWholeDer(request))?.[0])).slice(0);
  const [algorithm, nameHash, keyHash] = must(members(members(members(must(list))?.[0])?.[0]));
  const id = sequence(must(algorithm).raw, must(nameHash).raw, must(keyHash).raw, serialOf(certificate).raw);
  return sequence(sequence(sequence(sequence(id)), ...extensions.map((each) => each.raw)));
}

/** All of its times `days` ago, signed again by its RSA responder. */
export function asOfDaysAgo(response: Uint8Array, days: number, key: KeyObject): Uint8Array {
  const copy = Uint8Array.from(response);
  const { data, signature } = basicParts(copy);
  moveTimes(data, days);
  signature.content.set(sign('sha256', data.raw, key), 1);
  return copy;
}

/** Made so many days later than what it says, signed again. */
export function producedDaysLater(response: Uint8Array, days: number, key: KeyObject): Uint8Array {
  const copy = Uint8Array.from(response);
  const { data, signature } = basicParts(copy);
  moveTimes(must(members(data)?.find(({ tag }) => tag === derTag.generalizedTime)), -days);
  signature.content.set(sign('sha256', data.raw, key), 1);
  return copy;
}

/** Its one answer with an extension that nobody knows, signed again; the responder's certificates stay. */
export function withSingleExtension(response: Uint8Array, critical: boolean, key: KeyObject): Uint8Array {
  const { data, rest } = basicParts(response);
  const parts = must(members(data));
  const list = must(parts.find(({ tag }) => tag === derTag.sequence));
  const extension = sequence(oid('1.2.3.4'), ...(critical ? [derTrue] : []), octets(derNull));
  const single = sequence(...must(members(members(list)?.[0])).map(({ raw }) => raw), explicit(1, sequence(extension)));
  const changed = sequence(...parts.map((each) => (each === list ? sequence(single) : each.raw)));
  const [algorithm, ...certificates] = rest;
  const value = sign('sha256', changed, key);
  const bits = Buffer.concat([Uint8Array.of(0x03, 0x82, (value.length + 1) >> 8, (value.length + 1) & 0xff, 0), value]);
  const basic = sequence(changed, must(algorithm).raw, bits, ...certificates.map(({ raw }) => raw));
  return sequence(Uint8Array.of(0x0a, 1, 0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octets(basic))));
}

export function withBrokenOcspSignature(response: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(response);
  flipLast(basicParts(copy).signature);
  return copy;
}

/** BasicOCSPResponse (RFC 6960 4.2.1): what is signed, and the signature. */
function basicParts(response: Uint8Array): { readonly data: DerNode; readonly signature: DerNode; readonly rest: readonly DerNode[] } {
  const wrapped = members(children(members(readWholeDer(response))?.[1])?.[0])?.[1];
  const [data, algorithm, signature, ...certificates] = must(members(readWholeDer(must(wrapped).content)));
  return { data: must(data), signature: must(signature), rest: [must(algorithm), ...certificates] };
}

/** The TSTInfo inside a TimeStampResp. */
export function infoOf(response: Uint8Array): Uint8Array {
  const signedData = children(members(members(readWholeDer(response))?.[1])?.[1])?.[0];
  const content = children(members(members(signedData)?.[2])?.[1])?.[0];
  return must(content).content;
}

/** TimeStampResp of `granted` around a ContentInfo. */
export function grantedWith(token: Uint8Array): Uint8Array {
  return sequence(sequence(smallInteger(0)), token);
}

/** One bit of the last byte: the signature's own. */
export function withBrokenSignature(response: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(response);
  copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1;
  return copy;
}

/** An OCSPResponse that says only how it went (RFC 6960 4.2.1): 3 is tryLater. */
export function ocspStatus(code: number): Uint8Array {
  return Uint8Array.of(0x30, 3, 0x0a, 1, code);
}

const derTrue = Uint8Array.of(0x01, 1, 0xff);
/** RFC 6960 4.4.1. */
const ocspNonce = '1.3.6.1.5.5.7.48.1.2';

function serialOf(certificate: Uint8Array): DerNode {
  const tbs = must(members(members(readWholeDer(certificate))?.[0]));
  return must(tbs[tbs[0]?.tag === 0xa0 ? 1 : 0]);
}

function findOcspNonce(request: DerNode | undefined): DerNode | undefined {
  const extensions = members(children(members(request)?.find((each) => each.tag === 0xa2))?.[0]) ?? [];
  const wanted = Buffer.from(oid(ocspNonce));
  const found = extensions.map((each) => members(each)).find((parts) => parts?.[0] !== undefined && wanted.equals(parts[0].raw));
  const value = readWholeDer(must(found?.at(-1)).content);
  return value ?? undefined;
}

function moveTimes(node: DerNode, days: number): void {
  if (node.tag === derTag.generalizedTime) {
    const text = Buffer.from(node.content).toString('latin1');
    const at = Date.parse(text.replace(/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z')) - days * 86_400_000;
    node.content.set(Buffer.from(`${new Date(at).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`, 'latin1'));
  } else for (const each of children(node) ?? []) moveTimes(each, days);
}

function flipLast(node: DerNode): void {
  const at = node.content.length - 1;
  node.content[at] = (node.content[at] ?? 0) ^ 1;
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the request is not what this service can alter');
  return value;
}
