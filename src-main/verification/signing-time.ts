import { readPdfDate } from './claimed-time.ts';
import type { Cryptography } from './cryptography.ts';
import { readTime } from './der.ts';
import { chainAt, timeProofsOf, type Grounds } from './long-term.ts';
import type { ProblemCode } from './messages.ts';
import type { SignatureObject } from './signature-object.ts';

/** When a signature was made: proven, else claimed. */
export type SigningTime = {
  /** Null: nobody says. */
  readonly at: Date | null;
  /** By a time-stamp that is trusted. */
  readonly proven: boolean;
  /** The signer's own, where another one is given. */
  readonly claimed: Date | null;
  /** The moment that certificates are judged at. */
  readonly judgedAt: Date;
  /** What the signer claims, with a mistaken zone set right; null: nothing. */
  readonly meant: Date | null;
  readonly problems: readonly ProblemCode[];
};

type Subject = { readonly signature: Pick<SignatureObject, 'revision' | 'claimed'>; readonly crypto: Cryptography; readonly grounds: Grounds };

const minuteMs = 60_000;
/** Clocks of offices are off by minutes, and a government's time-stamp service takes up to two. */
const clockToleranceMs = 15 * minuteMs;
/** Vietnam's one zone: what a signer is off by who writes local time as UTC, or the other way round. */
const zoneMs = 7 * 60 * minuteMs;
/** RFC 5652 §11.3. */
const signingTimeOid = '1.2.840.113549.1.9.5';

/**
 * The first time-stamp that is trusted: the signature's own, else a later one of the document, where the signer's certificate stood then too (what came
 * later must not make worse what was signed in time). Without one, the time that the signer claims: in `/M`, else in the signing-time attribute.
 */
export function findSigningTime({ signature, crypto, grounds }: Subject): SigningTime {
  const written = signature.claimed === null ? null : readPdfDate(signature.claimed);
  const attribute = readTime(crypto.cms?.attributes.get(signingTimeOid));
  const claimed = written ?? attribute;
  // two clocks of one signer: they are compared with each other, whatever else is known
  const twofold = written === null || attribute === null ? [] : compareTimes(written, attribute);

  for (const each of timeProofsOf(signature, crypto, grounds).filter(({ trusted }) => trusted)) {
    const isOwn = each.revision === null || crypto.docTime !== null;
    const stood = isOwn || (crypto.cms !== null && chainAt(crypto.cms, each.at, 'signing', grounds).status === 'trusted');
    if (!stood) continue;
    const differs = claimed === null ? [] : isOwn ? compareTimes(claimed, each.at) : compareWithLater(claimed, each.at);
    const problems = [...(isOwn ? [] : ['time.document-timestamp' as const]), ...differs, ...twofold];
    return { at: each.at, proven: true, claimed: isOwn && differs.length === 0 ? null : claimed, judgedAt: each.at, meant: setRight(claimed, each.at, differs), problems };
  }
  const untrusted: readonly ProblemCode[] = crypto.docTime === null && crypto.timestamp === null ? [] : ['timestamp.untrusted'];
  const at = claimed ?? crypto.docTime;
  if (at === null) return { at: null, proven: false, claimed: null, judgedAt: grounds.now, meant: null, problems: [...untrusted, 'time.missing'] };
  const ahead = at.getTime() - grounds.now.getTime();
  const unproven = { at, proven: false, claimed: null } as const;
  if (ahead <= clockToleranceMs) return { ...unproven, judgedAt: at, meant: claimed, problems: [...untrusted, 'time.claimed', ...twofold] };
  if (ahead > zoneMs + clockToleranceMs) return { ...unproven, judgedAt: at, meant: claimed, problems: [...untrusted, 'time.future', ...twofold] };
  // signed within the last hours by a clock whose zone is wrong; judged where the clock would have stood
  const meant = new Date(Math.min(at.getTime() - zoneMs, grounds.now.getTime()));
  return { ...unproven, judgedAt: meant, meant, problems: [...untrusted, 'time.claimed', 'time.zone-mistaken', ...twofold.filter((code) => code !== 'time.zone-mistaken')] };
}

/** Two times that should be one. */
function compareTimes(claimed: Date, other: Date): readonly ProblemCode[] {
  const apart = Math.abs(claimed.getTime() - other.getTime());
  if (apart <= clockToleranceMs) return [];
  return [Math.abs(apart - zoneMs) <= clockToleranceMs ? 'time.zone-mistaken' : 'time.differs'];
}

/** A time-stamp that was added later may be any time after what is claimed; before it by at most the zone's hours. */
function compareWithLater(claimed: Date, proven: Date): readonly ProblemCode[] {
  const ahead = claimed.getTime() - proven.getTime();
  if (ahead <= clockToleranceMs) return [];
  return [ahead <= zoneMs + clockToleranceMs ? 'time.zone-mistaken' : 'time.differs'];
}

function setRight(claimed: Date | null, proven: Date, differs: readonly ProblemCode[]): Date | null {
  if (claimed === null || !differs.includes('time.zone-mistaken')) return claimed;
  return new Date(claimed.getTime() + (claimed > proven ? -zoneMs : zoneMs));
}
