import { createHash } from 'node:crypto';
import { attempt, dictOf, entryOf, type PdfFile, type PdfObject } from '../pdf/index.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import type { History } from './history.ts';
import type { Evidence } from './prove-path.ts';
import { readProof, type Proof, type ProofSource } from './revocation.ts';

/** What the file's DSS (ISO 32000-2 12.8.4.3) holds, with the oldest revision that holds it, and what lay elsewhere. */
export type StoredCertificate = { readonly certificate: Certificate; readonly revision: number; readonly source: ProofSource };
export type SecurityStore = { readonly certificates: readonly StoredCertificate[]; readonly proofs: readonly Proof[] };

type Kind = 'certificate' | Proof['kind'];

/** Keys of the DSS, and of its /VRI dictionaries, which name the same streams by signature. */
const lists = [['Certs', 'certificate'], ['OCSPs', 'ocsp'], ['CRLs', 'crl']] as const;
const vriLists = [['Cert', 'certificate'], ['OCSP', 'ocsp'], ['CRL', 'crl']] as const;

const maxStreams = 2000;
/** The evidence of a hundred signatures with lists of 300 kB. */
const maxBytes = 32 * 1024 * 1024;

/** What cannot be read is left out: a proof that is missing is looked for in vain, and said to be missing. */
export function readSecurityStore(history: History): SecurityStore {
  const certificates = new Map<string, StoredCertificate>();
  const proofs = new Map<string, Proof>();
  const seen = new Set<string>();
  let bytesLeft = maxBytes;
  history.states.forEach(({ file }, revision) => {
    for (const { kind, object } of listStreams(file)) {
      const place = object.kind === 'ref' ? attempt(() => placeOf(file, object.num)) : null;
      if (place?.ok !== true || seen.has(place.value) || seen.size >= maxStreams) continue;
      seen.add(place.value);
      const read = attempt(() => readStream(file, object));
      if (!read.ok || read.value === null || read.value.length > bytesLeft) continue;
      bytesLeft -= read.value.length;
      const id = createHash('sha256').update(read.value).digest('hex');
      if (kind === 'certificate') {
        const certificate = certificates.has(id) ? null : readCertificate(read.value);
        if (certificate !== null) certificates.set(id, { certificate, revision, source: 'dss' });
      } else {
        const proof = proofs.has(id) ? null : readProof(kind, read.value, revision);
        if (proof !== null) proofs.set(id, proof);
      }
    }
  });
  return { certificates: [...certificates.values()], proofs: [...proofs.values()] };
}

/** What of the file's own DSS a time-stamp of that revision covers: a level says what is in there (ADR 0012), whatever else is known. */
export function evidenceUpTo(store: SecurityStore, revision: number): Evidence {
  const covered = (each: { readonly revision: number; readonly source: ProofSource }): boolean => each.source === 'dss' && each.revision <= revision;
  return { certificates: store.certificates.filter(covered).map((each) => each.certificate), proofs: store.proofs.filter(covered) };
}

/** All that is known, wherever it lay: what a verdict leans on. */
export function allEvidence(store: SecurityStore): Evidence {
  return { certificates: store.certificates.map((each) => each.certificate), proofs: store.proofs };
}

/** The store with more in it; what it holds already stays as it is. */
export function withEvidence(store: SecurityStore, more: SecurityStore): SecurityStore {
  const certificates = new Map(store.certificates.map((each) => [each.certificate.thumbprint, each]));
  const proofs = new Map(store.proofs.map((each) => [each.id, each]));
  for (const each of more.certificates) if (!certificates.has(each.certificate.thumbprint)) certificates.set(each.certificate.thumbprint, each);
  for (const each of more.proofs) if (!proofs.has(each.id)) proofs.set(each.id, each);
  return { certificates: [...certificates.values()], proofs: [...proofs.values()] };
}

function listStreams(file: PdfFile): readonly { readonly kind: Kind; readonly object: PdfObject }[] {
  const listed = attempt(() => {
    const store = file.get(file.catalog, 'DSS');
    const vri = dictOf(file.get(store, 'VRI'));
    const perSignature = [...(vri?.entries.values() ?? [])].slice(0, maxStreams).map((each) => file.resolve(each));
    return [
      ...lists.flatMap(([key, kind]) => itemsOf(file.get(store, key), kind)),
      ...perSignature.flatMap((one) => vriLists.flatMap(([key, kind]) => itemsOf(file.get(one, key), kind))),
    ];
  });
  return listed.ok ? listed.value : [];
}

function itemsOf(list: PdfObject, kind: Kind): readonly { readonly kind: Kind; readonly object: PdfObject }[] {
  return list.kind === 'array' ? list.items.map((object) => ({ kind, object })) : [];
}

function readStream(file: PdfFile, object: PdfObject): Uint8Array | null {
  const stream = file.resolve(object);
  return stream.kind === 'stream' && entryOf(stream, 'F').kind === 'null' ? Uint8Array.from(file.decode(stream)) : null;
}

/** One object at one place is read once, however many revisions hold it. */
function placeOf(file: PdfFile, num: number): string {
  const entry = file.findEntry(num);
  const at = entry?.kind === 'offset' ? String(entry.offset) : entry?.kind === 'compressed' ? `${String(entry.container)}/${String(entry.index)}` : '';
  return `${String(num)}@${at}`;
}
