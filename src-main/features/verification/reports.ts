import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { DeskContext } from '../context.ts';

export type Reports = {
  /** The stored report, else a new one; null while the content is not here. */
  readonly reportOn: (sha256: Sha256) => Promise<VerificationReport | null>;
};

/** Each content is examined once and its report kept; two askers share one examination. */
export function createReports(context: DeskContext): Reports {
  const running = new Map<Sha256, Promise<VerificationReport>>();
  const examine = async (sha256: Sha256): Promise<VerificationReport> => {
    const report = await context.verification.verify(context.openContent(sha256), { ...context.trust, now: context.now() });
    context.store.putReport(sha256, report);
    const ids = context.store.documentsWithContent(sha256);
    if (ids.length > 0) context.emit('documents.changed', { ids: [...ids], at: context.now().toISOString() });
    return report;
  };
  return {
    reportOn: async (sha256) => {
      const kept = context.store.documentsWithContent(sha256).map((id) => context.store.findDocument(id)?.report ?? null).find((report) => report !== null);
      if (kept !== undefined) return kept;
      if (!context.blobs.has(sha256)) return null;
      const present = running.get(sha256);
      if (present !== undefined) return present;
      const started = examine(sha256).finally(() => running.delete(sha256));
      running.set(sha256, started);
      return started;
    },
  };
}
