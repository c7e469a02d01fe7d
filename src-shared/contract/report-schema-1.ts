import { z } from 'zod';

/**
 * The report as versions up to 0.1.0 wrote it, frozen: what was kept in this form is read by it. No word of this file changes any more, and none is
 * borrowed from the schema of the day, which does change.
 */
const problem = z.object({ code: z.string(), message: z.string() });

const signatureReport1 = z.object({
  field: z.string(),
  revision: z.object({ index: z.int(), of: z.int() }),
  subFilter: z.string(),
  signer: z.object({
    commonName: z.string(),
    organization: z.string(),
    issuer: z.string(),
    serial: z.string(),
    notBefore: z.string(),
    notAfter: z.string(),
    thumbprint: z.string(),
  }).nullable(),
  // `claimed` came later in the same schema
  time: z.object({ at: z.string(), proven: z.boolean(), claimed: z.string().optional() }).nullable(),
  integrity: z.enum(['intact', 'broken', 'not-examined']),
  coverage: z.enum(['whole-file', 'whole-revision', 'partial', 'unknown']),
  level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA', 'unknown']),
  trust: z.object({
    status: z.enum(['trusted', 'untrusted', 'expired', 'unknown']),
    revocation: z.enum(['good', 'revoked', 'not-checked']),
    detail: z.string(),
  }),
  changesAfter: z.object({ status: z.enum(['none', 'allowed', 'content-added', 'forbidden', 'not-examined']), details: z.array(z.string()) }),
  place: z.object({ page: z.int(), xMm: z.number(), yMm: z.number(), widthMm: z.number(), heightMm: z.number() }).nullable(),
  verdict: z.enum(['valid', 'valid-extended', 'changed', 'invalid', 'indeterminate']),
  problems: z.array(problem),
});
export type SignatureReport1 = z.infer<typeof signatureReport1>;

export const verificationReport1 = z.object({
  schema: z.literal(1),
  verdict: z.enum(['valid', 'valid-extended', 'changed', 'invalid', 'indeterminate', 'unsigned']),
  signatures: z.array(signatureReport1),
  problems: z.array(problem),
});
export type VerificationReport1 = z.infer<typeof verificationReport1>;
