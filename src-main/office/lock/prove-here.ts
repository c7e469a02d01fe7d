import { constants, createHash, randomBytes, verify, X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import { splitAlgorithm, type SigningKey, type TokenPort } from '../../ports/token.ts';

/**
 * Has the token of this thumbprint sign random words, and looks at the signature itself: no line is needed. The certificate's time is not asked: it is the key that is known again.
 * Errors: those of `TokenPort.withKey`, `session.bad-signature`.
 */
export async function proveHere({ tokens, thumbprint, pin }: { readonly tokens: TokenPort; readonly thumbprint: string; readonly pin: string | null }): Promise<Result<null>> {
  return tokens.withKey(thumbprint, pin, async (key) => {
    const words = Buffer.concat([Buffer.from('van-thu unlock\n', 'utf8'), randomBytes(32)]);
    const signature = await key.sign(words);
    if (!signature.ok) return signature;
    return isMadeBy(key, thumbprint, words, signature.value) ? ok(null) : fail('session.bad-signature');
  });
}

function isMadeBy({ certificate, algorithm }: SigningKey, thumbprint: string, words: Uint8Array, signature: Uint8Array): boolean {
  // what a driver hands out is the certificate that was asked for only if it says so itself
  if (createHash('sha256').update(certificate).digest('hex') !== thumbprint.toLowerCase()) return false;
  const [scheme, digest] = splitAlgorithm(algorithm);
  const key = new X509Certificate(certificate).publicKey;
  const how = scheme === 'rsa-pss' ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : key;
  return verify(digest, words, how, signature);
}
