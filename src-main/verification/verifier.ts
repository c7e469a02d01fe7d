import { setImmediate } from 'node:timers/promises';
import { attempt } from '../pdf/index.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { Examination, UsedEvidence, VerificationPort, VerifyOptions } from '../ports/verification.ts';
import type { SignatureReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import { rangesNest } from './byte-range.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { findChanges, type ChangeContext, type Change } from './changes.ts';
import { readHistory, type History } from './history.ts';
import { maxCmsProofBytes, readCmsProofs } from './cms-revocation.ts';
import { checkAllCryptography, type Cryptography } from './cryptography.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { judgeSignature, type Judged } from './judge.ts';
import { createGrounds } from './long-term.ts';
import { applyLook } from './look/apply-look.ts';
import { describeProblem, weightOf, type ProblemCode } from './messages.ts';
import { walkReferences } from './references.ts';
import type { Proof } from './revocation.ts';
import { readSecurityStore, withEvidence, type SecurityStore } from './security-store.ts';
import { readFieldTrees, readSignatureObjects, type FieldTrees, type SignatureObject } from './signature-object.ts';
import { showsTwoLooks } from './repeated-keys.ts';
import { findStrayBytes } from './stray-bytes.ts';

/** Signing.md §6 (`docs/verification.md` says what of it stands). `program`: its version, for the report. */
export function createVerifier({ program = '' }: { readonly program?: string } = {}): VerificationPort {
  const examine = async (input: ByteSource, options: VerifyOptions): Promise<Examination> => {
    const { evidence, ...found } = await tryToVerify(input, options);
    const head = {
      schema: 2 as const, checkedAt: options.now.toISOString(), program,
      file: { sha256: options.sha256 ?? null, sizeBytes: input.sizeBytes }, trustList: options.trustList ?? null, extent: options.extent ?? 'quick',
    };
    return { report: { ...head, ...found }, evidence };
  };
  return { examine, verify: async (input, options) => (await examine(input, options)).report };
}

async function tryToVerify(input: ByteSource, options: VerifyOptions): Promise<Findings & Pick<Examination, 'evidence'>> {
  try {
    return await verifyFile(input, options);
  } catch (error) {
    // A hostile file that finds a bug of ours must not stop the desk, and must not come out good.
    return { ...report([], [error instanceof RangeError ? 'file.too-large' : 'verifier.fault']), evidence: [] };
  }
}

/** What a report says but for its head. */
type Findings = Pick<VerificationReport, 'verdict' | 'signatures' | 'problems'>;

/** A file that was made to have no shared beginning costs a hash of it for each. */
const maxSignatures = 64;

async function verifyFile(input: ByteSource, options: VerifyOptions): Promise<Findings & Pick<Examination, 'evidence'>> {
  const opened = readHistory(input);
  if (!opened.ok) return { ...report([], [opened.code]), evidence: [] };
  const { history } = opened;
  const trees = readFieldTrees(history);
  const problems = new Set<ProblemCode>(history.problems);
  if (trees.includes(null)) problems.add('structure.repaired');
  const signatures = readSignatureObjects(history, trees);
  if (signatures.length > maxSignatures) return { ...report([], ['file.too-large']), evidence: [] };
  for (const code of lookAfterSignatures(history, signatures)) problems.add(code);
  if (!rangesNest(signatures.flatMap((each) => (each.signed === null ? [] : [each.signed.range])))) problems.add('byte-range.not-nested');

  const cryptos = await checkAllCryptography(history, signatures);
  const examined = signatures.flatMap((signature, i) => {
    const crypto = cryptos[i];
    return crypto === undefined ? [] : [{ signature, crypto }];
  });
  const known = { anchors: options.anchors.flatMap(readable), intermediates: options.intermediates.flatMap(readable), now: options.now, store: readStores(history, examined) };
  const fileGrounds = createGrounds(known, examined);
  const gathered = options.evidence === undefined ? null : await gatherEvidence(options.evidence, known, examined);
  const grounds = gathered === null || gathered.store === known.store ? fileGrounds : createGrounds({ ...known, store: gathered.store }, examined);
  const changesOf = rememberChanges(history, signatures, trees);
  const judged: Judged[] = [];
  for (const each of examined) {
    await setImmediate();
    judged.push(judgeSignature({ ...each, history, grounds, fileGrounds, unasked: gathered?.unasked ?? new Map(), changesOf, fileProblems: [...problems] }));
  }
  const compared = await applyLook(input, judged.map((each) => each.report), options.look);
  return { ...report(compared, [...problems]), evidence: usedEvidence(judged) };
}

/** The DSS, and what signatures and time-stamps carry in themselves. */
function readStores(history: History, examined: readonly { readonly signature: SignatureObject; readonly crypto: Cryptography }[]): SecurityStore {
  let bytesLeft = maxCmsProofBytes;
  const proofs: Proof[] = [];
  for (const { signature, crypto } of examined) {
    for (const cms of crypto.integrity === 'intact' ? [crypto.cms, crypto.timestamp?.cms ?? null] : []) {
      const found = cms === null ? [] : readCmsProofs(cms, signature.revision ?? Infinity);
      bytesLeft -= found.reduce((sum, { der }) => sum + der.length, 0);
      if (bytesLeft > 0) proofs.push(...found);
    }
  }
  return withEvidence(readSecurityStore(history), { certificates: [], proofs });
}

/** Each once, in the order that they were leaned on. */
function usedEvidence(judged: readonly Judged[]): readonly UsedEvidence[] {
  const certificates = judged.flatMap((each) => each.certificates).map(({ der, thumbprint }): UsedEvidence => ({ kind: 'certificate', der, sha256: thumbprint }));
  const proofs = judged.flatMap((each) => each.proofs).map(({ kind, der, id }): UsedEvidence => ({ kind, der, sha256: id }));
  return [...new Map([...certificates, ...proofs].map((each) => [each.sha256, each])).values()];
}

/** Every byte that was added after the first signature is accounted for. */
function lookAfterSignatures(history: History, signatures: readonly SignatureObject[]): readonly ProblemCode[] {
  const first = Math.min(...signatures.map((each) => each.revision ?? each.seenIn));
  const signed = history.states[first]?.file;
  const looks: readonly ProblemCode[] = signed !== undefined && showsTwoLooks(signed) ? ['structure.repeated-key'] : [];
  return [...looks, ...history.states.flatMap((_, index) => (index > first ? findStrayBytes(history, index) : []))];
}

/** Changes are found once, oldest revision first: each step needs to know what was in use before it. */
function rememberChanges(history: History, signatures: readonly SignatureObject[], trees: FieldTrees): (revision: number) => readonly Change[] | null {
  const first = Math.min(...signatures.map((each) => each.revision ?? history.states.length));
  const known = new Map<number, readonly Change[]>();
  const state = history.states[first];
  if (state === undefined || first === history.states.length - 1) return () => null;
  const references = attempt(() => walkReferences(state.file));
  if (references.ok) {
    const context: ChangeContext = { references: references.value, covered: new Map<number, number>(), trees };
    for (let index = first + 1; index < history.states.length; index += 1) known.set(index, findChanges(history, index, context));
  }
  return (revision) => known.get(revision) ?? null;
}

const order: readonly SignatureReport['verdict'][] = ['valid', 'valid-extended', 'changed', 'indeterminate', 'invalid'];

/** The worst signature decides; a file that could not be read to its end is never merely unsigned. */
function report(signatures: readonly SignatureReport[], problems: readonly ProblemCode[]): Findings {
  const doubtful = problems.some((code) => weightOf(code) !== 'note');
  const worst = order[Math.max(-1, ...signatures.map((each) => order.indexOf(each.verdict)))];
  const verdict = worst ?? (doubtful ? 'indeterminate' : 'unsigned');
  return { verdict, signatures: [...signatures], problems: problems.map(describeProblem) };
}

function readable(der: Uint8Array): readonly Certificate[] {
  const certificate = readCertificate(der);
  return certificate === null ? [] : [certificate];
}
