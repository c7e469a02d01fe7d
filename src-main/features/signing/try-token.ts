import { randomBytes, verify, X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

const challengeBytes = 32;

/** Whether this token would sign: a random challenge, signed and checked with the certificate. Nothing of the desk is touched. */
export function tryToken(context: DeskContext, thumbprint: string, pin: string): Promise<Result<{ readonly tookMs: number }>> {
  return context.tokens.withKey(thumbprint, pin, async (key) => {
    const challenge = randomBytes(challengeBytes);
    const from = performance.now();
    const signature = await key.sign(challenge);
    if (!signature.ok) return signature;
    const tookMs = performance.now() - from;
    const digest = key.algorithm === 'ecdsa-sha384' ? 'sha384' : 'sha256';
    const isOurs = verify(digest, challenge, new X509Certificate(key.certificate).publicKey, signature.value);
    return isOurs ? ok({ tookMs }) : fail('signing.self-check-failed');
  });
}
