import type { Cms } from './cms.ts';
import { children, derTag, readOid, sequence, type DerNode } from './der.ts';
import { readProof, type Proof } from './revocation.ts';

/** RevocationInfoArchival (ISO 32000-2 12.8.3.3.2): a signed attribute of Adobe's. */
const archivalOid = '1.2.840.113583.1.1.8';
/** RFC 5940 §2.1: id-ri-ocsp-response, an OCSPResponse among the lists. */
const ocspResponseOid = '1.3.6.1.5.5.7.16.2';
const maxProofs = 64;
/** Of all signatures of a file together, as for its DSS. */
export const maxCmsProofBytes = 64 * 1024 * 1024;

/** Revocation data that came inside a CMS. Each proves by its own signature, like those of the DSS; none is part of a level (ADR 0012). */
export function readCmsProofs(cms: Cms, revision: number): readonly Proof[] {
  const found = [...readArchival(cms.attributes.get(archivalOid)), ...readChoices(cms.crls)];
  return found.slice(0, maxProofs).flatMap(({ kind, node }) => readProof(kind, Uint8Array.from(node.raw), revision, 'cms') ?? []);
}

type Found = { readonly kind: Proof['kind']; readonly node: DerNode };

/** SEQUENCE { crl [0] SEQUENCE OF CertificateList OPTIONAL, ocsp [1] SEQUENCE OF OCSPResponse OPTIONAL, otherRevInfo [2] … } */
function readArchival(value: DerNode | undefined): readonly Found[] {
  return (sequence(value) ?? []).flatMap((part) => {
    const kind = part.tag === 0xa0 ? 'crl' : part.tag === 0xa1 ? 'ocsp' : null;
    if (kind === null) return [];
    return (sequence(children(part)?.[0]) ?? []).map((node) => ({ kind, node }));
  });
}

/** RFC 5652 §10.2.1: RevocationInfoChoices, a SET of CertificateList or `other [1] SEQUENCE { OID, ANY }`. */
function readChoices(crls: DerNode | null): readonly Found[] {
  return (children(crls) ?? []).flatMap((node): readonly Found[] => {
    if (node.tag === derTag.sequence) return [{ kind: 'crl', node }];
    if (node.tag !== 0xa1) return [];
    const [format, info] = children(node) ?? [];
    return readOid(format) === ocspResponseOid && info !== undefined ? [{ kind: 'ocsp', node: info }] : [];
  });
}
