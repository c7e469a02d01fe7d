import type { AppError, Result } from '../../src-shared/result.ts';
import type { KeyOptions, SigningKey, TokenPort } from '../ports/token.ts';

/** Several ports as one: asked in order, until one holds the certificate. */
export function combineTokens(...ports: readonly TokenPort[]): TokenPort {
  return {
    list: async () => {
      const listed = await Promise.all(ports.map((port) => port.list()));
      return { tokens: listed.flatMap((one) => one.tokens), drivers: listed.flatMap((one) => one.drivers) };
    },
    withKey: (thumbprint, pin, use, options) => useFirst(ports, thumbprint, pin, use, options),
    findCertificate: async (thumbprint) => {
      for (const port of ports) {
        const found = await port.findCertificate(thumbprint);
        if (found !== null) return found;
      }
      return null;
    },
    watch: (onChange, everyMs) => {
      const stops = ports.map((port) => port.watch(onChange, everyMs));
      return () => {
        for (const stop of stops) stop();
      };
    },
    close: async () => {
      await Promise.all(ports.map((port) => port.close()));
    },
  };
}

async function useFirst<T>(ports: readonly TokenPort[], thumbprint: string, pin: string | null, use: (key: SigningKey) => Promise<Result<T>>, options?: KeyOptions): Promise<Result<T>> {
  let answer: AppError = { code: 'token.absent' };
  for (const port of ports) {
    let found = false;
    const result = await port.withKey(thumbprint, pin, (key) => {
      found = true;
      return use(key);
    }, options);
    // Only "it is not here" goes on to the next port: a PIN is given to one token and no other.
    if (result.ok || found || !isElsewhere(result.error)) return result;
    if (weight(result.error) > weight(answer)) answer = result.error;
  }
  return { ok: false, error: answer };
}

function isElsewhere(error: AppError): boolean {
  return error.code === 'token.absent' || error.code === 'token.certificate-missing' || error.code === 'token.driver-missing' || error.code === 'token.driver-unloadable' || error.code === 'file.unreadable';
}

/** "The certificate is not on the token" tells more than "there is no token", and a broken driver more than an absent one. */
function weight(error: AppError): number {
  return ['token.absent', 'token.driver-missing', 'file.unreadable', 'token.driver-unloadable', 'token.certificate-missing'].indexOf(error.code);
}
