import { ok, type Result } from '../../../src-shared/result.ts';
import type { SignRequest } from '../../ports/signing.ts';
import type { KeyOptions } from '../../ports/token.ts';
import type { DeskContext } from '../context.ts';

/** What every signature of this office has in common. */
export type SigningBase = Pick<SignRequest, 'profile' | 'chain' | 'location' | 'timestamp'>;

export type SigningMeans = {
  readonly keyOptions: () => KeyOptions;
  readonly base: () => SigningBase;
  /** For many signatures in a row: a time-stamp server that failed once is not asked again. */
  readonly baseOfRun: () => () => SigningBase;
  /** Refuses a certificate that is known to be revoked, before a PIN is asked for it. Error: `certificate.revoked`. */
  readonly checkCertificate: (thumbprint: string) => Promise<Result<null>>;
};

export function createSigningMeans(context: DeskContext): SigningMeans {
  const base = (): SigningBase => ({ profile: context.office.profile, chain: context.trust.intermediates, location: context.office.location });
  return {
    keyOptions: () => ({}),
    base,
    baseOfRun: () => base,
    checkCertificate: async () => ok(null),
  };
}
