import { createHash, X509Certificate } from 'node:crypto';
import { readSignatureScheme, type SignatureScheme } from './algorithms.ts';
import { children, derTag, readOid, readSmallInteger, readWholeDer, sequence, type DerNode } from './der.ts';

/** A certificate read once: raw names and serial for matching, the extensions that a path needs, and node's object for the key. */
export type Certificate = {
  readonly der: Uint8Array;
  readonly x509: X509Certificate;
  /** SHA-256 of the DER, lower-case hex. */
  readonly thumbprint: string;
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly subjectKeyIdentifier: Uint8Array | null;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly commonName: string;
  readonly organization: string;
  readonly issuerName: string;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null };
  /** Bits of RFC 5280 §4.2.1.3 by number; null when the extension is absent. */
  readonly keyUsage: ReadonlySet<number> | null;
  readonly extendedKeyUsage: readonly string[] | null;
  /** Critical extensions that this verifier does not process; RFC 5280 §4.2 refuses a path with one. */
  readonly unknownCritical: readonly string[];
  /** All of them, as they stand; one whose value is no DER carries its OCTET STRING. */
  readonly extensions: readonly Extension[];
  /** id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1): an OCSP responder that nobody need ask about. */
  readonly ocspNoCheck: boolean;
  /** Whether it names a service that tells its status: OCSP or a CRL. */
  readonly namesStatusService: boolean;
  /** CRLDistributionPoints (RFC 5280 4.2.1.13) as it stands; null when absent. */
  readonly crlPoints: DerNode | null;
  /** The key's own bits, which OCSP names an issuer by. */
  readonly keyBits: Uint8Array;
  /** How its issuer signed it; null when unknown here. */
  readonly scheme: SignatureScheme | null;
};

export const keyUsageBit = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const;

const extensionOid = { subjectKeyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', extendedKeyUsage: '2.5.29.37', certificatePolicies: '2.5.29.32' } as const;
const processed: ReadonlySet<string> = new Set(Object.values(extensionOid));
/** Read, but no path depends on them: a critical one is still unknown to path building. */
const statusOid = { ocspNoCheck: '1.3.6.1.5.5.7.48.1.5', crlPoints: '2.5.29.31', authorityInfo: '1.3.6.1.5.5.7.1.1', ocspMethod: '1.3.6.1.5.5.7.48.1' } as const;

export type Extension = { readonly oid: string; readonly critical: boolean; readonly value: DerNode };

/** Null when the bytes are no certificate that this verifier can read in one way only. */
export function readCertificate(der: Uint8Array): Certificate | null {
  const outer = sequence(readWholeDer(der));
  const tbs = sequence(outer?.[0]);
  if (tbs === null) return null;
  const versioned = tbs[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer, , subject, keyInfo] = tbs.slice(versioned);
  const keyBits = sequence(keyInfo)?.[1];
  if (serial === undefined || issuer === undefined || subject === undefined || keyBits?.tag !== derTag.bitString) return null;
  const extensions = readExtensions(tbs.find((each) => each.tag === 0xa3));
  const x509 = parseX509(der);
  if (x509 === null || extensions === null) return null;
  const find = (oid: string): DerNode | undefined => extensions.find((each) => each.oid === oid)?.value;
  const basicConstraints = readBasicConstraints(find(extensionOid.basicConstraints));
  const keyUsage = readKeyUsage(find(extensionOid.keyUsage));
  if (basicConstraints === null || keyUsage === 'malformed') return null;
  const identifier = find(extensionOid.subjectKeyIdentifier);
  return {
    der,
    x509,
    thumbprint: createHash('sha256').update(der).digest('hex'),
    subject: subject.raw,
    issuer: issuer.raw,
    serial: serial.content,
    subjectKeyIdentifier: identifier?.tag === derTag.octetString ? identifier.content : null,
    notBefore: x509.validFromDate,
    notAfter: x509.validToDate,
    commonName: readName(subject, '2.5.4.3'),
    organization: readName(subject, '2.5.4.10'),
    issuerName: readName(issuer, '2.5.4.3') || readName(issuer, '2.5.4.10'),
    basicConstraints,
    keyUsage,
    extendedKeyUsage: children(find(extensionOid.extendedKeyUsage))?.flatMap((each) => readOid(each) ?? []) ?? null,
    unknownCritical: extensions.filter((each) => each.critical && !processed.has(each.oid)).map((each) => each.oid),
    extensions,
    ocspNoCheck: find(statusOid.ocspNoCheck) !== undefined,
    namesStatusService: find(statusOid.crlPoints) !== undefined || (children(find(statusOid.authorityInfo)) ?? []).some((each) => readOid(children(each)?.[0]) === statusOid.ocspMethod),
    crlPoints: find(statusOid.crlPoints) ?? null,
    keyBits: keyBits.content.subarray(1),
    scheme: readSignatureScheme(outer?.[1]),
  };
}

/** First value of an attribute in a Name, as text; empty when absent. Printable on one line, at most 200 characters. */
function readName(name: DerNode, oid: string): string {
  for (const set of children(name) ?? []) {
    for (const pair of children(set) ?? []) {
      const [type, value] = children(pair) ?? [];
      if (value === undefined || readOid(type) !== oid) continue;
      return decodeText(value).replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim().slice(0, 200);
    }
  }
  return '';
}

function decodeText(node: DerNode): string {
  const bytes = Buffer.from(node.content);
  if (node.tag === derTag.utf8String) return bytes.toString('utf8');
  // BMPString is UTF-16 big-endian.
  if (node.tag === 0x1e && bytes.length % 2 === 0) return bytes.swap16().toString('utf16le');
  return bytes.toString('latin1');
}

function readExtensions(node: DerNode | undefined): readonly Extension[] | null {
  if (node === undefined) return [];
  const found: Extension[] = [];
  for (const each of children(children(node)?.[0]) ?? []) {
    const parts = sequence(each);
    const oid = readOid(parts?.[0]);
    const octets = parts?.at(-1);
    const value = octets?.tag === derTag.octetString ? readWholeDer(octets.content) : null;
    // RFC 5280 §4.2: a certificate MUST NOT include an extension twice.
    if (oid === null || found.some((other) => other.oid === oid)) return null;
    const critical = parts?.length === 3 && (parts[1]?.tag !== derTag.boolean || parts[1].content[0] !== 0);
    if (value === null) {
      if (processed.has(oid)) return null;
      if (octets === undefined) return null;
      found.push({ oid, critical, value: octets });
    } else found.push({ oid, critical, value });
  }
  return found;
}

function readBasicConstraints(node: DerNode | undefined): Certificate['basicConstraints'] | null {
  if (node === undefined) return { ca: false, pathLength: null };
  const parts = children(node);
  if (parts === null) return null;
  const ca = parts[0]?.tag === derTag.boolean && parts[0].content[0] === 0xff;
  const length = parts.find((each) => each.tag === derTag.integer);
  const pathLength = length === undefined ? null : readSmallInteger(length);
  return length !== undefined && pathLength === null ? null : { ca, pathLength };
}

function readKeyUsage(node: DerNode | undefined): ReadonlySet<number> | null | 'malformed' {
  if (node === undefined) return null;
  if (node.tag !== derTag.bitString || node.content.length === 0) return 'malformed';
  const bits = new Set<number>();
  node.content.subarray(1).forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit += 1) if (byte & (0x80 >> bit)) bits.add(index * 8 + bit);
  });
  return bits;
}

function parseX509(der: Uint8Array): X509Certificate | null {
  try {
    const x509 = new X509Certificate(Buffer.from(der));
    // A key of a kind that OpenSSL does not know throws only when asked for.
    return x509.publicKey === undefined || Number.isNaN(x509.validFromDate.getTime()) || Number.isNaN(x509.validToDate.getTime()) ? null : x509;
  } catch {
    // Not a certificate to OpenSSL: then it is none here either.
    return null;
  }
}
