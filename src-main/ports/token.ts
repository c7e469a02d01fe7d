import type { DriverInfo, TokenInfo } from './token-types.ts';
import type { Result } from '../../src-shared/result.ts';

export const digestNames = ['sha256', 'sha384', 'sha512'] as const;
export type DigestName = (typeof digestNames)[number];
export type SignatureScheme = 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
/** RSA-PSS: salt as long as the digest, MGF1 with the same digest (RFC 8017 9.1). */
export type SignatureAlgorithm = `${SignatureScheme}-${DigestName}`;

export function splitAlgorithm(algorithm: SignatureAlgorithm): readonly [SignatureScheme, DigestName] {
  const at = algorithm.lastIndexOf('-');
  return [algorithm.slice(0, at) as SignatureScheme, algorithm.slice(at + 1) as DigestName];
}

/** One signing identity as the engine needs it. `certificate` and `others` are DER. */
export type SigningKey = {
  readonly certificate: Uint8Array;
  /** Other certificates found on the token: perhaps intermediates. */
  readonly others: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** Signs the given bytes (the DER signedAttrs): hash and signature happen behind this door. ECDSA is returned DER-encoded. */
  readonly sign: (data: Uint8Array) => Promise<Result<Uint8Array>>;
};

/** `digest`: at least this one, where the key's kind leaves a choice; SHA-256 unless told. */
export type KeyOptions = { readonly digest?: DigestName };

/**
 * Tokens behind their drivers, one host process per driver. Every call has a deadline; a hang or a crash ends the host and comes
 * back as `token.timeout` / `token.host-died`; the next call starts it anew. A PIN is never retried by program.
 */
export type TokenPort = {
  readonly list: () => Promise<{ readonly tokens: readonly TokenInfo[]; readonly drivers: readonly DriverInfo[] }>;
  /**
   * Finds the certificate by thumbprint on any token, logs in once, hands out the key, logs out when `use` is done.
   * `pin` null: the token has a PIN pad of its own (CKF_PROTECTED_AUTHENTICATION_PATH) and asks there.
   * Errors: `token.absent`, `token.certificate-missing`, `token.key-missing`, `token.pin-wrong`, `token.pin-needed`, `token.pin-locked`, `token.pad-cancelled`, `token.timeout`, `token.host-died`, `token.failed`;
   * of `sign` also `token.removed`: the token was pulled out since the login, and the next `withKey` needs the PIN again.
   */
  readonly withKey: <T>(thumbprint: string, pin: string | null, use: (key: SigningKey) => Promise<Result<T>>, options?: KeyOptions) => Promise<Result<T>>;
  /** The certificate (DER) of that name and the others beside it, as last listed, without a login; null where no token shows it. */
  readonly findCertificate: (thumbprint: string) => Promise<{ readonly certificate: Uint8Array; readonly others: readonly Uint8Array[] } | null>;
  /** Tells when a token came or went or its PIN state changed, by asking every few seconds while somebody wants to know; answers how to stop. */
  readonly watch: (onChange: () => void, everyMs?: number) => () => void;
  readonly close: () => Promise<void>;
};
