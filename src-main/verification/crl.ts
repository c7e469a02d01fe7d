import { readSignatureScheme, type SignatureScheme } from './algorithms.ts';
import { keyUsageBit, type Certificate } from './certificate.ts';
import { isSignedBy } from './cms-check.ts';
import { children, derTag, readDer, readOid, readTime, readWholeDer, sameBytes, sequence, type DerNode } from './der.ts';
import type { Statement } from './revocation.ts';

/** A CertificateList (RFC 5280 §5.1) as read; its entries are walked when a serial number is looked for. */
export type RevocationList = {
  readonly tbs: Uint8Array;
  readonly scheme: SignatureScheme;
  readonly signature: Uint8Array;
  readonly issuer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | null;
  readonly entries: DerNode | null;
  readonly extensions: ReadonlyMap<string, { readonly critical: boolean; readonly value: Uint8Array }>;
};

const oid = { issuingPoint: '2.5.29.28', reason: '2.5.29.21', number: '2.5.29.20', authorityKey: '2.5.29.35' } as const;

export function readRevocationList(der: Uint8Array): RevocationList | null {
  const [tbs, algorithm, bits] = sequence(readWholeDer(der)) ?? [];
  const scheme = readSignatureScheme(algorithm);
  const parts = sequence(tbs);
  if (tbs === undefined || parts === null || scheme === null || bits?.tag !== derTag.bitString || bits.content[0] !== 0) return null;
  const [inner, issuer, ...rest] = parts[0]?.tag === derTag.integer ? parts.slice(1) : parts;
  // §5.1.1.2: the algorithm is said twice, and both are the same
  if (inner === undefined || algorithm === undefined || !sameBytes(inner.raw, algorithm.raw)) return null;
  const thisUpdate = readTime(rest[0]);
  if (issuer?.tag !== derTag.sequence || thisUpdate === null) return null;
  const isTime = rest[1]?.tag === derTag.utcTime || rest[1]?.tag === derTag.generalizedTime;
  const nextUpdate = isTime ? readTime(rest[1]) : null;
  const last = rest.slice(isTime ? 2 : 1);
  if ((isTime && nextUpdate === null) || last.some((each) => each.tag !== derTag.sequence && each.tag !== 0xa0)) return null;
  const extensions = readExtensions(last.find((each) => each.tag === 0xa0));
  if (extensions === null) return null;
  return { tbs: tbs.raw, scheme, signature: bits.content.subarray(1), issuer: issuer.raw, thisUpdate, nextUpdate, entries: last.find((each) => each.tag === derTag.sequence) ?? null, extensions };
}

/** What the list says of this certificate, once it is the issuer's own, whole, and meant for such a certificate. Null: nothing. */
export function crlStatement(list: RevocationList, certificate: Certificate, issuer: Certificate): Statement | null {
  const mayIssue = sameBytes(list.issuer, issuer.subject) && sameBytes(certificate.issuer, issuer.subject) && (issuer.keyUsage === null || issuer.keyUsage.has(keyUsageBit.crlSign));
  if (!mayIssue || !isInScope(list, certificate) || !isByIssuer(list, issuer)) return null;
  const common = { thisUpdate: list.thisUpdate, nextUpdate: list.nextUpdate, producedAt: list.thisUpdate, responder: null };
  const entry = findEntry(list.entries?.content ?? new Uint8Array(0), certificate.serial);
  if (entry === null) return { ...common, status: 'good', revokedAt: null, reason: null };
  if (entry === 'malformed') return null;
  const [, date, extensions] = sequence(entry) ?? [];
  const revokedAt = readTime(date);
  return revokedAt === null ? null : { ...common, status: 'revoked', revokedAt, reason: readReason(extensions) };
}

/** Lists have up to 100,000 entries, and one is wanted: the others are passed over by their lengths, without being read into values. */
function findEntry(entries: Uint8Array, serial: Uint8Array): DerNode | 'malformed' | null {
  for (let at = 0; at < entries.length; ) {
    const first = entries[at + 1] ?? 0x80;
    const count = first < 0x80 ? 0 : first & 0x7f;
    // an entry is some tens of bytes; three bytes of length are 16 MB
    if (entries[at] !== derTag.sequence || first === 0x80 || count > 3) return 'malformed';
    let length = count === 0 ? first : 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + (entries[at + 2 + i] ?? 0);
    const start = at + 2 + count;
    const end = start + length;
    if (end > entries.length) return 'malformed';
    if (beginsWithSerial(entries, start, serial)) return readDer(entries.subarray(at, end)) ?? 'malformed';
    at = end;
  }
  return null;
}

/** RFC 5280 §5.1: an entry is a SEQUENCE that begins with the INTEGER. */
function beginsWithSerial(bytes: Uint8Array, at: number, serial: Uint8Array): boolean {
  if (bytes[at] !== derTag.integer || bytes[at + 1] !== serial.length) return false;
  for (let i = 0; i < serial.length; i += 1) if (bytes[at + 2 + i] !== serial[i]) return false;
  return true;
}

/** RFC 5280 §6.3.3: a delta, an indirect list and one of some reasons say nothing for sure; a list for one distribution point is for its certificates only. */
function isInScope(list: RevocationList, certificate: Certificate): boolean {
  for (const [id, { critical }] of list.extensions) if (critical && id !== oid.issuingPoint && id !== oid.number && id !== oid.authorityKey) return false;
  const point = list.extensions.get(oid.issuingPoint);
  if (point === undefined) return true;
  const parts = sequence(readWholeDer(point.value));
  if (parts === null) return false;
  return parts.every((part) => {
    const isSet = part.content.length === 1 && part.content[0] === 0xff;
    switch (part.tag) {
      case 0xa0: return sharesPoint(part, certificate);
      case 0x81: return !isSet || !certificate.basicConstraints.ca;
      case 0x82: return !isSet || certificate.basicConstraints.ca;
      default: return false;
    }
  });
}

/** One of the names of the list's point stands among those in the certificate. */
function sharesPoint(point: DerNode, certificate: Certificate): boolean {
  const names = (node: DerNode | undefined): readonly DerNode[] => {
    const full = children(node)?.[0];
    return full?.tag === 0xa0 ? (children(full) ?? []) : [];
  };
  const known = (children(certificate.crlPoints) ?? []).flatMap((each) => names(children(each)?.find(({ tag }) => tag === 0xa0)));
  return names(point).some((name) => known.some((each) => sameBytes(each.raw, name.raw)));
}

function isByIssuer(list: RevocationList, { x509 }: Certificate): boolean {
  const { hash } = list.scheme;
  return hash !== null && hash !== 'sha1' && isSignedBy(x509.publicKey, list.tbs, list.signature, { scheme: list.scheme, digest: hash });
}

function readReason(extensions: DerNode | undefined): number | null {
  for (const each of children(extensions) ?? []) {
    const parts = sequence(each);
    if (readOid(parts?.[0]) !== oid.reason) continue;
    return readWholeDer(parts?.at(-1)?.content ?? new Uint8Array(0))?.content[0] ?? null;
  }
  return null;
}

function readExtensions(node: DerNode | undefined): RevocationList['extensions'] | null {
  const found = new Map<string, { readonly critical: boolean; readonly value: Uint8Array }>();
  if (node === undefined) return found;
  for (const each of children(children(node)?.[0]) ?? []) {
    const parts = sequence(each);
    const id = readOid(parts?.[0]);
    const value = parts?.at(-1);
    if (id === null || value?.tag !== derTag.octetString || found.has(id)) return null;
    found.set(id, { critical: parts?.length === 3 && parts[1]?.content[0] === 0xff, value: value.content });
  }
  return found;
}
