import { z } from 'zod';

/** Why a signature over a package of the national axis does not hold (docs/edxml.md, Signatures). */
export const brokenPackageReasons = ['namespace', 'several', 'place', 'malformed', 'unsupported', 'coverage', 'certificate', 'digest', 'signature'] as const;
export type BrokenPackageReason = (typeof brokenPackageReasons)[number];

/**
 * What a package said of itself: the signature (XML-DSig) over the whole of it, apart from those of the files in it. `intact` speaks of the bytes alone. `legacy`: SHA-1 had a part in it.
 * `signer`: the certificate's common name, as it stands there; nobody has vouched for it.
 */
export const packageSignature = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('intact'), legacy: z.boolean(), signer: z.string().max(200) }),
  z.object({ state: z.literal('broken'), why: z.enum(brokenPackageReasons) }),
]);
export type PackageSignature = z.infer<typeof packageSignature>;
