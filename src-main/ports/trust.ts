import type { TrustCandidate, TrustState } from '../../src-shared/contract/trust.ts';
import type { AppError, Result } from '../../src-shared/result.ts';

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
  /** All of those named, or none. Errors: `trust.no-certificate`, `trust.unfit`. */
  readonly add: (file: Uint8Array, thumbprints: readonly string[]) => Result<null>;
  /** Error: `not-found`, for what no administrator took in. */
  readonly remove: (thumbprint: string) => Result<null>;
  /** Not to follow any more is to forget what the server brought, its number too. */
  readonly follow: (followServer: boolean) => void;
  readonly server: ServerTrust;
  readonly onChanged: (listener: (by: 'server' | 'desk') => void) => () => void;
};

/** What the line needs of it. */
export type ServerTrust = {
  readonly isFollowed: () => boolean;
  /** Names the answer that was taken last (`ETag`); null: none. */
  readonly tag: () => string | null;
  /** An answer of the server, as it came. Errors: `trust.list-invalid`, `trust.list-older`; the list stays as it was. */
  readonly take: (answer: unknown, tag: string | null) => Result<null>;
  /** The server answered without a list: null when it had nothing newer, or has none at all. */
  readonly asked: (problem: AppError | null) => void;
};
