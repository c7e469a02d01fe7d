import { constants, randomBytes, verify, X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import { splitAlgorithm } from '../../ports/token.ts';
import type { DeskContext } from '../context.ts';

const challengeBytes = 32;

/** Whether this token would sign: a random challenge, signed and checked with the certificate. Nothing of the desk is touched. */
export function tryToken(context: DeskContext, thumbprint: string, pin: string | null): Promise<Result<{ readonly tookMs: number }>> {
  return context.tokens.withKey(thumbprint, pin, async (key) => {
    const challenge = randomBytes(challengeBytes);
    const from = performance.now();
    const signature = await key.sign(challenge);
    if (!signature.ok) return signature;
    const tookMs = performance.now() - from;
    const [scheme, digest] = splitAlgorithm(key.algorithm);
    const publicKey = new X509Certificate(key.certificate).publicKey;
    const isOurs = verify(digest, challenge, scheme === 'rsa-pss' ? { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : publicKey, signature.value);
    return isOurs ? ok({ tookMs }) : fail('signing.self-check-failed');
  });
}
