import { createHash } from 'node:crypto';
import type { SignatureReport } from '../../src-shared/contract/verification.ts';
import { digestByteRange } from './byte-range.ts';
import { checkCms } from './cms-check.ts';
import { contentType, parseCms, type Cms } from './cms.ts';
import type { History } from './history.ts';
import { weightOf, type ProblemCode } from './messages.ts';
import type { SignatureObject } from './signature-object.ts';
import { imprintHolds, readTimestamp, type Timestamp } from './timestamp.ts';

/** Stage 3 of signing.md §6 for one signature, but for trust. `docTime`: what a document time-stamp says itself. */
export type Cryptography = { readonly integrity: SignatureReport['integrity']; readonly cms: Cms | null; readonly timestamp: Timestamp | null; readonly docTime: Date | null; readonly problems: readonly ProblemCode[] };

export const documentTimestampFilter = 'ETSI.RFC3161';
const detachedFilters: readonly string[] = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached'];

const unexamined: Cryptography = { integrity: 'not-examined', cms: null, timestamp: null, docTime: null, problems: [] };

/** Reads every signed byte once. */
export function checkCryptography(history: History, { signed, subFilter }: SignatureObject): Cryptography {
  if (signed === null) return unexamined;
  const isDocTime = subFilter === documentTimestampFilter;
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
function checkDocTimestamp(der: Uint8Array, digestOf: (hash: Timestamp['hash']) => Uint8Array): Cryptography {
  const outcome = readTimestamp(der);
  if (!outcome.ok) return { ...unexamined, problems: [...outcome.problems, 'cms.signature-wrong'] };
  const { timestamp, problems } = outcome;
  const holds = imprintHolds(timestamp, digestOf(timestamp.hash));
  const weak = timestamp.hash === 'sha1';
  return { integrity: !holds ? 'broken' : weak ? 'not-examined' : 'intact', cms: timestamp.cms, timestamp: null, docTime: timestamp.at, problems: holds ? problems : [...problems, 'cms.digest-mismatch'] };
}
