import { z } from 'zod';

/**
 * GET /v1/trust: the province's list of certificates to judge signatures by. `version` only ever grows; a desk takes no list that is older than the
 * one it has. Answers `ETag` and 304.
 */
export const trustList = z.object({
  schema: z.literal(1),
  version: z.int().min(1),
  /** Day of the list, ISO 8601. */
  dated: z.iso.date(),
  note: z.string().max(1000),
  certificates: z.array(z.object({ role: z.enum(['anchor', 'intermediate']), /** DER in Base64; its SHA-256 in hex stands beside it. */ der: z.string().max(16_384), sha256: z.string().length(64) })).max(200),
});
export type TrustList = z.infer<typeof trustList>;
