import { createHash } from 'node:crypto';
import type { SignatureReport } from '../../src-shared/contract/verification.ts';
import { attempt, entryOf, type PdfFile } from '../pdf/index.ts';
import { digestByteRange } from './byte-range.ts';
import type { Certificate } from './certificate.ts';
import { buildChain, type ChainResult } from './chain.ts';
import type { Change } from './changes.ts';
import { readPdfDate } from './claimed-time.ts';
import { checkCms } from './cms-check.ts';
import { contentType, parseCms, type Cms } from './cms.ts';
import type { History } from './history.ts';
import { describeProblem, weightOf, type ProblemCode } from './messages.ts';
import { findPlace } from './place.ts';
import { judgeChanges, readChangePolicy, type ChangeVerdict } from './policy.ts';
import type { SignatureObject } from './signature-object.ts';
import { imprintHolds, readTimestamp, type Timestamp } from './timestamp.ts';

export type JudgeInput = {
  readonly history: History;
  readonly signature: SignatureObject;
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly now: Date;
  /** Changes of each revision against the one before; null where they were not examined. */
  readonly changesOf: (revision: number) => readonly Change[] | null;
  /** Findings of the file that weigh on every signature. */
  readonly fileProblems: readonly ProblemCode[];
};

type Crypto = { readonly integrity: SignatureReport['integrity']; readonly cms: Cms | null; readonly timestamp: Timestamp | null; readonly docTime: Date | null; readonly problems: readonly ProblemCode[] };

const detachedFilters: readonly string[] = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached'];
/** Clocks of offices are off by minutes, and zones are mistaken by hours. */
const clockToleranceMs = 24 * 3600 * 1000;

export function judgeSignature(input: JudgeInput): SignatureReport {
  const { signature, history } = input;
  const crypto = signature.signed === null ? unexamined : checkCryptography(input);
  const time = findTime(input, crypto);
  const chain = crypto.cms === null ? null : chainOf(input, crypto.cms.signer, crypto.cms, time.judgedAt, signature.subFilter === 'ETSI.RFC3161' ? 'time-stamping' : 'signing');
  const changes = judgeLater(input);
  const problems = [...new Set([...input.fileProblems, ...signature.problems, ...crypto.problems, ...time.problems, ...trustProblems(chain), ...changes.problems])];
  const weights = new Set(problems.map(weightOf));
  const integrity = signature.problems.some((code) => weightOf(code) === 'invalid') ? 'broken' : crypto.integrity;
  const coverage = coverageOf(input, changes);
  const trust = { status: chain?.status ?? 'unknown', revocation: 'not-checked', detail: `${chain?.detail ?? 'Không đọc được chứng thư của người ký.'} Chưa kiểm tra thu hồi.${time.proven ? '' : ' Xét tại thời điểm ký tự khai, chưa được chứng minh.'}` } as const;
  const last = history.states.at(-1);
  const place = last === undefined ? null : attempt(() => findPlace(last.file, signature.field));
  return {
    field: signature.field.name,
    revision: { index: (signature.revision ?? signature.seenIn) + 1, of: history.states.length },
    subFilter: signature.subFilter,
    signer: crypto.cms === null ? null : describeSigner(crypto.cms.signer),
    time: time.at === null ? null : { at: time.at.toISOString(), proven: time.proven },
    integrity, coverage, trust,
    level: crypto.integrity !== 'intact' || crypto.docTime !== null ? 'unknown' : crypto.timestamp === null ? 'B-B' : 'B-T',
    changesAfter: { status: changes.status, details: [...changes.details] },
    place: place?.ok === true ? place.value : null,
    verdict: verdictOf({ weights, integrity, coverage, trusted: trust.status === 'trusted', changes: changes.status }),
    problems: problems.map(describeProblem),
  };
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

const unexamined: Crypto = { integrity: 'not-examined', cms: null, timestamp: null, docTime: null, problems: [] };

function checkCryptography({ signature, history }: JudgeInput): Crypto {
  const { signed, subFilter } = signature;
  if (signed === null) return unexamined;
  const isDocTime = subFilter === 'ETSI.RFC3161';
  if (!isDocTime && !detachedFilters.includes(subFilter)) return { ...unexamined, problems: ['signature.sub-filter'] };
  if (isDocTime) return checkDocTimestamp(signed.der, (hash) => digestByteRange(history.source, signed.range, hash));
  const outcome = parseCms(signed.der);
  if (!outcome.ok) return { ...unexamined, problems: [outcome.code] };
  const { cms } = outcome;
  const check = checkCms(cms, { expectedType: contentType.data, digest: digestByteRange(history.source, signed.range, cms.digest), essRequired: subFilter === 'ETSI.CAdES.detached' });
  const stamp = readSignatureTimestamp(cms);
  return { integrity: check.integrity, cms, timestamp: stamp.timestamp, docTime: null, problems: [...check.problems, ...stamp.problems] };
}

/** RFC 3161 A: the token of a signature is over its signature value. */
function readSignatureTimestamp(cms: Cms): { readonly timestamp: Timestamp | null; readonly problems: readonly ProblemCode[] } {
  if (cms.timestampToken === null) return { timestamp: null, problems: [] };
  const outcome = readTimestamp(cms.timestampToken);
  if (!outcome.ok) return { timestamp: null, problems: outcome.problems.filter((code) => weightOf(code) === 'note') };
  const { timestamp } = outcome;
  if (!imprintHolds(timestamp, createHash(timestamp.hash).update(cms.signature).digest())) return { timestamp: null, problems: ['timestamp.imprint-mismatch'] };
  return { timestamp, problems: outcome.problems };
}

/** 12.8.5: a document time-stamp's imprint is over the byte range itself. */
function checkDocTimestamp(der: Uint8Array, digestOf: (hash: Timestamp['hash']) => Uint8Array): Crypto {
  const outcome = readTimestamp(der);
  if (!outcome.ok) return { ...unexamined, problems: [...outcome.problems, 'cms.signature-wrong'] };
  const { timestamp, problems } = outcome;
  const holds = imprintHolds(timestamp, digestOf(timestamp.hash));
  const weak = timestamp.hash === 'sha1';
  return { integrity: !holds ? 'broken' : weak ? 'not-examined' : 'intact', cms: timestamp.cms, timestamp: null, docTime: timestamp.at, problems: holds ? problems : [...problems, 'cms.digest-mismatch'] };
}

type Time = { readonly at: Date | null; readonly proven: boolean; readonly judgedAt: Date; readonly problems: readonly ProblemCode[] };

function findTime(input: JudgeInput, crypto: Crypto): Time {
  const stamped = crypto.docTime ?? crypto.timestamp?.at ?? null;
  const tsa = crypto.timestamp?.cms ?? (crypto.docTime === null ? null : crypto.cms);
  if (stamped !== null && tsa !== null && chainOf(input, tsa.signer, tsa, stamped, 'time-stamping').status === 'trusted') return { at: stamped, proven: true, judgedAt: stamped, problems: [] };
  const untrusted: readonly ProblemCode[] = stamped === null ? [] : ['timestamp.untrusted'];
  const claimed = input.signature.claimed === null ? null : readPdfDate(input.signature.claimed);
  const at = claimed ?? crypto.docTime;
  if (at === null) return { at: null, proven: false, judgedAt: input.now, problems: [...untrusted, 'time.missing'] };
  if (at.getTime() > input.now.getTime() + clockToleranceMs) return { at, proven: false, judgedAt: at, problems: [...untrusted, 'time.future'] };
  return { at, proven: false, judgedAt: at, problems: [...untrusted, 'time.claimed'] };
}

function chainOf(input: JudgeInput, signer: Certificate, cms: Cms, at: Date, purpose: 'signing' | 'time-stamping'): ChainResult {
  return buildChain({ signer, others: [...cms.certificates, ...input.intermediates], anchors: input.anchors, at, purpose });
}

function trustProblems(chain: ChainResult | null): readonly ProblemCode[] {
  if (chain === null) return [];
  const found: ProblemCode[] = ['revocation.not-checked'];
  if (chain.wrongUsage) found.push('chain.wrong-usage');
  if (chain.status !== 'trusted') found.push(`chain.${chain.status}`);
  return found;
}

/** Everything that came after the signed revision, under the signer's own rules. */
function judgeLater(input: JudgeInput): ChangeVerdict {
  const { signature, history } = input;
  if (signature.revision === null) return { status: 'not-examined', details: [], problems: [] };
  const collected: Change[] = [];
  for (let index = signature.revision + 1; index < history.states.length; index += 1) {
    const changes = input.changesOf(index);
    if (changes === null) return { status: 'not-examined', details: ['Chưa xét được các thay đổi sau khi ký.'], problems: ['changes.not-examined'] };
    collected.push(...changes);
  }
  const state = history.states[signature.revision];
  const policy = state === undefined ? null : attempt(() => readChangePolicy(state.file, signature.dict, signature.field));
  if (policy?.ok !== true) return { status: 'not-examined', details: ['Không đọc được quyền thay đổi mà người ký đặt ra.'], problems: ['changes.not-examined'] };
  const verdict = judgeChanges(collected, policy.value);
  if (signature.revision === history.states.length - 1) return verdict;
  if (verdict.status === 'none') return { status: 'allowed', details: ['Tệp được lưu thêm một lần, không đổi đối tượng nào đang dùng.'], problems: [] };
  return { ...verdict, problems: [...verdict.problems, 'look.not-compared'] };
}

function coverageOf({ signature, history }: JudgeInput, changes: ChangeVerdict): SignatureReport['coverage'] {
  if (signature.signed === null) return 'unknown';
  if (signature.problems.includes('byte-range.partial') || signature.revision === null) return 'partial';
  return signature.end === history.source.sizeBytes && changes.status === 'none' ? 'whole-file' : 'whole-revision';
}

function describeSigner(certificate: Certificate): NonNullable<SignatureReport['signer']> {
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

/** Whether the file holds long-term data that this form does not weigh yet. */
export function hasSecurityStore(file: PdfFile): boolean {
  return entryOf(file.catalog, 'DSS').kind !== 'null';
}
