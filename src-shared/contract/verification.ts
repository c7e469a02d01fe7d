import { z } from 'zod';
import { documentId } from '../domain/ids.ts';
import { call } from './define.ts';
import { verdict } from './documents.ts';

/** One finding. `code` is stable and English; `message` is its Vietnamese sentence. */
export const problem = z.object({ code: z.string(), message: z.string() });
export type Problem = z.infer<typeof problem>;

export const signatureVerdict = z.enum(['valid', 'valid-extended', 'changed', 'invalid', 'indeterminate']);

/** One signature, in the order they were made. Nothing missing is ever read as good: what was not examined is `not-examined` / `unknown`. */
export const signatureReport = z.object({
  field: z.string(),
  /** 1-based revision that this signature closes, of how many in the file. */
  revision: z.object({ index: z.int(), of: z.int() }),
  subFilter: z.string(),
  signer: z.object({
    commonName: z.string(),
    organization: z.string(),
    issuer: z.string(),
    serial: z.string(),
    notBefore: z.string(),
    notAfter: z.string(),
    /** SHA-256 of the certificate, hex. */
    thumbprint: z.string(),
  }).nullable(),
  /**
   * Claimed (/M) unless a time-stamp proves it. ISO 8601 or null. `claimed`: what the signer's own clock said, where a later time-stamp of the document
   * proves only that the signature was there by `at`.
   */
  time: z.object({ at: z.string(), proven: z.boolean(), claimed: z.string().optional() }).nullable(),
  integrity: z.enum(['intact', 'broken', 'not-examined']),
  coverage: z.enum(['whole-file', 'whole-revision', 'partial', 'unknown']),
  level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA', 'unknown']),
  trust: z.object({
    status: z.enum(['trusted', 'untrusted', 'expired', 'unknown']),
    revocation: z.enum(['good', 'revoked', 'not-checked']),
    detail: z.string(),
  }),
  /** What later revisions did. `allowed` only where every change was examined and is lawful. */
  changesAfter: z.object({ status: z.enum(['none', 'allowed', 'content-added', 'forbidden', 'not-examined']), details: z.array(z.string()) }),
  /** Where it shows: page and rectangle in mm from the top left of the page as displayed; null when invisible. */
  place: z.object({ page: z.int(), xMm: z.number(), yMm: z.number(), widthMm: z.number(), heightMm: z.number() }).nullable(),
  verdict: signatureVerdict,
  problems: z.array(problem),
});
export type SignatureReport = z.infer<typeof signatureReport>;

export const verificationReport = z.object({
  schema: z.literal(1),
  verdict: verdict.exclude(['unchecked']),
  signatures: z.array(signatureReport),
  problems: z.array(problem),
});
export type VerificationReport = z.infer<typeof verificationReport>;

export const verificationCalls = {
  /** Null while the content is not here yet. */
  'verification.report': call(z.object({ id: documentId }), z.object({ report: verificationReport.nullable() })),
} as const;
