import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { DeskContext } from '../context.ts';
import { createSilences } from './evidence.ts';
import { examineContent, type Depth } from './examiner.ts';
import { createRenewals, isOfOtherTrust, wantsLine } from './renewals.ts';

export type Reports = {
  /**
   * The stored report, else a quick one made now; null while the content is not here. At once: somebody looks. A fuller one follows in the
   * background where there is more to be known, and `documents.changed` tells of it.
   */
  readonly reportOn: (sha256: Sha256) => Promise<VerificationReport | null>;
  /** In full and now: services are asked again. Null while the content is not here. */
  readonly check: (sha256: Sha256) => Promise<VerificationReport | null>;
  /** A fuller report than the kept one is on its way. */
  readonly isAwaited: (sha256: Sha256) => boolean;
  /** In full in the background, one after the other in the order asked for: the list shows a verdict before anyone asks. */
  readonly later: (sha256: Sha256) => void;
  /** Examined anew: more is known of it than when its report was made. */
  readonly again: (sha256: Sha256) => void;
  /** Nothing is examined in the background until the returned function is called: a person waits for the processor. */
  readonly hold: () => () => void;
  /** When nothing that was asked for is left to examine. Renewals go on. */
  readonly idle: () => Promise<void>;
  /** From now on what was examined by less than can be known today is examined once more, at leisure. */
  readonly start: () => void;
  /** What is in hand is left as it was. */
  readonly stop: () => Promise<void>;
};

/** Between two contents that nobody waits for. */
const usualPauseMs = 1000;

/** Two askers share one examination, and what is found is kept. */
export function createReports(context: DeskContext, { pauseMs = usualPauseMs }: { readonly pauseMs?: number } = {}): Reports {
  const stopping = new AbortController();
  const running = new Map<Sha256, Promise<VerificationReport>>();
  const checks = new Set<Promise<unknown>>();
  /** What somebody looks at, before what came by itself. */
  const looked = new Set<Sha256>();
  const arrived = new Set<Sha256>();
  /** Of those that arrived, whose first look is still to come. */
  const unseen = new Set<Sha256>();
  const stale = new Set<Sha256>();
  const holds = new Set<symbol>();
  const silences = createSilences(context.now);
  const renewals = createRenewals(context);
  let current: Sha256 | null = null;
  let working: Promise<void> | null = null;
  let glancing: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let renewing = false;
  let stopListening: readonly (() => void)[] = [];

  async function examine(sha256: Sha256, depth: Depth): Promise<VerificationReport> {
    const startedAt = context.now().getTime();
    stale.delete(sha256);
    const examination = await examineContent(context, sha256, depth, { signal: stopping.signal, silences });
    const { report } = examination;
    // what services could not say because the program ends is no finding
    if (stopping.signal.aborted && depth !== 'quick') return report;
    // a fuller one came first
    const newest = depth === 'quick' ? context.store.findReport(sha256, null) : null;
    if (newest !== null && newest.extent !== 'quick' && newest.checkedAt !== null && Date.parse(newest.checkedAt) >= startedAt) return newest;
    context.store.keepExamination(sha256, examination);
    tell(sha256);
    return report;
  }

  function tell(sha256: Sha256): void {
    const ids = context.store.documentsWithContent(sha256);
    if (ids.length > 0) context.emit('documents.changed', { ids: [...ids], at: context.now().toISOString() });
  }

  async function reportOn(sha256: Sha256): Promise<VerificationReport | null> {
    const kept = context.store.findReport(sha256, null);
    if (kept !== null && !stale.has(sha256)) {
      if (isWanting(kept) && context.blobs.has(sha256)) want(sha256, looked);
      return kept;
    }
    if (!context.blobs.has(sha256)) return null;
    const present = running.get(sha256);
    if (present !== undefined) return present;
    const started = examine(sha256, 'quick').finally(() => running.delete(sha256));
    running.set(sha256, started);
    const report = await started;
    if (report.extent === 'quick') want(sha256, looked);
    return report;
  }

  function isWanting(report: VerificationReport): boolean {
    if (report.extent === 'quick' || isOfOtherTrust(report, context.trust.version)) return true;
    return context.sync.status().online && wantsLine(report, context.now());
  }

  function want(sha256: Sha256, queue: Set<Sha256>): void {
    if (queue === looked) for (const other of [arrived, unseen]) other.delete(sha256);
    if (current !== sha256 || stale.has(sha256)) queue.add(sha256);
    go();
  }

  function arrive(sha256: Sha256): void {
    if (current !== sha256 && context.store.findReport(sha256, null) === null) unseen.add(sha256);
    want(sha256, arrived);
  }

  /** What somebody looks at first. */
  function take(): Sha256 | undefined {
    const [asked] = looked;
    const [next] = arrived;
    const one = asked ?? next;
    if (one !== undefined) for (const queue of [looked, arrived, unseen]) queue.delete(one);
    return one;
  }

  /** Whether it was tried: there may be no more to be known. */
  async function work(sha256: Sha256, depth: 'quick' | 'full'): Promise<boolean> {
    const kept = stale.has(sha256) ? null : context.store.findReport(sha256, null);
    // somebody was quicker, or there is no more to be known
    if (!context.blobs.has(sha256) || (kept !== null && (depth === 'quick' || !isWanting(kept)))) return false;
    try {
      await examine(sha256, depth);
    } catch (error) {
      context.log('error', 'examination failed', { sha256, reason: error instanceof Error ? error.message : '' });
    }
    return true;
  }

  function go(): void {
    if (holds.size > 0 || stopping.signal.aborted) return;
    if (working === null) {
      const next = take();
      if (next === undefined) renewLater();
      else {
        current = next;
        begin(work(next, 'full').then((tried) => {
          current = null;
          // a screen that waits for more is told that there is none: somebody was quicker
          if (!tried) tell(next);
        }));
      }
    }
    glance();
  }

  /** One that arrives alone is examined in full at once. What waits behind another is looked at quickly meanwhile: a list has verdicts before services have spoken. */
  function glance(): void {
    const [fresh] = unseen;
    if (fresh === undefined || glancing !== null || working === null || holds.size > 0 || stopping.signal.aborted) return;
    unseen.delete(fresh);
    glancing = work(fresh, 'quick').then(() => {
      glancing = null;
      glance();
    });
  }

  function begin(work: Promise<void>): void {
    working = work.finally(() => {
      working = null;
      go();
    });
  }

  function renewLater(): void {
    if (!renewing || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      // whoever came meanwhile goes first, and brings it up again at the end
      if (working === null && holds.size === 0 && looked.size + arrived.size === 0 && !stopping.signal.aborted) begin(renewOne());
    }, pauseMs);
    timer.unref();
  }

  async function renewOne(): Promise<void> {
    for (;;) {
      const next = await renewals.next();
      if (next === null) renewing = false;
      // never examined: the program was closed before it came to that
      else if (context.store.findReport(next, null) === null) {
        arrive(next);
        continue;
      } else await work(next, 'full');
      return;
    }
  }

  function renew(): void {
    renewals.begin();
    renewing = true;
    go();
  }

  return {
    reportOn,
    check: async (sha256) => {
      if (!context.blobs.has(sha256)) return null;
      const checked = examine(sha256, 'anew');
      checks.add(checked);
      try {
        return await checked;
      } finally {
        checks.delete(checked);
      }
    },
    isAwaited: (sha256) => current === sha256 || looked.has(sha256) || arrived.has(sha256),
    later: arrive,
    again: (sha256) => {
      stale.add(sha256);
      want(sha256, looked);
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
      while (working !== null || glancing !== null) await Promise.all([working, glancing]);
    },
    start: () => {
      let wasOnline = context.sync.status().online;
      stopListening = [
        context.trust.onChanged(renew),
        context.sync.onStatus(({ online }) => {
          if (online && !wasOnline) renew();
          wasOnline = online;
        }),
      ];
      renew();
    },
    stop: async () => {
      for (const stop of stopListening) stop();
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
      await Promise.allSettled([...running.values(), ...checks, working, glancing]);
    },
  };
}
