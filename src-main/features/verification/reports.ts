import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { DeskContext } from '../context.ts';

export type Reports = {
  /** The stored report, else a new one; null while the content is not here. At once: somebody looks. */
  readonly reportOn: (sha256: Sha256) => Promise<VerificationReport | null>;
  /** In the background, one after the other in the order asked for: the list shows a verdict before anyone asks. */
  readonly later: (sha256: Sha256) => void;
  /** Examined anew in the background: more is known of it than when its report was made. */
  readonly again: (sha256: Sha256) => void;
  /** Nothing is examined in the background until the returned function is called: a person waits for the processor. */
  readonly hold: () => () => void;
  /** When the background has nothing left to examine. */
  readonly idle: () => Promise<void>;
};

/** Each content is examined once and its report kept; two askers share one examination. */
export function createReports(context: DeskContext): Reports {
  const running = new Map<Sha256, Promise<VerificationReport>>();
  const queue: Sha256[] = [];
  const stale = new Set<Sha256>();
  const holds = new Set<symbol>();
  let working: Promise<void> | null = null;

  const examine = async (sha256: Sha256): Promise<VerificationReport> => {
    const examination = await context.verification.examine(context.openContent(sha256), { ...context.trust, now: context.now(), sha256 });
    context.store.keepExamination(sha256, examination);
    const ids = context.store.documentsWithContent(sha256);
    if (ids.length > 0) context.emit('documents.changed', { ids: [...ids], at: context.now().toISOString() });
    return examination.report;
  };
  const reportOn = async (sha256: Sha256): Promise<VerificationReport | null> => {
    const kept = context.store.findReport(sha256, null);
    if (kept !== null && !stale.delete(sha256)) return kept;
    if (!context.blobs.has(sha256)) return null;
    const present = running.get(sha256);
    if (present !== undefined) return present;
    const started = examine(sha256).finally(() => running.delete(sha256));
    running.set(sha256, started);
    return started;
  };
  const work = async (): Promise<void> => {
    while (holds.size === 0) {
      const sha256 = queue.shift();
      if (sha256 === undefined) return;
      await reportOn(sha256).catch(() => context.log('error', 'examination failed', { sha256 }));
    }
  };
  const go = (): void => {
    if (working !== null || holds.size > 0 || queue.length === 0) return;
    working = work().finally(() => {
      working = null;
      go();
    });
  };
  return {
    reportOn,
    later: (sha256) => {
      queue.push(sha256);
      go();
    },
    again: (sha256) => {
      stale.add(sha256);
      queue.push(sha256);
      go();
    },
    hold: () => {
      const mine = Symbol('hold');
      holds.add(mine);
      return () => {
        holds.delete(mine);
        go();
      };
    },
    idle: async () => {
      while (working !== null) await working;
    },
  };
}
