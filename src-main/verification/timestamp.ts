import { createHash } from 'node:crypto';
import { readHashAlgorithm, type HashName } from './algorithms.ts';
import type { Certificate } from './certificate.ts';
import { checkCms } from './cms-check.ts';
import { contentType, parseCms, type Cms } from './cms.ts';
import { derTag, readGeneralizedTime, readWholeDer, sameBytes, sequence } from './der.ts';
import type { ProblemCode } from './messages.ts';

/** What a time-stamp token says and whether it says it about these bytes. Whether its maker is trusted is the chain's business. */
export type Timestamp = { readonly cms: Cms; readonly at: Date; readonly hash: HashName; readonly imprint: Uint8Array };
export type TimestampOutcome = { readonly ok: true; readonly timestamp: Timestamp; readonly problems: readonly ProblemCode[] } | { readonly ok: false; readonly problems: readonly ProblemCode[] };

const timeStampingUsage = '1.3.6.1.5.5.7.3.8';
const extendedKeyUsage = '2.5.29.37';

/** RFC 3161 §2.4.2: reads the token and checks its own signature. The imprint is compared by `imprintHolds`. */
export function readTimestamp(token: Uint8Array): TimestampOutcome {
  const outcome = parseCms(token);
  if (!outcome.ok) return { ok: false, problems: ['timestamp.malformed', outcome.code] };
  const { cms } = outcome;
  if (cms.content === null) return { ok: false, problems: ['timestamp.malformed'] };
  const check = checkCms(cms, { expectedType: contentType.timestampInfo, digest: createHash(cms.digest).update(cms.content).digest(), essRequired: false });
  if (check.integrity !== 'intact') return { ok: false, problems: ['timestamp.broken', ...check.problems] };
  if (!servesTimeOnly(cms.signer)) return { ok: false, problems: ['timestamp.wrong-usage'] };
  const info = sequence(readWholeDer(cms.content));
  const imprint = sequence(info?.[2]);
  const hash = readHashAlgorithm(imprint?.[0]);
  const hashed = imprint?.[1];
  const at = readGeneralizedTime(info?.[4]);
  if (hash === null || hashed?.tag !== derTag.octetString || at === null) return { ok: false, problems: ['timestamp.malformed'] };
  return { ok: true, timestamp: { cms, at, hash, imprint: hashed.content }, problems: hash === 'sha1' ? ['timestamp.sha1-imprint'] : [] };
}

/** RFC 3161 §2.3: the one purpose, and critical. */
function servesTimeOnly({ extensions, extendedKeyUsage: purposes }: Certificate): boolean {
  return purposes?.length === 1 && purposes[0] === timeStampingUsage && extensions.some(({ oid, critical }) => oid === extendedKeyUsage && critical);
}

/** `digest` is of what was stamped, under the token's own hash. */
export function imprintHolds(timestamp: Timestamp, digest: Uint8Array): boolean {
  return sameBytes(timestamp.imprint, digest);
}
