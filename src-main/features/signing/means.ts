import { reaches } from '../../../src-shared/domain/level.ts';
import type { AppError } from '../../../src-shared/result.ts';
import type { TimestampPort } from '../../ports/authorities.ts';
import type { SignRequest } from '../../ports/signing.ts';
import type { KeyOptions } from '../../ports/token.ts';
import type { DeskContext } from '../context.ts';
import { createCertificateStatus, type CertificateStatus } from './certificate-status.ts';
import { readPolicy } from './policy.ts';

/** What every signature of this office has in common. */
export type SigningBase = Pick<SignRequest, 'profile' | 'chain' | 'location' | 'timestamp'>;

export type SigningMeans = {
  readonly keyOptions: () => KeyOptions;
  readonly base: () => SigningBase;
  /** For many signatures in a row: a time-stamp server that failed once is not asked again. */
  readonly baseOfRun: () => () => SigningBase;
  readonly certificates: CertificateStatus;
};

/** A person is waiting: what takes longer is added in the background. */
const timestampDeadlineMs = 8000;

export function createSigningMeans(context: DeskContext): SigningMeans {
  const baseWith = (timestamp: TimestampPort | null): SigningBase => ({
    profile: context.office.profile, chain: context.trust.intermediates, location: context.office.location, ...(timestamp === null ? {} : { timestamp }),
  });
  const findTimestamp = (): TimestampPort | null => {
    const policy = readPolicy(context);
    const { timestamp } = context.authorities(policy);
    if (timestamp === null || !reaches(policy.level, 'B-T')) return null;
    return { stamp: (imprint, call = {}) => timestamp.stamp(imprint, { deadlineMs: timestampDeadlineMs, ...call }) };
  };
  return {
    keyOptions: () => ({ digest: readPolicy(context).digest }),
    base: () => baseWith(findTimestamp()),
    baseOfRun: () => {
      const timestamp = findTimestamp();
      const base = baseWith(timestamp === null ? null : untilItFails(timestamp));
      return () => base;
    },
    certificates: createCertificateStatus(context),
  };
}

/** The first one tries the server; the others wait for how that went, so that a server that is not there costs one wait and no more. */
function untilItFails(timestamp: TimestampPort): TimestampPort {
  let failed: AppError | null = null;
  let first: Promise<unknown> | null = null;
  return {
    stamp: async (imprint, call) => {
      await first;
      if (failed !== null) return { ok: false, error: failed };
      const asked = timestamp.stamp(imprint, call);
      first ??= asked;
      const stamped = await asked;
      if (!stamped.ok) failed = stamped.error;
      return stamped;
    },
  };
}
