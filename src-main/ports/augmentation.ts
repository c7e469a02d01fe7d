import type { AppError, Result } from '../../src-shared/result.ts';
import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import type { RevocationPort, TimestampPort } from './authorities.ts';
import type { ByteSource } from './bytes.ts';

export type AugmentRequest = {
  /** B-T: a DocTimeStamp where a signature has no time-stamp. B-LT: and all that proves each chain, in the DSS. B-LTA: and a DocTimeStamp over all of it. */
  readonly level: Exclude<SignatureLevel, 'B-B'>;
  readonly timestamp: TimestampPort;
  readonly revocation: RevocationPort;
  /** DER. */
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  readonly now: Date;
  readonly signal?: AbortSignal;
};

export type Augmented = {
  /** What follows the unchanged input, one update or several; empty when the file has the level already. */
  readonly tail: Uint8Array;
  /** What all signatures of the file have reached with it. */
  readonly level: SignatureLevel;
  /** When the certificate of the last archival time-stamp ends; null where there is none. */
  readonly renewBefore: Date | null;
  /** Why the wanted level is not reached yet; worth another try later unless `final`. */
  readonly missing: readonly { readonly what: string; readonly error: AppError; readonly final: boolean }[];
};

/** PAdES levels after the signature (ETSI EN 319 142-1 §6): never touches earlier bytes, never removes or alters what a DSS holds. */
export type AugmentationPort = {
  /**
   * Errors: what cannot be opened (`pdf.*`), `augment.unsigned`. What is only not there yet comes in `missing`: the services' own errors, `augment.chain`,
   * `augment.ended`, `augment.renew-later`, `augment.revoked`, `augment.broken-signature`.
   */
  readonly augment: (input: ByteSource, request: AugmentRequest) => Promise<Result<Augmented>>;
};
