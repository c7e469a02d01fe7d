import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const role = z.enum(['anchor', 'intermediate']);

/** The province's list of certificates to judge signatures by. `version` only ever grows; a desk takes no list that is older than the one it has. */
export const trustList = z.object({
  schema: z.literal(1),
  version: z.int().min(1),
  /** Day of the list, ISO 8601. */
  dated: z.iso.date(),
  note: z.string().max(1000),
  certificates: z.array(z.object({ role, /** DER in Base64; its SHA-256 in hex stands beside it. */ der: z.base64().max(16_384), sha256 })).max(200),
});
export type TrustList = z.infer<typeof trustList>;

export const maxListBytes = 4_000_000;

/**
 * GET /v1/trust → this, with a strong `ETag`; 304 to `If-None-Match`; 404 where the province publishes none. The list travels as text, so that what was
 * signed is what is read, byte for byte.
 */
export const trustAnswer = z.object({
  /** JSON of a `trustList`. */
  list: z.string().max(maxListBytes),
  /** Detached CMS over the list's UTF-8 bytes, DER in Base64; null when nobody signed it. */
  signature: z.base64().max(65_536).nullable(),
});
export type TrustAnswer = z.infer<typeof trustAnswer>;

/** `trust.json` of a folder of certificates: `resources/trust` of the program, and the folder that a province's list is made from. */
export const trustManifest = z.object({
  schema: z.literal(2),
  version: z.int().min(1),
  dated: z.iso.date(),
  note: z.string().max(1000),
  certificates: z.array(
    z
      .object({
        /** One certificate, PEM or DER, beside the manifest. */
        file: z.string().max(100).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.(pem|crt|cer|der)$/),
        /** What it is held to be. `list-signer`: may sign the lists of servers, and is trusted for nothing else. */
        role: z.enum(['anchor', 'intermediate', 'list-signer']),
        /** Of the DER. */
        sha256,
        name: z.string().min(1).max(200),
        /** Day it ends; null as long as the file is not here. */
        notAfter: z.iso.date().nullable(),
        /** Day it came into the list; null as long as the file is not here. */
        since: z.iso.date().nullable(),
        /** Where the file is published. */
        source: z.string().max(300).nullable(),
        status: z.enum(['shipped', 'expected, not shipped']),
      })
      .refine((each) => each.status !== 'shipped' || (each.notAfter !== null && each.since !== null), 'what is shipped says since when and until when'),
  ).max(200),
});
export type TrustManifest = z.infer<typeof trustManifest>;
