import { z } from 'zod';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const rsaKey = z.object({ type: z.literal('rsa'), n: bytes, e: bytes, d: bytes, p: bytes, q: bytes, dp: bytes, dq: bytes, qi: bytes });
/** `parameters`: the DER OID of the curve (CKA_EC_PARAMS); `secret`: the big-endian scalar. */
const ecKey = z.object({ type: z.literal('ec'), parameters: bytes, secret: bytes });

/** Soft tokens only: a practice office and the tests. No key of a person ever passes here. */
export const provisionRequest = z.object({
  driver: z.string(),
  label: z.string(),
  soPin: z.string(),
  pin: z.string(),
  entries: z.array(z.object({ label: z.string(), id: bytes, certificate: bytes, subject: bytes, key: z.discriminatedUnion('type', [rsaKey, ecKey]).nullable() })),
});
export type ProvisionRequest = z.infer<typeof provisionRequest>;
export type ProvisionKey = NonNullable<ProvisionRequest['entries'][number]['key']>;
