import { setImmediate } from 'node:timers/promises';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { DeskContext } from '../context.ts';

/** What of all that lies here is to be examined once more: one walk through the contents, taken up where it was left. */
export type Renewals = {
  /** From the beginning: the program started, the line came back, or the list of trust is another. */
  readonly begin: () => void;
  /** The next content of the walk; null when it has come to its end. */
  readonly next: () => Promise<Sha256 | null>;
};

const pageSize = 200;
/** A service that did not answer is not asked at every coming back of the line. */
const againAfterMs = 6 * 3600_000;
const walkedKey = 'verification.trust-walked';

export function createRenewals(context: DeskContext): Renewals {
  let after: string | null = null;
  let page: Sha256[] = [];
  let forTrust = false;

  async function next(): Promise<Sha256 | null> {
    for (;;) {
      const one = page.shift();
      if (one !== undefined) return one;
      if (after === null) return null;
      const looked = context.store.lastExamined(after, pageSize);
      page = looked.contents.filter(({ sha256, extent }) => isDue(sha256, extent)).map(({ sha256 }) => sha256);
      after = looked.next;
      if (after === null && page.length === 0 && forTrust) context.store.setSetting(walkedKey, String(context.trust.version));
      // a large office's contents are looked through in between of everything else
      await setImmediate();
    }
  }

  function isDue(sha256: Sha256, extent: VerificationReport['extent'] | null): boolean {
    if (extent === 'full' && !forTrust) return false;
    if (!context.blobs.has(sha256)) return false;
    if (extent === null || extent === 'quick') return true;
    const report = context.store.findReport(sha256, null);
    return report !== null && ((forTrust && isOfOtherTrust(report, context.trust.version)) || (context.sync.status().online && wantsLine(report, context.now())));
  }

  return {
    begin: () => {
      after = '';
      page = [];
      forTrust = context.store.getSetting(walkedKey) !== String(context.trust.version);
    },
    next,
  };
}

/** Judged by another list than is believed now. */
export function isOfOtherTrust({ signatures, trustList }: VerificationReport, version: number): boolean {
  return signatures.length > 0 && trustList?.version !== version;
}

/** Made without a line, or while a service did not answer. */
export function wantsLine({ extent, signatures, checkedAt }: VerificationReport, now: Date): boolean {
  if (extent !== 'offline') return false;
  const hadNone = signatures.some(({ revocations, trust }) => trust.status !== 'trusted' || revocations.some(({ unasked }) => unasked === 'revocation.offline'));
  return hadNone || checkedAt === null || now.getTime() - Date.parse(checkedAt) >= againAfterMs;
}
