import { readHashAlgorithm, readSignatureScheme, type HashName, type SignatureScheme } from './algorithms.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { children, derTag, readOid, readSmallInteger, readWholeDer, sameBytes, sequence, type DerNode } from './der.ts';
import type { ProblemCode } from './messages.ts';

export const contentType = { data: '1.2.840.113549.1.7.1', timestampInfo: '1.2.840.113549.1.9.16.1.4' } as const;

/** SignedData (RFC 5652 §5) with exactly one signer, as it was encoded. */
export type Cms = {
  readonly contentType: string;
  /** The encapsulated content; null when detached. */
  readonly content: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  /** The `crls` field (RFC 5652 §10.2.1) as it stands, read by `cms-revocation.ts`; null when absent. */
  readonly crls: DerNode | null;
  readonly signer: Certificate;
  readonly digest: HashName;
  readonly scheme: SignatureScheme;
  /** DER of the attributes as a SET: what the signature is over (RFC 5652 §5.4). */
  readonly signedAttrs: Uint8Array;
  /** Value of each signed attribute by OID; each occurs once with one value. */
  readonly attributes: ReadonlyMap<string, DerNode>;
  readonly signature: Uint8Array;
  /** RFC 3161 token of the unsigned attribute, or null. */
  readonly timestampToken: Uint8Array | null;
};

export type CmsOutcome = { readonly ok: true; readonly cms: Cms } | { readonly ok: false; readonly code: ProblemCode };

export const attributeOid = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
} as const;

const signedDataOid = '1.2.840.113549.1.7.2';
const maxCertificates = 64;
/** RFC 5652 §5.1, §5.3: 1 for plain data, 3 for key identifiers and other content types, 4 and 5 with attribute certificates. */
const versions: readonly number[] = [1, 3, 4, 5];

/** Reads a CMS strictly: DER, one SignerInfo, signed attributes once each, the signer's certificate inside. */
export function parseCms(der: Uint8Array): CmsOutcome {
  const info = sequence(readWholeDer(der));
  if (info === null || info.length !== 2 || readOid(info[0]) !== signedDataOid || info[1]?.tag !== 0xa0) return refuse('cms.malformed');
  const wrapped = children(info[1]);
  const parts = wrapped?.length === 1 ? sequence(wrapped[0]) : null;
  if (parts === null) return refuse('cms.malformed');
  const [version, digests, encapsulated] = parts;
  const signers = parts.at(-1);
  if (!versions.includes(readSmallInteger(version) ?? -1) || digests?.tag !== derTag.set || encapsulated?.tag !== derTag.sequence || signers?.tag !== derTag.set || parts.length > 6) return refuse('cms.malformed');
  const optional = parts.slice(3, -1);
  if (optional.some((each) => each.tag !== 0xa0 && each.tag !== 0xa1)) return refuse('cms.malformed');

  const inner = sequence(encapsulated);
  const innerType = readOid(inner?.[0]);
  const content = readContent(inner?.[1]);
  if (inner === null || inner.length > 2 || innerType === null || content === 'malformed') return refuse('cms.malformed');

  const infos = children(signers);
  if (infos === null) return refuse('cms.malformed');
  if (infos.length !== 1) return refuse(infos.length === 0 ? 'cms.no-signer' : 'cms.several-signers');
  const certificates = readCertificates(optional.find((each) => each.tag === 0xa0));
  const announced = (children(digests) ?? []).map(readHashAlgorithm);
  return readSignerInfo(infos[0], { innerType, content, certificates, crls: optional.find((each) => each.tag === 0xa1) ?? null, announced });
}

type Envelope = { readonly innerType: string; readonly content: Uint8Array | null; readonly certificates: readonly Certificate[]; readonly crls: DerNode | null; readonly announced: readonly (HashName | null)[] };

function readSignerInfo(node: DerNode | undefined, envelope: Envelope): CmsOutcome {
  const { innerType, content, certificates, crls } = envelope;
  const parts = sequence(node);
  if (parts === null || !versions.includes(readSmallInteger(parts[0]) ?? -1)) return refuse('cms.malformed');
  const [, sid, digestNode, attrsNode] = parts;
  if (attrsNode?.tag !== 0xa0) return refuse('cms.no-signed-attributes');
  const [schemeNode, signatureNode, unsignedNode] = parts.slice(4);
  if (signatureNode?.tag !== derTag.octetString || parts.length > 7 || (unsignedNode !== undefined && unsignedNode.tag !== 0xa1)) return refuse('cms.malformed');

  const attributes = readAttributes(attrsNode);
  if (attributes === null) return refuse('cms.malformed');
  const digest = readHashAlgorithm(digestNode);
  const scheme = readSignatureScheme(schemeNode);
  if (digest === null || scheme === null) return refuse('cms.unknown-algorithm');
  // RFC 5652 §5.1: the set names the digests of all signers; verifiers that read in one pass depend on it.
  if (!envelope.announced.includes(digest)) return refuse('cms.malformed');
  // A signature whose two hashes differ is made by no tool in use and read differently by different ones.
  if (scheme.hash !== null && scheme.hash !== digest) return refuse('cms.hash-mismatch');
  const signer = certificates.find((each) => matches(each, sid));
  if (signer === undefined) return refuse('cms.no-signer-certificate');
  const signedAttrs = Uint8Array.from(attrsNode.raw);
  signedAttrs[0] = derTag.set;
  const token = unsignedNode === undefined ? null : readTimestampToken(unsignedNode);
  if (token === 'malformed') return refuse('cms.malformed');
  return { ok: true, cms: { contentType: innerType, content, certificates, crls, signer, digest, scheme, signedAttrs, attributes, signature: signatureNode.content, timestampToken: token } };
}

function readContent(node: DerNode | undefined): Uint8Array | null | 'malformed' {
  if (node === undefined) return null;
  const inner = node.tag === 0xa0 ? children(node) : null;
  return inner?.length === 1 && inner[0]?.tag === derTag.octetString ? inner[0].content : 'malformed';
}

/** Certificates that cannot be read are left out: a path simply does not find them. */
function readCertificates(node: DerNode | undefined): readonly Certificate[] {
  const all = children(node) ?? [];
  return all.slice(0, maxCertificates).flatMap((each) => (each.tag === derTag.sequence ? (readCertificate(each.raw) ?? []) : []));
}

/** RFC 5652 §11: these attributes occur once, with one value; the same is asked of every other, so that no reader can pick another. */
function readAttributes(node: DerNode): ReadonlyMap<string, DerNode> | null {
  const found = new Map<string, DerNode>();
  for (const each of children(node) ?? []) {
    const [type, values, ...more] = sequence(each) ?? [];
    const oid = readOid(type);
    const list = values?.tag === derTag.set ? children(values) : null;
    if (oid === null || more.length > 0 || list?.length !== 1 || list[0] === undefined || found.has(oid)) return null;
    found.set(oid, list[0]);
  }
  return found;
}

function readTimestampToken(node: DerNode): Uint8Array | null | 'malformed' {
  const tokens: Uint8Array[] = [];
  for (const each of children(node) ?? []) {
    const [type, values] = sequence(each) ?? [];
    if (readOid(type) === attributeOid.timestampToken) tokens.push(...(children(values) ?? []).map((value) => value.raw));
  }
  return tokens.length > 1 ? 'malformed' : (tokens[0] ?? null);
}

function matches(certificate: Certificate, sid: DerNode | undefined): boolean {
  if (sid?.tag === 0x80) return certificate.subjectKeyIdentifier !== null && sameBytes(certificate.subjectKeyIdentifier, sid.content);
  const [issuer, serial] = sid?.tag === derTag.sequence ? (children(sid) ?? []) : [];
  return issuer !== undefined && serial?.tag === derTag.integer && sameBytes(issuer.raw, certificate.issuer) && sameBytes(serial.content, certificate.serial);
}

function refuse(code: ProblemCode): CmsOutcome {
  return { ok: false, code };
}
