import { z } from 'zod';
import { binary, call } from './define.ts';
import { certificateSummary } from './verification.ts';

/** `shipped` with the program, brought by the province's server, or taken in at this desk by an administrator. */
export const trustOrigin = z.enum(['shipped', 'server', 'administrator']);
export type TrustOrigin = z.infer<typeof trustOrigin>;

export const trustedCertificate = certificateSummary.extend({
  /** An anchor is trusted as it is; an intermediate only helps to complete a chain. */
  role: z.enum(['anchor', 'intermediate']),
  origin: trustOrigin,
  /** When it came into the list, ISO 8601 day. */
  since: z.string(),
});
export type TrustedCertificate = z.infer<typeof trustedCertificate>;

export const trustState = z.object({
  /** Grows with every change; reports name it. */
  version: z.int(),
  dated: z.string(),
  certificates: z.array(trustedCertificate),
  /** The province's list: which one was last taken, when the server was last asked, and what came of it (error code). Null: never asked. */
  server: z.object({ version: z.int().nullable(), askedAt: z.string().nullable(), problem: z.string().nullable() }),
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
  /** Error code: why it cannot be taken. */
  problem: z.string().nullable(),
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
  'trust.changed': z.object({ version: z.int() }),
} as const;
