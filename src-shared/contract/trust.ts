import { z } from 'zod';
import { appError } from '../protocol/wire.ts';
import { binary, call } from './define.ts';
import { certificateSummary } from './verification.ts';

/** `shipped` with the program, brought by the province's server, or taken in at this desk by an administrator. `practice`: of the practice office alone. */
export const trustOrigin = z.enum(['shipped', 'server', 'administrator', 'practice']);
export type TrustOrigin = z.infer<typeof trustOrigin>;

export const trustedCertificate = certificateSummary.extend({
  /** An anchor is trusted as it is; an intermediate only helps to complete a chain. */
  role: z.enum(['anchor', 'intermediate']),
  origin: trustOrigin,
  /** When it came into the list, ISO 8601 day. */
  since: z.string(),
});
export type TrustedCertificate = z.infer<typeof trustedCertificate>;

/** Why a certificate cannot be taken as an authority. */
export const trustFault = z.enum(['unreadable', 'not-ca', 'not-yet-valid', 'expired', 'weak-key', 'weak-signature']);
export type TrustFault = z.infer<typeof trustFault>;

/** One certificate that came into the list or left it. */
export const trustChange = z.object({
  /** ISO 8601 day, and the number that the list got by it. */
  at: z.string(),
  version: z.int(),
  what: z.enum(['added', 'removed']),
  role: z.enum(['anchor', 'intermediate']),
  origin: trustOrigin,
  commonName: z.string(),
  thumbprint: z.string(),
});

export const trustState = z.object({
  /** Grows with every change; reports name it. */
  version: z.int(),
  dated: z.string(),
  certificates: z.array(trustedCertificate),
  /**
   * The province's list: which one was last taken, who signed it (null: nobody, or nobody whom the program knows), when the server was last asked
   * (null: never), and what went wrong then.
   */
  server: z.object({ version: z.int().nullable(), dated: z.string().nullable(), signedBy: z.string().nullable(), askedAt: z.string().nullable(), problem: appError.nullable() }),
  /** The newest first, some dozens at most. */
  changes: z.array(trustChange),
  /** What was kept on this machine could not be read and was left out, and files of the program that are not what its manifest promises. */
  damaged: z.boolean(),
  refused: z.array(z.string()),
  /** Whether lists of the server are taken at all: an office may keep its own. */
  followServer: z.boolean(),
  /** Whether this person may change it. */
  mayChange: z.boolean(),
});
export type TrustState = z.infer<typeof trustState>;

/** A file somebody chose: PEM (one or many), DER, or PKCS#7 of certificates alone. */
const certificateFile = z.object({ name: z.string().max(255), bytes: binary });

/** What a file holds, shown before it is taken: an anchor decides what the office believes. */
export const trustCandidate = trustedCertificate.omit({ origin: true, since: true }).extend({
  known: z.boolean(),
  /** Why it cannot be taken. */
  problem: trustFault.nullable(),
});
export type TrustCandidate = z.infer<typeof trustCandidate>;

export const trustCalls = {
  'trust.read': call(z.object({}), trustState),
  /** Errors: `trust.no-certificate`, `input.invalid`. Changes nothing. */
  'trust.examine': call(z.object({ file: certificateFile }), z.object({ candidates: z.array(trustCandidate) })),
  /** Takes those of the file whose thumbprint is named. Errors: `trust.no-certificate`, `trust.unfit`, `not-allowed`. */
  'trust.add': call(z.object({ file: certificateFile, thumbprints: z.array(z.string().max(64)).min(1).max(50) }), trustState),
  /** Takes one out that an administrator took in; what was shipped or came from the server stays. Errors: `not-found`, `not-allowed`. */
  'trust.remove': call(z.object({ thumbprint: z.string().max(64) }), trustState),
  'trust.follow': call(z.object({ followServer: z.boolean() }), trustState),
  /** Asks the server for its list now. Errors: those of the line; `trust.list-invalid`, `trust.list-older`. */
  'trust.update': call(z.object({}), trustState),
} as const;

export const trustEvents = {
  /** `by`: a list of the server, or somebody at this desk. */
  'trust.changed': z.object({ version: z.int(), by: z.enum(['server', 'desk']) }),
} as const;
