import { z } from 'zod';
import { sha256 } from './ids.ts';

export const contentRef = z.object({
  sha256,
  sizeBytes: z.int().nonnegative(),
  fileName: z.string().min(1).max(255),
  /** The content this one continues byte for byte (a signed PDF is its base plus a tail). */
  parent: sha256.nullable(),
});
export type ContentRef = z.infer<typeof contentRef>;
