import type { ErrorCode } from '../../src-shared/errors.ts';
import type { EvidenceAnswer, EvidencePort } from '../ports/verification.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import type { Cms } from './cms.ts';
import { documentTimestampFilter, type Cryptography } from './cryptography.ts';
import { sameBytes } from './der.ts';
import { chainAt, createGrounds, timeProofsOf, type Grounds, type Known } from './long-term.ts';
import { provePath, type Pair } from './prove-path.ts';
import { readProof } from './revocation.ts';
import { allEvidence, withEvidence, type SecurityStore } from './security-store.ts';
import type { SignatureObject } from './signature-object.ts';
import { findSigningTime } from './signing-time.ts';

type Examined = { readonly signature: SignatureObject; readonly crypto: Cryptography };

/** What came of asking: by thumbprint, why nobody (more) could be asked about that certificate. */
export type Unasked = ReadonlyMap<string, ErrorCode>;
export type Gathered = { readonly store: SecurityStore; readonly unasked: Unasked };

/** What is asked first may show whom else to ask: an issuer's issuer, the responder that signed an answer. No chain in use is longer. */
const maxRounds = 6;
/** A file made to have many questions in it is answered as far as this. */
const maxQuestions = 200;

/**
 * Asks about what the file itself does not prove, each certificate once. The file is not read again: all that is needed of it is known by now.
 * Signatures that are broken anyway are asked nothing about.
 */
export async function gatherEvidence(port: EvidencePort, known: Known, examined: readonly Examined[]): Promise<Gathered> {
  const asked = new Set<string>();
  const unasked = new Map<string, ErrorCode>();
  let { store } = known;
  for (let round = 0; round < maxRounds; round += 1) {
    const grounds = createGrounds({ ...known, store }, examined);
    const open = findQuestions(grounds, examined, port.findIssuer !== undefined).filter(({ key }) => !asked.has(key)).slice(0, maxQuestions - asked.size);
    if (open.length === 0) break;
    for (const { key } of open) asked.add(key);
    const answers = await Promise.all(open.map(async (question) => ({ question, answer: await ask(port, question) })));
    for (const { question, answer } of answers) {
      if (answer.unasked !== null) unasked.set(question.certificate.thumbprint, answer.unasked);
      store = withEvidence(store, readAnswer(answer));
    }
  }
  return { store, unasked };
}

type Question = { readonly key: string; readonly certificate: Certificate; readonly issuer: Certificate | null; readonly at: Date };

async function ask(port: EvidencePort, { certificate, issuer, at }: Question): Promise<EvidenceAnswer> {
  if (issuer !== null) return port.find({ certificate: certificate.der, issuer: issuer.der, at });
  return (await port.findIssuer?.({ certificate: certificate.der })) ?? { found: [], unasked: null };
}

/** Nothing is believed for where it came from: what cannot be read is left out, and what is read proves itself by its signature. */
function readAnswer({ found }: EvidenceAnswer): SecurityStore {
  return {
    certificates: found.flatMap(({ kind, der, source }) => {
      const certificate = kind === 'certificate' ? readCertificate(der) : null;
      return certificate === null ? [] : [{ certificate, revision: Infinity, source }];
    }),
    proofs: found.flatMap(({ kind, der, source }) => (kind === 'certificate' ? [] : (readProof(kind, der, Infinity, source) ?? []))),
  };
}

function findQuestions(grounds: Grounds, examined: readonly Examined[], mayFetchIssuers: boolean): readonly Question[] {
  const found = new Map<string, Question>();
  const add = (certificate: Certificate, issuer: Certificate | null, at: Date): void => {
    const key = `${certificate.thumbprint}/${issuer?.thumbprint ?? ''}`;
    const other = found.get(key);
    // about the latest of the times in question: what is said then holds for the earlier ones too, or names the day it changed
    if (other === undefined || other.at < at) found.set(key, { key, certificate, issuer, at });
  };
  for (const { signature, crypto } of examined) {
    const { cms } = crypto;
    if (cms === null || crypto.integrity !== 'intact') continue;
    const time = findSigningTime({ signature, crypto, grounds });
    const purpose = signature.subFilter === documentTimestampFilter ? 'time-stamping' : 'signing';
    for (const at of time.proven ? [time.judgedAt] : [time.judgedAt, grounds.now]) addOpen(cms, at, purpose);
    for (const stamp of timeProofsOf(signature, crypto, grounds)) if (stamp.revision === null) addOpen(stamp.cms, stamp.at, 'time-stamping');
  }
  return [...found.values()];

  function addOpen(cms: Cms, at: Date, purpose: 'signing' | 'time-stamping'): void {
    const chain = chainAt(cms, at, purpose, grounds);
    if (chain.status === 'untrusted' && !chain.wrongUsage && mayFetchIssuers && grounds.anchors.length > 0) {
      const top = topOf(cms, grounds);
      if (!sameBytes(top.subject, top.issuer)) add(top, null, at);
    }
    if (chain.status !== 'trusted') return;
    const { unmet, revoked, each } = provePath(chain.path, { evidence: allEvidence(grounds.store), at, now: grounds.now, purpose });
    if (revoked !== null) return;
    // what a file carries is from before; where nothing proves that the signature is too, today's word is asked for
    const carried = at < grounds.now ? [] : each.filter(({ said }) => said !== null && (said.proof.source === 'dss' || said.proof.source === 'cms'));
    for (const { certificate, issuer } of [...unmet, ...carried].filter((pair) => mayBeAnswered(pair, at, grounds))) add(certificate, issuer, at);
  }
}

/** After its end nobody need remember a certificate (RFC 5280 §3.3): about today nobody is asked then, about the day of the signature still. */
function mayBeAnswered({ certificate }: Pair, at: Date, { now }: Grounds): boolean {
  return at < now || certificate.notAfter >= now;
}

/** The last certificate upwards that has no issuer at hand. */
function topOf(cms: Cms, grounds: Grounds): Certificate {
  const others = [...cms.certificates, ...grounds.store.certificates.map((each) => each.certificate), ...grounds.intermediates];
  let top = cms.signer;
  for (let depth = 0; depth < maxRounds && !sameBytes(top.subject, top.issuer); depth += 1) {
    const issuer = others.find((each) => each.thumbprint !== top.thumbprint && sameBytes(each.subject, top.issuer));
    if (issuer === undefined) break;
    top = issuer;
  }
  return top;
}
