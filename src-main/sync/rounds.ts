import type { Log } from '../ports/log.ts';
import type { DeskStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import { createCoalesced } from './coalesce.ts';
import { listenForHints } from './events.ts';
import { again, type Failure } from './failure.ts';
import type { Health } from './health.ts';
import type { Session } from './session.ts';
import { backoffDelay, type SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

export type Rounds = {
  readonly start: () => void;
  /** After `stopping` was aborted. */
  readonly stop: () => void;
  readonly isStarted: () => boolean;
  /** One round now: small things, then bulk. Never rejects. */
  readonly carry: () => Promise<void>;
  readonly planRetry: (failure: Failure) => void;
  /** Somebody has signed in. */
  readonly renewed: () => void;
  readonly idle: () => Promise<void>;
};

export type RoundOptions = {
  readonly time: Time; readonly timing: SyncTiming; readonly random: () => number; readonly log: Log; readonly stopping: AbortSignal; readonly health: Health;
  readonly probe: () => Promise<Failure | null>;
  readonly push: () => Promise<Failure | null>;
  readonly pull: () => Promise<Failure | null>;
  readonly bulk: () => Promise<Failure | null>;
  readonly hints: { readonly wire: Wire; readonly session: Session; readonly desk: DeskStore };
  /** When the first command that may still be taken back is to go, ms since 1970. */
  readonly holdEnd: () => number | null;
  readonly ended: (failure: Failure | null) => void;
};

/** When the desk speaks: at a click, at a hint, at the end of a hold, after a failure with full jitter, and every few minutes whatever happens. */
export function createRounds(options: RoundOptions): Rounds {
  const { time, timing, random, log, stopping, health, probe, push, pull, bulk, hints, holdEnd, ended } = options;
  let started = false;
  let attempt = 0;
  let listenAttempt = 0;
  let retry: (() => void) | null = null;
  let hold: (() => void) | null = null;
  let periodic: (() => void) | null = null;
  let healthy: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;
  let listening: Promise<void> = Promise.resolve();
  /** The feed has yet to be asked in this round: a hint tells nothing new. */
  let pullAhead = false;
  const round = createCoalesced(runRound);

  /** Small things, in the order of their worth: what the person did, numbers, what others did. */
  async function runRound(): Promise<Failure | null> {
    if (stopping.aborted) return { kind: 'stopped' };
    const busyMs = health.busyMs();
    if (busyMs > 0) return { kind: 'later', afterMs: busyMs, leaveAlone: true };
    pullAhead = true;
    try {
      // without a line the first thing sent is a question, so that a command does not leave in doubt ("đang xác nhận") for nothing
      const probed = health.isOnline() ? null : await probe();
      if (probed !== null) return probed;
      const pushed = await push();
      if (pushed !== null && (pushed.kind !== 'later' || pushed.leaveAlone === true)) return pushed;
      pullAhead = false;
      return (await pull()) ?? pushed;
    } finally {
      pullAhead = false;
    }
  }

  async function carry(): Promise<void> {
    retry?.();
    retry = null;
    planHold();
    let failure: Failure | null;
    try {
      // a round that fetches much is under way: what was done meanwhile does not wait for its end
      if (round.isRunning() && health.isOnline() && health.busyMs() === 0) push().catch(() => undefined);
      failure = await round.run();
      if (failure === null) {
        healthy?.resolve();
        healthy = null;
      }
      if (failure === null || (failure.kind === 'later' && failure.leaveAlone === undefined)) failure = (await bulk()) ?? failure;
    } catch (error) {
      // a bug or a full disk: nothing half-written, told, and tried again
      log('error', 'sync failed', { error: error instanceof Error ? error.message : 'unknown' });
      failure = again;
    }
    if (failure === null) attempt = 0;
    else planRetry(failure);
    if (!stopping.aborted) ended(failure);
  }

  /** What a person may still take back is sent when it no longer may: one round at the end of the first hold. */
  function planHold(): void {
    hold?.();
    hold = null;
    const end = holdEnd();
    if (end === null || stopping.aborted) return;
    hold = time.after(Math.max(0, end - time.now()), () => void carry());
  }

  function planRetry(failure: Failure): void {
    if (failure.kind === 'stopped' || failure.kind === 'signed-out' || stopping.aborted) return;
    log('info', 'sync put off', { kind: failure.kind, attempt });
    // several that wait for one round fail together: one of them comes back
    if (!started || retry !== null) return;
    const afterMs = failure.kind === 'later' ? failure.afterMs : 0;
    retry = time.after(backoffDelay(attempt++, random, timing, Math.max(afterMs, health.busyMs())), () => void carry());
  }

  /** Without any hint too: one that was lost is made up for. */
  function planPull(): void {
    periodic = time.after(timing.pullMs * (0.5 + random()), () => {
      planPull();
      if (hints.session.isSignedIn()) void carry();
    });
  }

  /** While all is well a call is left open at the server, which tells when something changed. */
  async function listen(): Promise<void> {
    while (!stopping.aborted) {
      if (healthy !== null) {
        await healthy.promise;
        continue;
      }
      const began = time.elapsed();
      const failure = await listenForHints({ ...hints, time, timing, onHint: () => {
        if (!pullAhead) void carry();
      } });
      if (stopping.aborted) return;
      healthy = Promise.withResolvers<void>();
      if (failure.kind === 'signed-out') continue;
      // one that lasted was all right; where none does, the desk lives on its own questions
      listenAttempt = time.elapsed() - began > timing.silenceMs ? 0 : listenAttempt + 1;
      const waitMs = failure.kind === 'later' ? failure.afterMs : 0;
      retry ??= time.after(backoffDelay(listenAttempt - 1, random, timing, waitMs), () => void carry());
    }
  }

  return {
    start: () => {
      if (started || stopping.aborted) return;
      started = true;
      healthy = Promise.withResolvers<void>();
      listening = listen();
      planPull();
      void carry();
    },
    stop: () => {
      for (const cancel of [retry, hold, periodic]) cancel?.();
      healthy?.resolve();
      healthy = null;
    },
    isStarted: () => started,
    carry,
    planRetry,
    renewed: () => {
      attempt = 0;
      if (started) void carry();
    },
    idle: async () => {
      await Promise.allSettled([round.idle(), listening]);
    },
  };
}
