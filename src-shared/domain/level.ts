import { z } from 'zod';

/** Baseline levels of PAdES (ETSI EN 319 142-1), each with all of the one before. */
export const signatureLevels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export const signatureLevel = z.enum(signatureLevels);
export type SignatureLevel = z.infer<typeof signatureLevel>;

export function reaches(level: SignatureLevel, wanted: SignatureLevel): boolean {
  return signatureLevels.indexOf(level) >= signatureLevels.indexOf(wanted);
}
