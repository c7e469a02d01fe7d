import type { Certificate } from './certificate.ts';
import type { Proof, Statement } from './revocation.ts';

/** Revocation data at hand: a file's DSS, and what is gathered to go into one. */
export type Evidence = { readonly certificates: readonly Certificate[]; readonly proofs: readonly Proof[] };

export type Pair = { readonly certificate: Certificate; readonly issuer: Certificate };

/** What a certification authority said, and in which proof. */
export type Said = { readonly proof: Proof; readonly statement: Statement };

/** One certificate of a path. */
export type CertificateProof = Pair & {
  readonly status: 'good' | 'revoked' | 'unproven';
  /** What decided it; null where nothing did. */
  readonly said: Said | null;
  /** Where nothing did: the newest that was said of it, too old to count. */
  readonly stale: Said | null;
};

export type PathProof = {
  /** `good`: each certificate below the anchor is proven not revoked at the time. */
  readonly status: 'good' | 'revoked' | 'unproven';
  readonly revoked: (Pair & { readonly at: Date }) | null;
  /** What no proof was found for: certificates of the path, or responders that signed for them. */
  readonly unmet: readonly Pair[];
  readonly used: readonly Proof[];
  /** Responders that the used proofs lean on. */
  readonly responders: readonly Certificate[];
  /** Each certificate below the anchor, from the end upwards. */
  readonly each: readonly CertificateProof[];
};

type Question = {
  readonly evidence: Evidence;
  /** When it must have been good: what a time-stamp proves. */
  readonly at: Date;
  readonly now: Date;
  readonly purpose: 'signing' | 'time-stamping';
};

/** Clocks of services differ. */
const toleranceMs = 5 * 60_000;
const maxResponders = 3;

/** `path` from the end certificate to the anchor, which vouches for itself. */
export function provePath(path: readonly Certificate[], question: Question): PathProof {
  const found = path.slice(0, -1).map((certificate, i) => proveOne({ certificate, issuer: path[i + 1]! }, i === 0 ? question : { ...question, purpose: 'signing' }, []));
  const revoked = found.find((each) => each.revoked !== null)?.revoked ?? null;
  const unmet = found.flatMap((each) => each.unmet);
  return {
    status: revoked !== null ? 'revoked' : unmet.length > 0 ? 'unproven' : 'good',
    revoked, unmet,
    used: [...new Set(found.flatMap((each) => each.used))],
    responders: [...new Map(found.flatMap((each) => each.responders).map((each) => [each.thumbprint, each])).values()],
    each: found.map(({ pair, revoked: known, unmet: open, said, stale }) => ({ ...pair, status: known !== null ? 'revoked' : open.length > 0 ? 'unproven' : 'good', said, stale })),
  };
}

type OneProof = Omit<PathProof, 'status' | 'each'> & { readonly pair: Pair; readonly said: Said | null; readonly stale: Said | null };

/** `asked`: responders whose own standing is in question, and who therefore prove nothing here. */
function proveOne(pair: Pair, question: Question, asked: readonly string[]): OneProof {
  const { certificate, issuer } = pair;
  const said = question.evidence.proofs.flatMap((proof) => {
    const statement = proof.about(certificate, issuer, question.evidence.certificates);
    const counts = statement !== null && statement.thisUpdate.getTime() <= question.now.getTime() + toleranceMs && !asked.includes(statement.responder?.thumbprint ?? '');
    return counts ? [{ proof, statement }] : [];
  });
  // What was revoked stays so: an answer that says otherwise is older, or of another time.
  const revoked = said.find(({ statement }) => statement.status === 'revoked' && !wasGood(statement, question));
  if (revoked !== undefined) return { pair, said: revoked, stale: null, revoked: { ...pair, at: revoked.statement.revokedAt ?? question.at }, unmet: [], used: [revoked.proof], responders: [] };
  let lacking: readonly Pair[] = [pair];
  for (const { proof, statement } of said) {
    if (statement.status === 'good' && !isTimely(statement, certificate, question.at)) continue;
    const standing = proveResponder(statement, issuer, question, asked);
    if (standing.unmet.length === 0 && standing.revoked === null) return { pair, said: { proof, statement }, stale: null, revoked: null, unmet: [], used: [proof, ...standing.used], responders: standing.responders };
    if (standing.revoked === null) lacking = standing.unmet;
  }
  const [first, ...others] = said;
  const stale = first === undefined ? null : others.reduce((newest, each) => (each.statement.thisUpdate > newest.statement.thisUpdate ? each : newest), first);
  return { pair, said: null, stale, revoked: null, unmet: lacking, used: [], responders: [] };
}

/** A certificate that was revoked later was good before. RFC 3161 §4: not a time-stamping key that may have leaked, since its tokens can carry any date. */
function wasGood(statement: Statement, { at, purpose }: Question): boolean {
  if (statement.revokedAt === null || statement.revokedAt <= at) return false;
  return purpose === 'signing' || (statement.reason !== null && harmlessReasons.includes(statement.reason));
}

/** unspecified, affiliationChanged, superseded, cessationOfOperation. */
const harmlessReasons: readonly number[] = [0, 3, 4, 5];

/**
 * ETSI EN 319 102-1 §5.2.5: said after the time in question, or still current at it. After a certificate's end its issuer need not remember it
 * (RFC 5280 §3.3), so that silence then proves nothing.
 */
function isTimely({ thisUpdate, nextUpdate }: Statement, certificate: Certificate, at: Date): boolean {
  return thisUpdate <= certificate.notAfter && (thisUpdate.getTime() + toleranceMs >= at.getTime() || (nextUpdate !== null && at <= nextUpdate));
}

/** RFC 6960 §4.2.2.2.1: a responder with id-pkix-ocsp-nocheck, or one whose issuer names no way of asking, needs no proof of its own. */
function proveResponder({ responder, producedAt }: Statement, issuer: Certificate, question: Question, asked: readonly string[]): Pick<OneProof, 'revoked' | 'unmet' | 'used' | 'responders'> {
  const settled = { revoked: null, unmet: [], used: [], responders: responder === null ? [] : [responder] };
  if (responder === null || responder.ocspNoCheck || !responder.namesStatusService) return settled;
  const pair = { certificate: responder, issuer };
  if (asked.length >= maxResponders) return { ...settled, unmet: [pair] };
  const own = proveOne(pair, { ...question, at: producedAt, purpose: 'signing' }, [...asked, responder.thumbprint]);
  return { ...own, responders: [responder, ...own.responders] };
}
