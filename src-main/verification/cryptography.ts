import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { SignatureReport } from '../../src-shared/contract/verification.ts';
import { digestByteRange } from './byte-range.ts';
import { checkCms } from './cms-check.ts';
import { contentType, parseCms, type Cms } from './cms.ts';
import { digestRanges, type DigestOrder } from './digests.ts';
import type { History } from './history.ts';
import { weightOf, type ProblemCode } from './messages.ts';
import type { SignatureObject } from './signature-object.ts';
import { imprintHolds, readTimestamp, type Timestamp, type TimestampOutcome } from './timestamp.ts';

/** Stage 3 of signing.md §6 for one signature, but for trust. `docTime`: what a document time-stamp says itself. */
export type Cryptography = { readonly integrity: SignatureReport['integrity']; readonly cms: Cms | null; readonly timestamp: Timestamp | null; readonly docTime: Date | null; readonly problems: readonly ProblemCode[] };

export const documentTimestampFilter = 'ETSI.RFC3161';
const detachedFilters: readonly string[] = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached'];

const unexamined: Cryptography = { integrity: 'not-examined', cms: null, timestamp: null, docTime: null, problems: [] };

/** Reads every signed byte once. */
export function checkCryptography(history: History, signature: SignatureObject): Cryptography {
  const opened = openCryptography(signature);
  return opened.kind === 'settled' ? opened.crypto : opened.judge(digestByteRange(history.source, opened.order.range, opened.order.hash));
}

/** The same for all signatures of a file, in one walk through it. */
export async function checkAllCryptography(history: History, signatures: readonly SignatureObject[]): Promise<readonly Cryptography[]> {
  const opened = [];
  for (const signature of signatures) {
    // certificates are read: others of this process get their turn in between
    await setImmediate();
    opened.push(openCryptography(signature));
  }
  const digests = (await digestRanges(history.source, opened.flatMap((each) => (each.kind === 'open' ? [each.order] : [])))).values();
  return opened.map((each) => {
    if (each.kind === 'settled') return each.crypto;
    const { value } = digests.next();
    if (value === undefined) throw new Error('a digest is missing');
    return each.judge(value);
  });
}

/** What can be said without the file's bytes, and what is still to be hashed. */
type Opened =
  | { readonly kind: 'settled'; readonly crypto: Cryptography }
  | { readonly kind: 'open'; readonly order: DigestOrder; readonly judge: (digest: Uint8Array) => Cryptography };

function openCryptography({ signed, subFilter }: SignatureObject): Opened {
  const settled = (problems: readonly ProblemCode[]): Opened => ({ kind: 'settled', crypto: { ...unexamined, problems } });
  if (signed === null) return settled([]);
  if (subFilter === documentTimestampFilter) {
    const outcome = readTimestamp(signed.der);
    if (!outcome.ok) return settled([...outcome.problems, 'cms.signature-wrong']);
    return { kind: 'open', order: { range: signed.range, hash: outcome.timestamp.hash }, judge: (digest) => judgeDocTimestamp(outcome, digest) };
  }
  if (!detachedFilters.includes(subFilter)) return settled(['signature.sub-filter']);
  const outcome = parseCms(signed.der);
  if (!outcome.ok) return settled([outcome.code]);
  const { cms } = outcome;
  return {
    kind: 'open',
    order: { range: signed.range, hash: cms.digest },
    judge: (digest) => {
      const check = checkCms(cms, { expectedType: contentType.data, digest, essRequired: subFilter === 'ETSI.CAdES.detached' });
      const stamp = readSignatureTimestamp(cms);
      return { integrity: check.integrity, cms, timestamp: stamp.timestamp, docTime: null, problems: [...check.problems, ...stamp.problems] };
    },
  };
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
function judgeDocTimestamp({ timestamp, problems }: Extract<TimestampOutcome, { readonly ok: true }>, digest: Uint8Array): Cryptography {
  const holds = imprintHolds(timestamp, digest);
  const weak = timestamp.hash === 'sha1';
  return { integrity: !holds ? 'broken' : weak ? 'not-examined' : 'intact', cms: timestamp.cms, timestamp: null, docTime: timestamp.at, problems: holds ? problems : [...problems, 'cms.digest-mismatch'] };
}
