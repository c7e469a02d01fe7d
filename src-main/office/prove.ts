import { challengeText } from '../../src-shared/protocol/wire.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import type { TokenPort } from '../ports/token.ts';
import { askChallenge, type TokenProof } from './ask-server.ts';

/** As many certificates as the wire takes: the signer's and four issuers. */
const mostIssuers = 4;

/**
 * Has the token sign the server's challenge. The PIN goes to the token in this call and is nowhere after it. The challenge is fetched first: without a line no PIN is spent.
 * Errors: those of `askChallenge`, of `TokenPort.withKey`.
 */
export async function proveWithToken({ tokens, serverUrl, thumbprint, pin }: { readonly tokens: TokenPort; readonly serverUrl: string; readonly thumbprint: string; readonly pin: string | null }): Promise<Result<TokenProof>> {
  const challenge = await askChallenge({ serverUrl });
  if (!challenge.ok) return challenge;
  const { host } = new URL(serverUrl);
  return tokens.withKey(thumbprint, pin, async (key) => {
    const signature = await key.sign(Buffer.from(challengeText(host, challenge.value), 'utf8'));
    if (!signature.ok) return signature;
    const certificates = [key.certificate, ...key.others.slice(0, mostIssuers)].map((der) => Buffer.from(der).toString('base64'));
    return ok({ challenge: challenge.value, host, certificates, signature: Buffer.from(signature.value).toString('base64') });
  });
}
