import { fail } from '../../src-shared/result.ts';
import type { SigningPort } from '../ports/signing.ts';

/** Parts of the engine that are being built one by one; the file goes with the last. */
export const pendingEngine = {
  adviseImage: () => fail('image.blank'),
  cleanImage: async () => fail('image.blank'),
} as const satisfies Partial<SigningPort>;
