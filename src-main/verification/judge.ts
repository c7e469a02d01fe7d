import type { CertificateSummary, SignatureReport } from '../../src-shared/contract/verification.ts';
import { attempt } from '../pdf/index.ts';
import type { Certificate } from './certificate.ts';
import type { ChainResult } from './chain.ts';
import type { Change } from './changes.ts';
import { documentTimestampFilter, type Cryptography } from './cryptography.ts';
import type { History } from './history.ts';
import { signatureLevels } from '../../src-shared/domain/level.ts';
import type { Unasked } from './gather-evidence.ts';
import { chainAt, reachedLevel, timeProofsOf, type Grounds } from './long-term.ts';
import { describeProblem, weightOf, type ProblemCode } from './messages.ts';
import { findPlace } from './place.ts';
import { judgeChanges, readChangePolicy, type ChangeVerdict, type Made } from './policy.ts';
import { provePath, type PathProof } from './prove-path.ts';
import type { Proof } from './revocation.ts';
import { describeRevocation, reportRevocations } from './revocation-report.ts';
import { allEvidence } from './security-store.ts';
import type { SignatureObject } from './signature-object.ts';
import { findSigningTime, type SigningTime } from './signing-time.ts';

export type JudgeInput = {
  readonly history: History;
  readonly signature: SignatureObject;
  readonly crypto: Cryptography;
  readonly grounds: Grounds;
  /** What the file alone gives; the same as `grounds` where nobody was asked. */
  readonly fileGrounds: Grounds;
  readonly unasked: Unasked;
  /** Changes of each revision against the one before; null where they were not examined. */
  readonly changesOf: (revision: number) => readonly Change[] | null;
  /** Findings of the file that weigh on every signature. */
  readonly fileProblems: readonly ProblemCode[];
};

/** The report, and what it leans on: paths of signer and time-stamper, revocation data and who made it. */
export type Judged = { readonly report: SignatureReport; readonly certificates: readonly Certificate[]; readonly proofs: readonly Proof[] };

export function judgeSignature(input: JudgeInput): Judged {
  const { signature, history, crypto, grounds, unasked } = input;
  const time = findSigningTime(input);
  const purpose = signature.subFilter === documentTimestampFilter ? 'time-stamping' : 'signing';
  const chain = crypto.cms === null ? null : chainAt(crypto.cms, time.judgedAt, purpose, grounds);
  const standing = chain === null ? null : findStanding(chain, time, purpose, grounds);
  const stamper = findStamper(input);
  const revocation = chain?.status !== 'trusted' || standing === null || standing.status === 'unproven' ? 'not-checked' : standing.status;
  const changes = judgeLater(input);
  const problems = [...new Set([...input.fileProblems, ...signature.problems, ...crypto.problems, ...time.problems, ...trustProblems(chain), ...revocationProblems(crypto, { revocation, standing, meant: time.meant }), ...changes.problems])];
  const weights = new Set(problems.map(weightOf));
  const integrity = signature.problems.some((code) => weightOf(code) === 'invalid') ? 'broken' : crypto.integrity;
  const coverage = coverageOf(input, changes);
  const detail = `${chain?.detail ?? 'Không đọc được chứng thư của người ký.'} ${describeRevocation({ revocation, standing: chain?.status === 'trusted' ? standing : null, stamper: stamper?.proof ?? null, unasked, now: grounds.now })}${time.proven ? '' : ' Xét tại thời điểm ký tự khai, chưa được chứng minh.'}`;
  const trust = { status: chain?.status ?? 'unknown', revocation, detail } as const;
  const last = history.states.at(-1);
  const place = last === undefined ? null : attempt(() => findPlace(last.file, signature.field));
  const report: SignatureReport = {
    field: signature.field.name,
    revision: { index: (signature.revision ?? signature.seenIn) + 1, of: history.states.length },
    signedBytes: signature.revision === null ? null : signature.end,
    subFilter: signature.subFilter,
    ...(signature.reason === '' ? {} : { reason: signature.reason }),
    signer: crypto.cms === null ? null : summarize(crypto.cms.signer),
    chain: chain === null ? [] : chain.path.slice(1).map(summarize),
    time: time.at === null ? null : { at: time.at.toISOString(), proven: time.proven, ...(time.claimed === null ? {} : { claimed: time.claimed.toISOString() }) },
    integrity, coverage, trust,
    revocations: standing === null ? [] : reportRevocations(standing, unasked),
    level: crypto.integrity !== 'intact' || crypto.docTime !== null ? 'unknown' : levelOf(input),
    changesAfter: { status: changes.status, changes: [...changes.changes] },
    look: { status: changes.status === 'none' ? 'nothing-later' : 'not-compared', reason: changes.status === 'none' ? null : 'off', compared: 0, pages: [] },
    place: place?.ok === true ? place.value : null,
    verdict: verdictOf({ weights, integrity, coverage, trusted: trust.status === 'trusted', changes: changes.status }),
    problems: problems.map(describeProblem),
  };
  return {
    report,
    certificates: [...(crypto.cms === null ? [] : [crypto.cms.signer]), ...(chain?.path ?? []), ...(stamper?.path ?? []), ...(standing?.responders ?? []), ...(stamper?.proof.responders ?? [])],
    proofs: [...(standing?.used ?? []), ...(stamper?.proof.used ?? [])],
  };
}

/** What was asked for never raises a level, which says what is in the file; what it takes away (a time-stamper that was revoked) is taken. */
function levelOf({ signature, crypto, grounds, fileGrounds }: JudgeInput): SignatureReport['level'] {
  const levels = [fileGrounds, ...(grounds === fileGrounds ? [] : [grounds])].map((each) => reachedLevel(signature, crypto, each));
  return signatureLevels.find((level) => levels.includes(level)) ?? 'unknown';
}

type Evidence = { readonly weights: ReadonlySet<string>; readonly integrity: SignatureReport['integrity']; readonly coverage: SignatureReport['coverage']; readonly trusted: boolean; readonly changes: SignatureReport['changesAfter']['status'] };

/** `valid` needs every piece of evidence; nothing missing is read as good. */
function verdictOf(evidence: Evidence): SignatureReport['verdict'] {
  const { weights, integrity, coverage, changes } = evidence;
  if (integrity === 'broken' || coverage === 'partial' || changes === 'forbidden' || weights.has('broken') || weights.has('invalid')) return 'invalid';
  if (integrity !== 'intact' || coverage === 'unknown' || changes === 'not-examined' || !evidence.trusted || weights.has('doubt')) return 'indeterminate';
  if (changes === 'content-added' || weights.has('content')) return 'changed';
  return changes === 'allowed' ? 'valid-extended' : 'valid';
}

function trustProblems(chain: ChainResult | null): readonly ProblemCode[] {
  if (chain === null) return [];
  const found: ProblemCode[] = [];
  if (chain.wrongUsage) found.push('chain.wrong-usage');
  if (chain.status !== 'trusted') found.push(`chain.${chain.status}`);
  return found;
}

/** A time that nobody proves may be any time: who was revoked by now may have signed after it, and who is good by now was good all along. */
function findStanding({ path }: ChainResult, time: SigningTime, purpose: 'signing' | 'time-stamping', { store, now }: Grounds): PathProof {
  const at = (moment: Date): PathProof => provePath(path, { evidence: allEvidence(store), at: moment, now, purpose });
  const present = time.proven ? null : at(now);
  return present === null || present.status === 'unproven' ? at(time.judgedAt) : present;
}

/** Whoever made the time-stamp that the signature itself carries. One of the document is a signature of its own. */
function findStamper({ signature, crypto, grounds }: JudgeInput): { readonly path: readonly Certificate[]; readonly proof: PathProof } | null {
  const own = timeProofsOf(signature, crypto, grounds).find(({ revision }) => revision === null);
  if (own === undefined) return null;
  const { path } = chainAt(own.cms, own.at, 'time-stamping', grounds);
  return { path, proof: provePath(path, { evidence: allEvidence(grounds.store), at: own.at, now: grounds.now, purpose: 'time-stamping' }) };
}

type Revocation = { readonly revocation: SignatureReport['trust']['revocation']; readonly standing: PathProof | null; readonly meant: Date | null };

/** Revoked before the time that the signer claims himself: forged, or signed after all. Revoked between that and what is proven: nobody can tell. */
function revocationProblems(crypto: Cryptography, { revocation, standing, meant }: Revocation): readonly ProblemCode[] {
  if (crypto.cms === null || revocation === 'good') return [];
  if (revocation === 'not-checked') return ['revocation.not-checked'];
  const at = standing?.revoked?.at ?? null;
  return [meant !== null && at !== null && at <= meant ? 'revocation.revoked' : 'revocation.revoked-unproven'];
}

/** Everything that came after the signed revision, under the signer's own rules. */
function judgeLater(input: JudgeInput): ChangeVerdict {
  const { signature, history } = input;
  if (signature.revision === null) return { status: 'not-examined', changes: [], problems: [] };
  const collected: Made[] = [];
  for (let index = signature.revision + 1; index < history.states.length; index += 1) {
    const changes = input.changesOf(index);
    if (changes === null) return notExamined(index + 1, 'Chưa xét được các thay đổi sau khi ký.');
    collected.push(...changes.map((change) => ({ change, revision: index + 1 })));
  }
  const state = history.states[signature.revision];
  const policy = state === undefined ? null : attempt(() => readChangePolicy(state.file, signature.dict, signature.field));
  if (policy?.ok !== true) return notExamined(signature.revision + 1, 'Không đọc được quyền thay đổi mà người ký đặt ra.');
  const verdict = judgeChanges(collected, policy.value);
  if (signature.revision === history.states.length - 1) return verdict;
  if (verdict.status === 'none') return { status: 'allowed', changes: [{ kind: 'resaved', revision: history.states.length, message: 'Tệp được lưu thêm một lần, không đổi đối tượng nào đang dùng.', page: null, place: null }], problems: [] };
  return { ...verdict, problems: [...verdict.problems, 'look.not-compared'] };
}

function notExamined(revision: number, message: string): ChangeVerdict {
  return { status: 'not-examined', changes: [{ kind: 'not-examined', revision, message, page: null, place: null }], problems: ['changes.not-examined'] };
}

function coverageOf({ signature, history }: JudgeInput, changes: ChangeVerdict): SignatureReport['coverage'] {
  if (signature.signed === null) return 'unknown';
  if (signature.problems.includes('byte-range.partial') || signature.revision === null) return 'partial';
  return signature.end === history.source.sizeBytes && changes.status === 'none' ? 'whole-file' : 'whole-revision';
}

function summarize(certificate: Certificate): CertificateSummary {
  return {
    commonName: certificate.commonName,
    organization: certificate.organization,
    issuer: certificate.issuerName,
    serial: Buffer.from(certificate.serial).toString('hex'),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    thumbprint: certificate.thumbprint,
  };
}
