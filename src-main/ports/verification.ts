import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import type { ByteSource } from './bytes.ts';

export type VerifyOptions = {
  /** Trust anchors and known intermediates, DER. */
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly now: Date;
};

/** Never throws on a hostile file: what cannot be judged is `indeterminate` with the reason. */
export type VerificationPort = {
  readonly verify: (input: ByteSource, options: VerifyOptions) => Promise<VerificationReport>;
};
