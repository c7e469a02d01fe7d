import type { TrustCandidate, TrustState } from '../../src-shared/contract/trust.ts';
import type { Result } from '../../src-shared/result.ts';

/** Whom this desk believes: what was shipped, what the province's server brought, and what an administrator took in. One list, with a number that grows. */
export type TrustPort = {
  /** DER, as they are now. */
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly version: number;
  /** ISO 8601 day of the last change. */
  readonly dated: string;
  readonly state: () => Omit<TrustState, 'mayChange'>;
  readonly examine: (file: Uint8Array) => Result<readonly TrustCandidate[]>;
  readonly add: (file: Uint8Array, thumbprints: readonly string[]) => Result<null>;
  readonly remove: (thumbprint: string) => Result<null>;
  readonly follow: (followServer: boolean) => void;
  /** A list of the server, as it came. Errors: `trust.list-invalid`, `trust.list-older`; the list stays as it was. */
  readonly take: (list: unknown) => Result<null>;
  /** What came of asking the server: null when it answered. */
  readonly asked: (problem: string | null) => void;
  readonly onChanged: (listener: () => void) => () => void;
};
