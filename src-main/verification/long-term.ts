import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import type { Certificate } from './certificate.ts';
import { buildChain, type ChainResult } from './chain.ts';
import type { Cms } from './cms.ts';
import type { Cryptography } from './cryptography.ts';
import { provePath, type PathProof } from './prove-path.ts';
import { allEvidence, evidenceUpTo, type SecurityStore } from './security-store.ts';
import type { SignatureObject } from './signature-object.ts';

/** A time-stamp that proves when a signature was there: its own, or a later one of the document, which covers every revision up to its own. */
export type TimeProof = {
  readonly at: Date;
  readonly cms: Cms;
  /** Null for a signature's own. */
  readonly revision: number | null;
  /** Its maker leads to an anchor and is not known to have been revoked. */
  readonly trusted: boolean;
};
export type DocumentStamp = TimeProof & { readonly revision: number };

/** What a file and this machine know beside a signature. */
export type Known = {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly store: SecurityStore;
  readonly now: Date;
};

/** With the time-stamps of the document. */
export type Grounds = Known & {
  /** Those that hold by themselves, oldest first. */
  readonly stamps: readonly DocumentStamp[];
};

export function createGrounds(known: Known, examined: readonly { readonly signature: SignatureObject; readonly crypto: Cryptography }[]): Grounds {
  const stamps = examined.flatMap(({ signature, crypto }) => {
    const { revision } = signature;
    if (crypto.docTime === null || crypto.cms === null || crypto.integrity !== 'intact' || revision === null || signature.problems.length > 0) return [];
    return [{ at: crypto.docTime, cms: crypto.cms, revision, trusted: isTrusted(crypto.cms, crypto.docTime, known) }];
  });
  return { ...known, stamps: stamps.sort((a, b) => a.revision - b.revision) };
}

/** In the order of preference: the signature's own time-stamp, then the document's from the oldest. */
export function timeProofsOf(signature: Pick<SignatureObject, 'revision'>, crypto: Cryptography, grounds: Grounds): readonly TimeProof[] {
  const make = (at: Date, cms: Cms, revision: number | null): TimeProof => ({ at, cms, revision, trusted: isTrusted(cms, at, grounds) });
  if (crypto.docTime !== null) return crypto.cms === null ? [] : [make(crypto.docTime, crypto.cms, signature.revision)];
  const own = crypto.timestamp === null ? [] : [make(crypto.timestamp.at, crypto.timestamp.cms, null)];
  const { revision } = signature;
  return [...own, ...(revision === null ? [] : grounds.stamps.filter((each) => each.revision > revision))];
}

/** The path to an anchor with all that is at hand, in the file or not. */
export function chainAt(cms: Cms, at: Date, purpose: 'signing' | 'time-stamping', grounds: Known): ChainResult {
  const others = [...cms.certificates, ...grounds.store.certificates.map((each) => each.certificate), ...grounds.intermediates];
  return buildChain({ signer: cms.signer, others, anchors: grounds.anchors, at, purpose });
}

function isTrusted(cms: Cms, at: Date, known: Known): boolean {
  const chain = chainAt(cms, at, 'time-stamping', known);
  if (chain.status !== 'trusted') return false;
  return provePath(chain.path, { evidence: allEvidence(known.store), at, now: known.now, purpose: 'time-stamping' }).status !== 'revoked';
}

/** `path` null: what the file itself holds does not lead to an anchor. */
export type Standing = { readonly path: readonly Certificate[] | null; readonly proof: PathProof | null };

/** Whether the file alone, up to a revision, proves a certificate good at a time: path and revocation data without help from this machine. */
export function provenInFile(cms: Cms, at: Date, purpose: 'signing' | 'time-stamping', grounds: Grounds, revision: number): Standing {
  const evidence = evidenceUpTo(grounds.store, revision);
  const chain = buildChain({ signer: cms.signer, others: [...cms.certificates, ...evidence.certificates], anchors: grounds.anchors, at, purpose });
  if (chain.status !== 'trusted') return { path: null, proof: null };
  return { path: chain.path, proof: provePath(chain.path, { evidence, at, now: grounds.now, purpose }) };
}

/** Level of PAdES (ETSI EN 319 142-1 §6) that a signature with whole bytes has reached. */
export function reachedLevel(signature: Pick<SignatureObject, 'revision'>, crypto: Cryptography, grounds: Grounds): SignatureLevel {
  const { cms } = crypto;
  const times = timeProofsOf(signature, crypto, grounds);
  if (cms === null || times.length === 0) return 'B-B';
  const trusted = times.filter((each) => each.trusted);
  const hasAll = (revision: number): boolean => trusted.some((time) => isProven(cms, time, grounds, revision));
  if (!hasAll(Infinity)) return 'B-T';
  // The newest covers all that an older one does.
  const newest = grounds.stamps.findLast((each) => each.trusted);
  const { revision } = signature;
  return newest !== undefined && revision !== null && newest.revision > revision && hasAll(newest.revision) ? 'B-LTA' : 'B-LT';
}

/** Signer and time-stamper, both by the file alone. */
export function isProven(cms: Cms, time: TimeProof, grounds: Grounds, revision: number): boolean {
  const covered = time.revision === null || time.revision <= revision;
  return covered && provenInFile(cms, time.at, 'signing', grounds, revision).proof?.status === 'good' && provenInFile(time.cms, time.at, 'time-stamping', grounds, revision).proof?.status === 'good';
}
