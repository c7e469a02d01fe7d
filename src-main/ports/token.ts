import type { DriverInfo, TokenInfo } from './token-types.ts';
import type { Result } from '../../src-shared/result.ts';

export type SignatureAlgorithm = 'rsa-pkcs1-sha256' | 'ecdsa-sha256' | 'ecdsa-sha384';

/** One signing identity as the engine needs it. `certificate` and `others` are DER. */
export type SigningKey = {
  readonly certificate: Uint8Array;
  /** Other certificates found on the token: perhaps intermediates. */
  readonly others: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs the given bytes (the DER signedAttrs): hash and signature happen behind this door. ECDSA is returned DER-encoded. */
  readonly sign: (data: Uint8Array) => Promise<Result<Uint8Array>>;
};

/**
 * Tokens behind their drivers, one host process per driver. Every call has a deadline; a hang or a crash ends the host and comes
 * back as `token.timeout` / `token.host-died`; the next call starts it anew. A PIN is never retried by program.
 */
export type TokenPort = {
  readonly list: () => Promise<{ readonly tokens: readonly TokenInfo[]; readonly drivers: readonly DriverInfo[] }>;
  /**
   * Finds the certificate by thumbprint on any token, logs in once, hands out the key, logs out when `use` is done.
   * Errors: `token.absent`, `token.certificate-missing`, `token.key-missing`, `token.pin-wrong`, `token.pin-locked`, `token.timeout`, `token.host-died`, `token.failed`.
   */
  readonly withKey: <T>(thumbprint: string, pin: string, use: (key: SigningKey) => Promise<Result<T>>) => Promise<Result<T>>;
  readonly close: () => Promise<void>;
};
