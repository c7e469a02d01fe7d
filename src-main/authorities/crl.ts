import { children, derTag, readDer, readOid, readSmallInteger, readWholeDer, sameBytes, sequence, type DerNode } from '../verification/der.ts';
import { readUris } from './addresses.ts';
import { readTime } from './asn1-time.ts';
import { isCritical } from './ocsp-response.ts';
import type { SignedParts } from './signed-by.ts';

/** CertificateList (RFC 5280 5.1), its entries as they lie: a list may have 100,000 of them, and one is wanted. */
export type RevocationList = {
  readonly signed: SignedParts;
  readonly issuer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly entries: Uint8Array;
  readonly scope: ListScope;
};

/** IssuingDistributionPoint (RFC 5280 5.2.5): what the list speaks of. `addresses` null: it does not say. */
export type ListScope = { readonly only: 'all' | 'users' | 'authorities'; readonly addresses: readonly string[] | null };

/** An entry found. Extensions that must be understood and are not: `unclear`. */
export type ListEntry = { readonly revokedAt: Date } | 'unclear';

const oids = { deltaIndicator: '2.5.29.27', issuingPoint: '2.5.29.28', number: '2.5.29.20', authorityKey: '2.5.29.35' } as const;
const readable: ReadonlySet<string> = new Set([oids.issuingPoint, oids.number, oids.authorityKey]);

/** Null when it is no list, or one that does not settle a status alone: a delta, an indirect one, one for some reasons only, or with extensions that nobody here knows. */
export function readRevocationList(der: Uint8Array): RevocationList | null {
  const [data, algorithm, signature, ...more] = sequence(readWholeDer(der)) ?? [];
  const parts = sequence(data);
  if (data === undefined || algorithm === undefined || signature === undefined || parts === null || more.length > 0) return null;
  const version = parts[0]?.tag === derTag.integer ? 1 : 0;
  if (version === 1 && readSmallInteger(parts[0]) !== 1) return null;
  const [inner, issuer, updated, ...rest] = parts.slice(version);
  // RFC 5280 5.1.1.2: the algorithm is said twice, and both are the same
  if (inner === undefined || !sameBytes(inner.raw, algorithm.raw) || issuer === undefined) return null;
  const thisUpdate = readTime(updated);
  const timed = rest[0]?.tag === derTag.utcTime || rest[0]?.tag === derTag.generalizedTime;
  const nextUpdate = timed ? readTime(rest[0]) : null;
  const tail = timed ? rest.slice(1) : rest;
  const entries = tail.find(({ tag }) => tag === derTag.sequence)?.content ?? new Uint8Array();
  const scope = readScope(tail.find(({ tag }) => tag === 0xa0));
  if (thisUpdate === null || (timed && nextUpdate === null) || scope === null) return null;
  return { signed: { data, algorithm, signature }, issuer: issuer.raw, thisUpdate, nextUpdate, entries, scope };
}

/** Null when the serial number is not listed. Throws away nothing and builds nothing for the other entries. */
export function findEntry({ entries }: RevocationList, serial: Uint8Array): ListEntry | null {
  for (let at = 0; at < entries.length; ) {
    const size = sizeAt(entries, at);
    if (size === null || entries[at] !== derTag.sequence) return 'unclear';
    if (isSerialAt(entries, at + size.header, serial)) return readEntry(readDer(entries.subarray(at, at + size.whole)));
    at += size.whole;
  }
  return null;
}

/** An entry is a SEQUENCE that begins with the INTEGER. */
function isSerialAt(bytes: Uint8Array, at: number, serial: Uint8Array): boolean {
  if (bytes[at] !== derTag.integer || bytes[at + 1] !== serial.length) return false;
  for (let i = 0; i < serial.length; i += 1) if (bytes[at + 2 + i] !== serial[i]) return false;
  return true;
}

function sizeAt(bytes: Uint8Array, at: number): { readonly header: number; readonly whole: number } | null {
  const first = bytes[at + 1];
  if (first === undefined) return null;
  const count = first < 0x80 ? 0 : first & 0x7f;
  // an entry is some tens of bytes; three bytes of length are 16 MB
  if (first === 0x80 || count > 3) return null;
  let length = count === 0 ? first : 0;
  for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const header = 2 + count;
  return at + header + length > bytes.length ? null : { header, whole: header + length };
}

function readEntry(node: DerNode | null): ListEntry {
  const [, when, extensions] = sequence(node) ?? [];
  const revokedAt = readTime(when);
  // RFC 5280 5.3: reason, invalidity date and the like are not critical; who writes a critical one means something else
  if (revokedAt === null || (sequence(extensions) ?? []).some(isCritical)) return 'unclear';
  return { revokedAt };
}

function readScope(node: DerNode | undefined): ListScope | null {
  if (node === undefined) return { only: 'all', addresses: null };
  const list = sequence(children(node)?.[0]);
  if (list === null) return null;
  let scope: ListScope = { only: 'all', addresses: null };
  for (const each of list) {
    const parts = sequence(each) ?? [];
    const oid = readOid(parts[0]) ?? '';
    if (oid === oids.deltaIndicator) return null;
    if (isCritical(each) && !readable.has(oid)) return null;
    if (oid !== oids.issuingPoint) continue;
    const read = readIssuingPoint(parts.at(-1));
    if (read === null) return null;
    scope = read;
  }
  return scope;
}

/** [0] distributionPoint, [1] onlyContainsUserCerts, [2] onlyContainsCACerts, [3] onlySomeReasons, [4] indirectCRL, [5] onlyContainsAttributeCerts. */
function readIssuingPoint(octets: DerNode | undefined): ListScope | null {
  const parts = octets?.tag === derTag.octetString ? sequence(readWholeDer(octets.content)) : null;
  if (parts === null) return null;
  const isTrue = (tag: number): boolean => parts.some((each) => each.tag === tag && each.content[0] !== 0);
  if (parts.some(({ tag }) => tag === 0x83) || isTrue(0x84) || isTrue(0x85)) return null;
  const point = parts.find(({ tag }) => tag === 0xa0);
  const [name] = children(point) ?? [];
  const addresses = point === undefined ? null : name?.tag === 0xa0 ? readUris(children(name) ?? []) : [];
  return { only: isTrue(0x81) ? 'users' : isTrue(0x82) ? 'authorities' : 'all', addresses };
}
